"""FOE-20: before school or VABO ends, what comes after it is talked through."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import PAUSE, Facts, person, spoke, value
from rules.shape import CONSENTED, NOT_PAUSED, Case, Condition, Rule, Stage, number

_FIRST = spoke("FOE-20", "transition", "2027-07-31", s1="2027-02-28")
_SECOND = spoke("FOE-20", "transition", "2027-07-31", s1="2027-02-28", s2="2027-03-31")
_LATE = spoke("FOE-20", "transition", "2027-07-31", s1="2027-03-15")
_LATER = spoke("FOE-20", "transition", "2027-07-31", s1="2027-04-20")
_PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2027-02-22", "ended_on": "2027-03-05"}]
_SOURCE = "Pakt für Integration (2017): Schule und Weg in den Beruf; die Marken sind Regel des Hauses"


def _school(*more: Facts, ends: str = "2027-07-31") -> list[Facts]:
    return [value(1, "school_ends", ends, "2027-01-20"), *more]


RULE = Rule(
    id="FOE-20",
    version=1,
    title_de="Vor dem Ende von Schule oder VABO wird über den Übergang gesprochen.",
    title_en="Before school or VABO ends the transition is talked through.",
    basis=("pakt_uebergang",),
    since=date(2026, 1, 1),
    subject="transition",
    cause=(Condition("school_over", "==", 0), Condition("transition_talked", "==", 0)),
    quiet=(CONSENTED, NOT_PAUSED),
    parameters=(
        number("FOE-20.first", 5, "M", "school_ends", low=5, high=9, source=_SOURCE),
        number("FOE-20.second", 4, "M", "school_ends", low=4, high=7, source=_SOURCE),
        number("FOE-20.lead", 3, "M", "school_ends", low=3, high=5, source=_SOURCE),
    ),
    stages=(
        Stage(
            no=1,
            field="months_of_school_left",
            after="FOE-20.first",
            op="<=",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Bis zum letzten Schultag bleiben höchstens {months_of_school_left} Monate. Bitte ein"
            " Gespräch über den Übergang anbieten; den Weg wählt die Person.",
            says_en="At most {months_of_school_left} months of school remain. Please offer a talk about the"
            " transition; the person chooses the path.",
        ),
        Stage(
            no=2,
            field="months_of_school_left",
            after="FOE-20.second",
            op="<=",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Bis zum letzten Schultag bleiben höchstens {months_of_school_left} Monate, ein Gespräch"
            " über den Übergang ist noch nicht angeboten. Bitte einen Termin anbieten.",
            says_en="At most {months_of_school_left} months of school remain and no talk about the transition"
            " has been offered. Please offer an appointment.",
        ),
        Stage(
            no=3,
            field="months_of_school_left",
            after="FOE-20.lead",
            op="<=",
            outcomes=((Outcome.ESCALATE, Addressee.LEAD),),
            says_de="Bis zum letzten Schultag bleiben höchstens {months_of_school_left} Monate, und ein"
            " Gespräch über den Übergang ist auch nach zwei Aufgaben nicht angeboten.",
            says_en="At most {months_of_school_left} months of school remain and no talk about the transition"
            " has been offered even after two tasks.",
        ),
    ),
    never=("choose_a_path",),
    cases=(
        Case("the day before five months before", date(2027, 2, 27), 0, person(values=_school())),
        Case("five months before, 31 February is 28", date(2027, 2, 28), 1, person(values=_school())),
        Case("the day after five months before", date(2027, 3, 1), 1, person(values=_school())),
        Case(
            "the day before four months before", date(2027, 3, 30), 0, person(values=_school(), spoken=_FIRST)
        ),
        Case("four months before", date(2027, 3, 31), 2, person(values=_school(), spoken=_FIRST)),
        Case(
            "the day after four months before", date(2027, 4, 1), 2, person(values=_school(), spoken=_FIRST)
        ),
        Case(
            "the day before three months before",
            date(2027, 4, 29),
            0,
            person(values=_school(), spoken=_SECOND),
        ),
        Case("three months before", date(2027, 4, 30), 3, person(values=_school(), spoken=_SECOND)),
        Case(
            "the day after three months before", date(2027, 5, 1), 3, person(values=_school(), spoken=_SECOND)
        ),
        Case(
            "a day less than a month after a late task",
            date(2027, 4, 14),
            0,
            person(values=_school(), spoken=_LATE),
        ),
        Case("a month after a late task", date(2027, 4, 15), 2, person(values=_school(), spoken=_LATE)),
        Case("over the turn of the year", date(2027, 9, 28), 0, person(values=_school(ends="2028-02-29"))),
        Case(
            "five months before 29 February", date(2027, 9, 29), 1, person(values=_school(ends="2028-02-29"))
        ),
        Case("the last day at school", date(2027, 7, 31), 1, person(values=_school())),
        Case("the day after the last day at school", date(2027, 8, 1), 0, person(values=_school())),
        Case(
            "a talk was offered",
            date(2027, 2, 28),
            0,
            person(values=_school(value(2, "transition_talk", "offered", "2027-02-20"))),
        ),
        Case(
            "a talk was held",
            date(2027, 2, 28),
            0,
            person(values=_school(value(2, "transition_talk", "held", "2027-02-20"))),
        ),
        Case(
            "the lead hears nothing before the second task",
            date(2027, 4, 30),
            0,
            person(values=_school(), spoken=_LATER),
        ),
        Case("two months before", date(2027, 5, 31), 3, person(values=_school(), spoken=_SECOND)),
        Case("nobody knows when school ends", date(2027, 2, 28), 0, person()),
        Case("silent in a pause", date(2027, 3, 5), 0, person(values=_school(), pauses=_PAUSED)),
        Case("and heard after it", date(2027, 3, 6), 1, person(values=_school(), pauses=_PAUSED)),
        Case("without consent", date(2027, 2, 28), 0, person(values=_school(), consents=[])),
    ),
)
