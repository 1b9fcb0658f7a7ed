"""FOE-13: children have a place at school or day care in time.

For day care no sentence speaks of a duty (A-36); the same sentence serves both.
"""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import PAUSE, Facts, person, spoke, value
from rules.shape import CONSENTED, Case, Condition, Rule, Stage, number

_CHILD, _SIBLING = "child/1", "child/2"
_TASK = spoke("FOE-13", _CHILD, "2026-11-15", s1="2027-04-15")
_LATE = spoke("FOE-13", _CHILD, "2026-11-15", s1="2027-05-20")
_PAUSED = [{"id": PAUSE, "reason": "parental", "start": "2027-02-01"}]
_GROUP = value(1, "child_group", "school", "2027-01-20", _CHILD)


def _child(*more: Facts, group: str = "school", clock: str = "2026-11-15") -> list[Facts]:
    return [
        value(1, "child_group", group, "2027-01-20", _CHILD),
        value(2, "child_clock_from", clock, "2027-01-20", _CHILD),
        *more,
    ]


RULE = Rule(
    id="FOE-13",
    version=1,
    title_de="Kinder haben rechtzeitig einen Schul- oder Kitaplatz.",
    title_en="Children have a school or day-care place in time.",
    basis=("schg_72", "sgb8_24"),
    since=date(2026, 1, 1),
    subject="child",
    cause=(Condition("child_has_place", "==", 0),),
    quiet=(CONSENTED,),
    parameters=(
        number(
            "FOE-13.task",
            5,
            "M",
            "child_clock_from",
            low=2,
            high=5,
            source="Arbeitsweise: einen Monat vor der Marke des § 72 Abs. 1 SchG",
        ),
        number(
            "FOE-13.lead",
            6,
            "M",
            "child_clock_from",
            low=3,
            high=6,
            source="§ 72 Abs. 1 SchG: sechs Monate nach dem Zuzug; für die Kita als Marke übernommen (A-36)",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="months_since_child_clock",
            after="FOE-13.task",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="{months_since_child_clock} Monate nach der Ankunft oder dem ersten Geburtstag ist für ein"
            " Kind noch kein Schul- oder Kitaplatz bekannt. Bitte die Eltern bei der Suche unterstützen.",
            says_en="{months_since_child_clock} months after arrival or the first birthday no place at school"
            " or day care is known for a child. Please help the parents to find one.",
        ),
        Stage(
            no=2,
            field="months_since_child_clock",
            after="FOE-13.lead",
            outcomes=((Outcome.ESCALATE, Addressee.LEAD),),
            says_de="{months_since_child_clock} Monate nach der Ankunft oder dem ersten Geburtstag ist für ein"
            " Kind weiterhin kein Schul- oder Kitaplatz bekannt. Bitte mit Schulamt oder Träger nach"
            " einem Weg suchen.",
            says_en="{months_since_child_clock} months after arrival or the first birthday there is still no"
            " known place at school or day care for a child. Please look for a way with"
            " the school authority or the provider.",
        ),
    ),
    never=("report_parents",),
    cases=(
        Case("the day before month 5", date(2027, 4, 14), 0, person(values=_child())),
        Case("month 5", date(2027, 4, 15), 1, person(values=_child())),
        Case("the day after month 5", date(2027, 4, 16), 1, person(values=_child())),
        Case("the day before month 6", date(2027, 5, 14), 0, person(values=_child(), spoken=_TASK)),
        Case("month 6, a Saturday", date(2027, 5, 15), 2, person(values=_child(), spoken=_TASK)),
        Case("the day after month 6", date(2027, 5, 16), 2, person(values=_child(), spoken=_TASK)),
        Case(
            "a day less than a month after a late task",
            date(2027, 6, 19),
            0,
            person(values=_child(), spoken=_LATE),
        ),
        Case("a month after a late task", date(2027, 6, 20), 2, person(values=_child(), spoken=_LATE)),
        Case(
            "a missing day is the last of its month",
            date(2027, 2, 28),
            1,
            person(values=_child(clock="2026-09-30")),
        ),
        Case(
            "the day before the last of its month",
            date(2027, 2, 27),
            0,
            person(values=_child(clock="2026-09-30")),
        ),
        Case("a place at day care is missing", date(2027, 4, 15), 1, person(values=_child(group="daycare"))),
        Case(
            "there is a place",
            date(2027, 4, 15),
            0,
            person(values=_child(value(3, "child_place", "yes", "2027-03-01", _CHILD))),
        ),
        Case(
            "the place fell through",
            date(2027, 4, 15),
            1,
            person(
                values=_child(
                    value(3, "child_place", "yes", "2027-03-01", _CHILD),
                    value(4, "child_place", "no", "2027-04-01", _CHILD),
                )
            ),
        ),
        Case("nobody knows the clock day", date(2027, 4, 15), 0, person(values=[_GROUP])),
        Case("nobody knows the group", date(2027, 4, 15), 0, person(values=_child()[1:])),
        Case(
            "the sister has a place, the child has none",
            date(2027, 4, 15),
            1,
            person(
                values=_child(
                    value(3, "child_group", "daycare", "2027-01-20", _SIBLING),
                    value(4, "child_clock_from", "2026-11-15", "2027-01-20", _SIBLING),
                    value(5, "child_place", "yes", "2027-02-01", _SIBLING),
                )
            ),
        ),
        Case("a pause does not stop it", date(2027, 4, 15), 1, person(values=_child(), pauses=_PAUSED)),
        Case("without consent", date(2027, 4, 15), 0, person(values=_child(), consents=[])),
    ),
)
