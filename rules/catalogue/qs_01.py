"""QS-01: nothing about a person leaves the house without a second approval."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import PAUSE, Facts, person, spoke, value
from rules.shape import CONSENTED, Case, Condition, Rule, Stage, number

_REFERRAL = "referral/1"
_TOLD = spoke("QS-01", _REFERRAL, "2027-03-01", s1="2027-03-01")
_PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2027-02-08"}]


def _draft(by: str, *more: Facts) -> list[Facts]:
    return [
        value(1, "referral", "drafted", "2027-03-01", _REFERRAL),
        value(2, "referral_by", by, "2027-03-01", _REFERRAL),
        *more,
    ]


def _then(state: str) -> list[Facts]:
    return _draft("worker", value(3, "referral", state, "2027-03-01", _REFERRAL))


RULE = Rule(
    id="QS-01",
    version=1,
    title_de="Weitergabe nach außen nur mit zweiter Freigabe.",
    title_en="Outside disclosure needs a second approval.",
    basis=("sgb10_67d", "stgb_203"),
    since=date(2026, 1, 1),
    subject="referral",
    cause=(Condition("drafted", "==", 1),),
    quiet=(CONSENTED,),
    parameters=(
        number(
            "QS-01.approval",
            0,
            "d",
            "draft",
            low=0,
            high=0,
            source="Regel des Hauses: vier Augen vor jeder Weitergabe, sofort",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="days_since_drafted",
            after="QS-01.approval",
            quiet=(Condition("drafted_by_lead", "==", 0),),
            outcomes=((Outcome.ESCALATE, Addressee.LEAD),),
            says_de="Eine Weitergabe nach außen wartet auf die zweite Freigabe, Tage seit dem Entwurf:"
            " {days_since_drafted}. Bitte Einwilligung und Inhalt prüfen und freigeben oder zurückgeben.",
            says_en="A disclosure outside waits for its second approval, days since the draft:"
            " {days_since_drafted}. Please check consent and content, and approve it or give it back.",
        ),
        Stage(
            no=2,
            field="days_since_drafted",
            after="QS-01.approval",
            alone=True,
            quiet=(Condition("drafted_by_lead", "==", 1),),
            outcomes=((Outcome.ESCALATE, Addressee.HEAD),),
            says_de="Die Teamleitung hat selbst eine Weitergabe entworfen, Tage seit dem Entwurf:"
            " {days_since_drafted}. Bitte Einwilligung und Inhalt prüfen und freigeben oder zurückgeben.",
            says_en="The team lead drafted a disclosure, days since the draft: {days_since_drafted}. Please"
            " check consent and content, and approve it or give it back.",
        ),
    ),
    never=("send",),
    cases=(
        Case("the day before the draft", date(2027, 2, 28), 0, person(values=_draft("worker"))),
        Case("the day of the draft", date(2027, 3, 1), 1, person(values=_draft("worker"))),
        Case("the day after the draft", date(2027, 3, 2), 1, person(values=_draft("worker"))),
        Case("the lead is asked once", date(2027, 3, 2), 0, person(values=_draft("worker"), spoken=_TOLD)),
        Case("nobody knows who drafted it", date(2027, 3, 1), 1, person(values=_draft("worker")[:1])),
        Case("the lead drafted it", date(2027, 3, 1), 2, person(values=_draft("lead"))),
        Case("the lead drafted it yesterday", date(2027, 3, 2), 2, person(values=_draft("lead"))),
        Case(
            "known later that it was the lead",
            date(2027, 3, 2),
            2,
            person(
                values=_draft("worker", value(3, "referral_by", "lead", "2027-03-02", _REFERRAL)),
                spoken=_TOLD,
            ),
        ),
        Case(
            "the lead of another draft",
            date(2027, 3, 1),
            1,
            person(values=_draft("worker", value(3, "referral_by", "lead", "2027-03-01", "referral/2"))),
        ),
        Case("approved", date(2027, 3, 1), 0, person(values=_then("approved"))),
        Case("sent", date(2027, 3, 1), 0, person(values=_then("sent"))),
        Case("withdrawn", date(2027, 3, 1), 0, person(values=_then("withdrawn"))),
        Case(
            "drafted anew",
            date(2027, 3, 9),
            1,
            person(
                values=[*_then("withdrawn"), value(4, "referral", "drafted", "2027-03-08", _REFERRAL)],
                spoken=_TOLD,
            ),
        ),
        Case("in a pause, too", date(2027, 3, 1), 1, person(values=_draft("worker"), pauses=_PAUSED)),
        Case(
            "without consent it is silent", date(2027, 3, 1), 0, person(values=_draft("worker"), consents=[])
        ),
        Case(
            "the lead's draft, without consent",
            date(2027, 3, 1),
            0,
            person(values=_draft("lead"), consents=[]),
        ),
    ),
)
