"""FOE-02: the office offers two interpreted first talks by week 4."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import OFFICE_OFFER, PAUSE, SECOND_OFFER, TALK, Facts, person, spoke, value
from rules.shape import Case, Condition, Rule, Stage, number


def _offer(ref: str, start: str, **more: str) -> Facts:
    return {"id": ref, "talk": "first_talk", "start": start, "offered_on": "2027-01-08", **more}


_NONE = person(consents=[])
_TASK = spoke("FOE-02", "offers", "2027-01-04", s1="2027-01-25")
_ONE = _offer(OFFICE_OFFER, "2027-01-14T09:00:00+01:00")
_TWO = _offer(SECOND_OFFER, "2027-01-19T09:00:00+01:00")
_NEEDED = [value(1, "interpreter", "needed", "2027-01-04")]
_TALK = {"id": TALK, "talk": "first_talk", "on": "2027-01-14"}
_TEN_DAYS = {"id": PAUSE, "reason": "illness", "start": "2027-01-11", "ended_on": "2027-01-20"}

RULE = Rule(
    id="FOE-02",
    version=1,
    title_de="Die Stelle bietet bis Woche 4 zwei Termine mit Sprachmittlung an.",
    title_en="The office offers two interpreted appointments by week 4.",
    basis=("vwv_integrationsmanagement", "pakt_fuer_integration"),
    since=date(2026, 1, 1),
    subject="offers",
    cause=(Condition("talk_held", "==", 0), Condition("offers_made", "<=", 1)),
    quiet=(),
    parameters=(
        number(
            "FOE-02.task",
            3,
            "W",
            "t0",
            low=1,
            high=3,
            source="Arbeitsweise: eine Woche vor der Marke aus dem Pakt",
        ),
        number(
            "FOE-02.lead",
            4,
            "W",
            "t0",
            low=2,
            high=4,
            source="VwV Integrationsmanagement; Pakt für Integration: zwei Termine bis Woche 4",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="net_days_since_t0",
            after="FOE-02.task",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Seit der Zuweisung sind {net_days_since_t0} Tage vergangen und erst {offers_made} von"
            " zwei Erstgesprächen ist angeboten. Bitte Termine mit Sprachmittlung anbieten.",
            says_en="{net_days_since_t0} days have passed since the allocation and only {offers_made} of two"
            " first talks has been offered. Please offer appointments with an interpreter.",
        ),
        Stage(
            no=2,
            field="net_days_since_t0",
            after="FOE-02.lead",
            outcomes=((Outcome.ESCALATE, Addressee.LEAD),),
            says_de="Auch nach {net_days_since_t0} Tagen ist erst {offers_made} von zwei Erstgesprächen"
            " angeboten. Die Stelle schuldet das Angebot, nicht die Person.",
            says_en="Even after {net_days_since_t0} days only {offers_made} of two first talks has been"
            " offered. The office owes the offer, not the person.",
        ),
    ),
    never=("close_for_no_show",),
    cases=(
        Case("the day before week 3", date(2027, 1, 24), 0, _NONE),
        Case("week 3 without an offer, before consent", date(2027, 1, 25), 1, _NONE),
        Case("the day after week 3, found late", date(2027, 1, 26), 1, _NONE),
        Case("the day before week 4", date(2027, 1, 31), 0, person(spoken=_TASK)),
        Case("week 4, one week after the task", date(2027, 2, 1), 2, person(spoken=_TASK)),
        Case("the day after week 4", date(2027, 2, 2), 2, person(spoken=_TASK)),
        Case("one offer is not two", date(2027, 1, 25), 1, person(appointments=[_ONE])),
        Case("two offers settle it", date(2027, 1, 25), 0, person(appointments=[_ONE, _TWO])),
        Case(
            "an offer taken back does not count",
            date(2027, 1, 25),
            1,
            person(appointments=[_ONE, {**_TWO, "status": "cancelled", "cancelled_by": "office"}]),
        ),
        Case(
            "an offer that the person cancelled counts",
            date(2027, 1, 25),
            0,
            person(appointments=[_ONE, {**_TWO, "status": "cancelled", "cancelled_by": "participant"}]),
        ),
        Case(
            "offers without the interpreter that is needed do not count",
            date(2027, 1, 25),
            1,
            person(appointments=[_ONE, _TWO], values=_NEEDED),
        ),
        Case(
            "a declined interpreter counts as offered",
            date(2027, 1, 25),
            0,
            person(
                appointments=[{**_ONE, "interpreter": "confirmed"}, {**_TWO, "interpreter": "declined"}],
                values=_NEEDED,
            ),
        ),
        Case("the talk was held", date(2027, 1, 25), 0, person(talks=[_TALK])),
        Case("ten paused days do not count", date(2027, 2, 3), 0, person(pauses=[_TEN_DAYS])),
        Case("week 3 after ten paused days", date(2027, 2, 4), 1, person(pauses=[_TEN_DAYS])),
    ),
)
