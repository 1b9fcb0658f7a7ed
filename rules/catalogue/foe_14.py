"""FOE-14: a review talk is offered every six months."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import OFFICE_OFFER, PAUSE, TALK, Facts, person, spoke
from rules.shape import CONSENTED, Case, Condition, Rule, Stage, number

_TASK = spoke("FOE-14", "review", "2027-01-04", s1="2027-07-04")
_LEAD = spoke("FOE-14", "review", "2027-01-04", s1="2027-07-04", s2="2027-07-18")
_HELD = [{"id": TALK, "talk": "review", "on": "2027-06-15"}]
_PAUSED = [{"id": PAUSE, "reason": "care", "start": "2027-03-01", "ended_on": "2027-03-10"}]


def _offer(start: str, **more: str) -> list[Facts]:
    return [{"id": OFFICE_OFFER, "talk": "review", "start": start, "offered_on": "2027-07-01", **more}]


RULE = Rule(
    id="FOE-14",
    version=1,
    title_de="Alle sechs Monate wird ein Standortgespräch angeboten.",
    title_en="A review talk is offered every six months.",
    basis=("vwv_integrationsmanagement",),
    since=date(2026, 1, 1),
    subject="review",
    cause=(Condition("offer_standing", "==", 0),),
    quiet=(CONSENTED,),
    parameters=(
        number(
            "FOE-14.task",
            6,
            "M",
            "last_review",
            low=3,
            high=6,
            source="VwV Integrationsmanagement: Standortgespräch alle sechs Monate",
        ),
        number(
            "FOE-14.lead",
            14,
            "d",
            "review_due",
            low=7,
            high=28,
            source="Arbeitsweise: zwei Wochen nach der Marke",
        ),
        number(
            "FOE-14.head",
            30,
            "d",
            "review_due",
            low=14,
            high=60,
            source="Arbeitsweise: 30 Tage nach der Marke",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="net_months",
            after="FOE-14.task",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Seit dem letzten Standortgespräch sind {net_months} Monate vergangen. Bitte eines"
            " anbieten.",
            says_en="{net_months} months have passed since the last review talk. Please offer one.",
        ),
        Stage(
            no=2,
            field="net_days_overdue",
            after="FOE-14.lead",
            outcomes=((Outcome.ESCALATE, Addressee.LEAD),),
            says_de="Das Standortgespräch war vor {net_days_overdue} Tagen fällig und ist noch nicht"
            " angeboten.",
            says_en="The review talk was due {net_days_overdue} days ago and has not been offered yet.",
        ),
        Stage(
            no=3,
            field="net_days_overdue",
            after="FOE-14.head",
            outcomes=((Outcome.ESCALATE, Addressee.HEAD),),
            says_de="Das Standortgespräch war vor {net_days_overdue} Tagen fällig und ist auch nach der"
            " Eskalation an die Teamleitung nicht angeboten.",
            says_en="The review talk was due {net_days_overdue} days ago and has not been offered even"
            " after the escalation to the team lead.",
        ),
    ),
    never=("end_the_case",),
    cases=(
        Case("the day before month 6", date(2027, 7, 3), 0, person()),
        Case("month 6, a Sunday", date(2027, 7, 4), 1, person()),
        Case("the day after month 6", date(2027, 7, 5), 1, person()),
        Case("thirteen days later", date(2027, 7, 17), 0, person(spoken=_TASK)),
        Case("fourteen days later", date(2027, 7, 18), 2, person(spoken=_TASK)),
        Case("fifteen days later", date(2027, 7, 19), 2, person(spoken=_TASK)),
        Case("twenty-nine days later", date(2027, 8, 2), 0, person(spoken=_LEAD)),
        Case("thirty days later", date(2027, 8, 3), 3, person(spoken=_LEAD)),
        Case("thirty-one days later", date(2027, 8, 4), 3, person(spoken=_LEAD)),
        Case("counted from the last talk held", date(2027, 7, 4), 0, person(talks=_HELD)),
        Case("six months after the last talk held", date(2027, 12, 15), 1, person(talks=_HELD)),
        Case(
            "an offer for today settles it",
            date(2027, 7, 6),
            0,
            person(appointments=_offer("2027-07-06T09:00:00+02:00")),
        ),
        Case(
            "an offer missed today settles today",
            date(2027, 7, 6),
            0,
            person(
                appointments=_offer("2027-07-06T09:00:00+02:00", status="missed", settled_on="2027-07-06")
            ),
        ),
        Case(
            "it returns on the day after the offered date",
            date(2027, 7, 7),
            1,
            person(appointments=_offer("2027-07-06T09:00:00+02:00", status="missed"), spoken=_TASK),
        ),
        Case(
            "a cancelled offer settles nothing",
            date(2027, 7, 5),
            1,
            person(
                appointments=_offer("2027-07-20T09:00:00+02:00", status="cancelled", cancelled_by="office")
            ),
        ),
        Case("without consent the rule is silent", date(2027, 7, 4), 0, person(consents=[])),
        Case("ten paused days do not count", date(2027, 7, 13), 0, person(pauses=_PAUSED)),
        Case("month 6 after ten paused days", date(2027, 7, 14), 1, person(pauses=_PAUSED)),
    ),
)
