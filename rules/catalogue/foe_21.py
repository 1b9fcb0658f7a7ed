"""FOE-21: by month 6 the way out of follow-up housing is discussed."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import PAUSE, Facts, person, spoke, value
from rules.shape import CONSENTED, Case, Condition, Rule, Stage, number

_TASK = spoke("FOE-21", "housing", "2027-01-04", s1="2027-07-04")
_LATE = spoke("FOE-21", "housing", "2027-01-04", s1="2027-07-10")
_BEFORE = [{"id": PAUSE, "reason": "care", "start": "2027-03-01", "ended_on": "2027-03-10"}]
_BETWEEN = [{"id": PAUSE, "reason": "care", "start": "2027-07-06", "ended_on": "2027-07-15"}]
_SOURCE = "Pakt für Integration (2017) und § 18 Abs. 2 FlüAG; die Marke ist Regel des Hauses"


def _home(of: str) -> list[Facts]:
    return [value(1, "housing", of, "2027-01-20")]


def _talk(how: str) -> list[Facts]:
    return [value(1, "housing_talk", how, "2027-06-15")]


RULE = Rule(
    id="FOE-21",
    version=1,
    title_de="Bis Monat 6 wird der Weg aus der Anschlussunterbringung besprochen.",
    title_en="By month 6 the way out of follow-up housing is discussed.",
    basis=("pakt_anschluss", "flueag_18"),
    since=date(2026, 1, 1),
    subject="housing",
    cause=(Condition("in_follow_up_housing", "==", 1), Condition("housing_talked", "==", 0)),
    quiet=(CONSENTED,),
    parameters=(
        number("FOE-21.task", 6, "M", "t0", low=3, high=6, source=_SOURCE),
        number("FOE-21.again", 14, "d", "housing_mark", low=7, high=28, source=_SOURCE),
    ),
    stages=(
        Stage(
            no=1,
            field="net_months_since_t0",
            after="FOE-21.task",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Seit der Zuweisung sind {net_months_since_t0} Monate vergangen, über den Weg aus der"
            " Anschlussunterbringung wurde noch nicht gesprochen. Bitte ein Gespräch anbieten.",
            says_en="{net_months_since_t0} months have passed since the allocation and the way out of"
            " follow-up housing has not been talked about. Please offer a talk.",
        ),
        Stage(
            no=2,
            field="net_days_after_housing_mark",
            after="FOE-21.again",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Das Gespräch über den Weg aus der Anschlussunterbringung ist seit"
            " {net_days_after_housing_mark} Tagen vorgesehen. Bitte einen Termin anbieten und Hilfe bei der"
            " Suche nennen.",
            says_en="The talk about the way out of follow-up housing has been due for"
            " {net_days_after_housing_mark} days. Please offer an appointment and name help with the search.",
        ),
    ),
    never=("demand_a_move",),
    cases=(
        Case("the day before month 6", date(2027, 7, 3), 0, person()),
        Case("month 6, a Sunday, and no home recorded", date(2027, 7, 4), 1, person()),
        Case("the day after month 6", date(2027, 7, 5), 1, person()),
        Case("follow-up housing", date(2027, 7, 4), 1, person(values=_home("follow_up"))),
        Case("a home of their own", date(2027, 7, 4), 0, person(values=_home("own"))),
        Case("another home", date(2027, 7, 4), 0, person(values=_home("other"))),
        Case("a talk was offered", date(2027, 7, 4), 0, person(values=_talk("offered"))),
        Case("a talk was held", date(2027, 7, 4), 0, person(values=_talk("held"))),
        Case("thirteen days after month 6", date(2027, 7, 17), 0, person(spoken=_TASK)),
        Case("fourteen days after month 6", date(2027, 7, 18), 2, person(spoken=_TASK)),
        Case("fifteen days after month 6", date(2027, 7, 19), 2, person(spoken=_TASK)),
        Case("thirteen days after a late task", date(2027, 7, 23), 0, person(spoken=_LATE)),
        Case("fourteen days after a late task", date(2027, 7, 24), 2, person(spoken=_LATE)),
        Case("ten paused days do not count", date(2027, 7, 13), 0, person(pauses=_BEFORE)),
        Case("month 6 after ten paused days", date(2027, 7, 14), 1, person(pauses=_BEFORE)),
        Case("ten days paused after the task", date(2027, 7, 27), 0, person(pauses=_BETWEEN, spoken=_TASK)),
        Case("fourteen days without ten paused", date(2027, 7, 28), 2, person(pauses=_BETWEEN, spoken=_TASK)),
        Case("without consent", date(2027, 7, 4), 0, person(consents=[])),
    ),
)
