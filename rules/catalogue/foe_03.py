"""FOE-03: no case data are collected without consent; once, somebody is asked to talk about it.

The block on case data itself holds from T0 and is no warning; this is the task that comes once (A-30).
"""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import OFFICE_OFFER, PAUSE, TALK, Facts, person, spoke
from rules.shape import Case, Condition, Rule, Stage, number

_SPOKE = spoke("FOE-03", "consent", "2027-01-04", s1="2027-02-01")
_PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2027-01-11"}]
_TALK = {"id": TALK, "talk": "first_talk", "on": "2027-01-13"}
_KEPT = {
    "id": OFFICE_OFFER,
    "talk": "first_talk",
    "start": "2027-01-13T09:00:00+01:00",
    "offered_on": "2027-01-05",
    "status": "kept",
}


def _unasked(**more: object) -> Facts:
    return person(**{"consents": [], **more})


def _answer(outcome: str, purpose: str = "casework", on: str = "2027-01-20") -> Facts:
    return person(consents=[{"purpose": purpose, "outcome": outcome, "on": on}])


RULE = Rule(
    id="FOE-03",
    version=1,
    title_de="Ohne Einwilligung werden keine Falldaten erhoben.",
    title_en="No case data are collected without consent.",
    basis=("dsgvo_6_9", "sgb10_67b"),
    since=date(2026, 1, 1),
    subject="consent",
    cause=(Condition("answered", "==", 0),),
    quiet=(),
    parameters=(
        number(
            "FOE-03.task",
            28,
            "d",
            "t0",
            low=14,
            high=28,
            source="Arbeitsweise: mit dem Erstgespräch, spätestens vier Wochen nach der Zuweisung (A-30)",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="days_to_ask",
            after="FOE-03.task",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Zur Einwilligung in die Fallarbeit gibt es noch keine Antwort. Bitte in der Sprache der"
            " Person danach fragen; auch eine Ablehnung ist eine gültige Antwort.",
            says_en="There is no answer yet about consent to casework. Please ask in the person's language;"
            " a refusal is a valid answer, too.",
        ),
    ),
    never=("infer_consent", "pretick_consent"),
    cases=(
        Case("day 27", date(2027, 1, 31), 0, _unasked()),
        Case("day 28", date(2027, 2, 1), 1, _unasked()),
        Case("day 29", date(2027, 2, 2), 1, _unasked()),
        Case("a pause does not stop it", date(2027, 2, 1), 1, _unasked(pauses=_PAUSED)),
        Case("the day before the first talk", date(2027, 1, 12), 0, _unasked(talks=[_TALK])),
        Case("the day of the first talk", date(2027, 1, 13), 1, _unasked(talks=[_TALK])),
        Case("long after the first talk", date(2027, 3, 1), 1, _unasked(talks=[_TALK])),
        Case("another talk", date(2027, 1, 13), 0, _unasked(talks=[{**_TALK, "talk": "other"}])),
        Case(
            "a first talk recorded as a step",
            date(2027, 1, 13),
            1,
            _unasked(steps=[{"step": "first_talk", "on": "2027-01-13"}]),
        ),
        Case("a first talk that was kept", date(2027, 1, 13), 1, _unasked(appointments=[_KEPT])),
        Case(
            "a first talk that was missed",
            date(2027, 1, 13),
            0,
            _unasked(appointments=[{**_KEPT, "status": "missed"}]),
        ),
        Case("given", date(2027, 2, 1), 0, _answer("given")),
        Case("given in part", date(2027, 2, 1), 0, _answer("partly")),
        Case("refused", date(2027, 2, 1), 0, _answer("refused")),
        Case("withdrawn", date(2027, 2, 1), 0, _answer("withdrawn")),
        Case("an answer about e-mail is none", date(2027, 2, 1), 1, _answer("given", purpose="email")),
        Case("an answer of tomorrow is none today", date(2027, 2, 1), 1, _answer("given", on="2027-02-02")),
        Case("the task comes once", date(2027, 3, 1), 0, _unasked(spoken=_SPOKE)),
    ),
)
