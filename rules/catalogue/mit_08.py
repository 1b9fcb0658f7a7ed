"""MIT-08: agreed own steps are done by their date."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import EXCUSE, OFFICE_PROMISE, OWN_STEP, PAUSE, Facts, person, spoke
from rules.shape import Case, Condition, Rule, Stage, number

_SUBJECT = f"commitment/{OWN_STEP}"
_PROMISED: Facts = {
    "id": OFFICE_PROMISE,
    "side": "office",
    "goal": "language",
    "agreed_on": "2027-02-01",
    "due": "2027-02-26",
}


def _step(**more: object) -> Facts:
    fixed: Facts = {"id": OWN_STEP, "side": "participant", "goal": "language", "agreed_on": "2027-02-01"}
    return {**fixed, "due": "2027-03-01", **more}


_REMIND = spoke("MIT-08", _SUBJECT, "2027-03-01", s1="2027-03-04")
_AGAIN = spoke("MIT-08", _SUBJECT, "2027-03-01", s1="2027-03-04", s2="2027-03-11")
_PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2027-03-02", "ended_on": "2027-03-06"}]
_EXCUSED: Facts = {"id": EXCUSE, "subject": _SUBJECT, "reason": "illness", "on": "2027-03-02"}
_ACCEPTED = [{**_EXCUSED, "decided_on": "2027-03-03", "accepted": True}]
_KEPT = _step(kept_on="2027-03-03")
_WEEKEND = _step(due="2027-03-06")
_CIVIC = _step(goal="participation")

RULE = Rule(
    id="MIT-08",
    version=1,
    title_de="Vereinbarte eigene Schritte werden bis zum Termin erledigt.",
    title_en="Agreed own steps are done by their date.",
    basis=("zielvereinbarung",),
    since=date(2026, 1, 1),
    subject="own_step",
    cause=(Condition("settled", "==", 0),),
    quiet=(),
    twin=("FOE-05",),
    parameters=(
        number("MIT-08.remind", 3, "d", "due", low=1, high=7, source="Zielvereinbarung im Integrationsplan"),
        number("MIT-08.again", 10, "d", "due", low=7, high=21, source="Zielvereinbarung im Integrationsplan"),
        number("MIT-08.talk", 21, "d", "due", low=14, high=42, source="Zielvereinbarung im Integrationsplan"),
    ),
    stages=(
        Stage(
            no=1,
            field="net_days_late",
            after="MIT-08.remind",
            outcomes=((Outcome.REMIND, Addressee.PARTICIPANT),),
            says_de="Der vereinbarte Schritt ist seit {net_days_late} anrechenbaren Tagen fällig. Wir"
            " erinnern freundlich und fragen, ob Hilfe gebraucht wird.",
            says_en="The agreed step has been due for {net_days_late} counted days. We remind kindly and ask"
            " whether help is needed.",
        ),
        Stage(
            no=2,
            field="net_days_late",
            after="MIT-08.again",
            outcomes=(
                (Outcome.REMIND, Addressee.PARTICIPANT),
                (Outcome.TASK, Addressee.CASE_WORKER),
            ),
            says_de="Der vereinbarte Schritt ist seit {net_days_late} anrechenbaren Tagen fällig. Wir"
            " erinnern noch einmal; die Fachkraft klärt, was im Weg steht.",
            says_en="The agreed step has been due for {net_days_late} counted days. We remind once more; the"
            " case worker finds out what stands in the way.",
        ),
        Stage(
            no=3,
            field="net_days_late",
            after="MIT-08.talk",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Der vereinbarte Schritt ist seit {net_days_late} anrechenbaren Tagen fällig. Bitte in"
            " einem Standortgespräch gemeinsam neu vereinbaren.",
            says_en="The agreed step has been due for {net_days_late} counted days. Please agree it anew in a"
            " review talk.",
        ),
    ),
    never=("raise_to_third_party", "demand_civic_engagement"),
    cases=(
        Case("two days late", date(2027, 3, 3), 0, person(commitments=[_step()])),
        Case("three days late", date(2027, 3, 4), 1, person(commitments=[_step()])),
        Case("four days late", date(2027, 3, 5), 1, person(commitments=[_step()])),
        Case("nine days late", date(2027, 3, 10), 0, person(commitments=[_step()], spoken=_REMIND)),
        Case("ten days late", date(2027, 3, 11), 2, person(commitments=[_step()], spoken=_REMIND)),
        Case("eleven days late", date(2027, 3, 12), 2, person(commitments=[_step()], spoken=_REMIND)),
        Case("twenty days late", date(2027, 3, 21), 0, person(commitments=[_step()], spoken=_AGAIN)),
        Case("twenty-one days late", date(2027, 3, 22), 3, person(commitments=[_step()], spoken=_AGAIN)),
        Case("twenty-two days late", date(2027, 3, 23), 3, person(commitments=[_step()], spoken=_AGAIN)),
        Case("kept", date(2027, 3, 4), 0, person(commitments=[_KEPT])),
        Case("due on a Saturday counts from Monday", date(2027, 3, 10), 0, person(commitments=[_WEEKEND])),
        Case("three days after that Monday", date(2027, 3, 11), 1, person(commitments=[_WEEKEND])),
        Case(
            "the office owes its share of the same goal",
            date(2027, 3, 4),
            0,
            person(commitments=[_step(), _PROMISED]),
        ),
        Case(
            "another goal does not block",
            date(2027, 3, 4),
            1,
            person(commitments=[_step(), {**_PROMISED, "goal": "housing"}]),
        ),
        Case(
            "the paired promise blocks from the start",
            date(2027, 3, 4),
            0,
            person(
                commitments=[_step(twin=OFFICE_PROMISE), {**_PROMISED, "goal": "work", "due": "2027-04-01"}]
            ),
        ),
        Case(
            "the days run once the office has done its share",
            date(2027, 3, 12),
            1,
            person(commitments=[_step(), {**_PROMISED, "kept_on": "2027-03-10"}]),
        ),
        Case(
            "five paused days do not count",
            date(2027, 3, 8),
            0,
            person(commitments=[_step()], pauses=_PAUSED),
        ),
        Case(
            "three days besides the pause", date(2027, 3, 9), 1, person(commitments=[_step()], pauses=_PAUSED)
        ),
        Case("an open reason", date(2027, 3, 20), 0, person(commitments=[_step()], excuses=[_EXCUSED])),
        Case("an accepted reason", date(2027, 3, 20), 0, person(commitments=[_step()], excuses=_ACCEPTED)),
        Case("no consent, no demand", date(2027, 3, 4), 0, person(commitments=[_step()], consents=[])),
        Case("civic engagement is voluntary", date(2027, 3, 4), 0, person(commitments=[_CIVIC])),
        Case("and stays so for years", date(2028, 12, 4), 0, person(commitments=[_CIVIC])),
    ),
)
