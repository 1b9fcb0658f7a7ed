"""FOE-15: before the term ends, somebody decides whether it is extended."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import PAUSE, Facts, person, spoke, value
from rules.shape import Case, Condition, Rule, Stage, number

_FIRST = spoke("FOE-15", "term/24", "2029-01-04", s1="2028-09-04")
_SECOND = spoke("FOE-15", "term/24", "2029-01-04", s1="2028-09-04", s2="2028-11-04")
_LATE = spoke("FOE-15", "term/24", "2029-01-04", s1="2028-11-10")
_SHORT = spoke("FOE-15", "term/24", "2029-03-31", s1="2028-11-30", s2="2029-01-31")
_PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2028-03-01"}]
_SOURCE = "VwV Integrationsmanagement: Laufzeit; die Marken davor sind Arbeitsweise (A-21)"


def _decided(how: str, about: str = "term/24", since: str = "2028-08-20") -> list[Facts]:
    return [value(1, "term_decision", how, since, about)]


def _from_march(**more: object) -> Facts:
    return person(t0="2027-03-31", opened_on="2027-03-31", **more)


RULE = Rule(
    id="FOE-15",
    version=1,
    title_de="Vor Ende der Laufzeit wird über die Verlängerung entschieden.",
    title_en="Extension is decided before the term ends.",
    basis=("vwv_integrationsmanagement",),
    since=date(2026, 1, 1),
    subject="term",
    cause=(Condition("term_decided", "==", 0),),
    quiet=(),
    parameters=(
        number("FOE-15.first", 4, "M", "term_end", low=4, high=8, source=_SOURCE),
        number("FOE-15.second", 2, "M", "term_end", low=2, high=3.5, source=_SOURCE),
        number("FOE-15.lead", 0.5, "M", "term_end", low=0.5, high=1.5, source=_SOURCE),
    ),
    stages=(
        Stage(
            no=1,
            field="half_months_left",
            after="FOE-15.first",
            op="<=",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Bis zum Ende der Laufzeit bleiben {half_months_left} Monate. Bitte mit der Person"
            " klären, ob eine Verlängerung nötig ist, und die Entscheidung vorbereiten.",
            says_en="{half_months_left} months remain until the term ends. Please find out with the"
            " person whether an extension is needed and prepare the decision.",
        ),
        Stage(
            no=2,
            field="half_months_left",
            after="FOE-15.second",
            op="<=",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Bis zum Ende der Laufzeit bleiben {half_months_left} Monate, und über sie ist noch"
            " nicht entschieden. Bitte die Entscheidung einholen.",
            says_en="{half_months_left} months remain until the term ends and nothing is decided yet."
            " Please obtain the decision.",
        ),
        Stage(
            no=3,
            field="half_months_left",
            after="FOE-15.lead",
            op="<=",
            outcomes=((Outcome.ESCALATE, Addressee.LEAD),),
            says_de="Über das Ende der Laufzeit ist noch nicht entschieden. Bitte entscheiden:"
            " Verlängerung, oder Abschluss mit Übergabe. Monate bis dahin: {half_months_left}.",
            says_en="The end of the term is still undecided. Please decide: extension, or closing with a"
            " handover. Months until then: {half_months_left}.",
        ),
    ),
    never=("end_silently",),
    cases=(
        Case("the day before month 20", date(2028, 9, 3), 0, person()),
        Case("month 20", date(2028, 9, 4), 1, person()),
        Case("the day after month 20", date(2028, 9, 5), 1, person()),
        Case("the day before month 22", date(2028, 11, 3), 0, person(spoken=_FIRST)),
        Case("month 22, a Saturday", date(2028, 11, 4), 2, person(spoken=_FIRST)),
        Case("the day after month 22", date(2028, 11, 5), 2, person(spoken=_FIRST)),
        Case("fourteen days after month 23", date(2028, 12, 18), 0, person(spoken=_SECOND)),
        Case("month 23 and a half", date(2028, 12, 19), 3, person(spoken=_SECOND)),
        Case("the day after month 23 and a half", date(2028, 12, 20), 3, person(spoken=_SECOND)),
        Case("the end of the term", date(2029, 1, 4), 3, person(spoken=_SECOND)),
        Case(
            "half a month is 15 days from a short month, too",
            date(2029, 3, 14),
            0,
            _from_march(spoken=_SHORT),
        ),
        Case("month 23 and a half from 31 March", date(2029, 3, 15), 3, _from_march(spoken=_SHORT)),
        Case("a day less than two months after a late task", date(2029, 1, 9), 0, person(spoken=_LATE)),
        Case("two months after a late task, past the end", date(2029, 1, 10), 2, person(spoken=_LATE)),
        Case("it is decided that it ends", date(2028, 9, 4), 0, person(values=_decided("ends"))),
        Case("it is decided to extend", date(2028, 9, 4), 0, person(values=_decided("extended"))),
        Case(
            "a decision of tomorrow is none today",
            date(2028, 9, 4),
            1,
            person(values=_decided("ends", since="2028-09-05")),
        ),
        Case(
            "a term that was extended before is not yet decided",
            date(2029, 9, 4),
            1,
            person(term_months=36, values=_decided("extended")),
        ),
        Case("month 20 of a longer term", date(2028, 9, 4), 0, person(term_months=36)),
        Case("it needs no consent", date(2028, 9, 4), 1, person(consents=[])),
        Case("it runs on in a pause", date(2028, 9, 4), 1, person(pauses=_PAUSED)),
    ),
)
