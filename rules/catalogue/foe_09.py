"""FOE-09: cost exemption and travel grant are applied for before the section.

Since 7 December 2024 the travel grant follows the exemption; the day of the decision says which law holds.
"""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import PAUSE, Facts, person, spoke, value
from rules.shape import CONSENTED, Case, Condition, Rule, Stage, number

_FIRST = spoke("FOE-09", "cost_exemption", "2027-06-28", s1="2027-06-14")
_LATE = spoke("FOE-09", "cost_exemption", "2027-06-28", s1="2027-06-16")
_TRAVEL_FIRST = spoke("FOE-09", "travel_grant", "2027-06-28", s1="2027-06-14")
_PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2027-06-01"}]
_WARNING = ((Outcome.REMIND, Addressee.PARTICIPANT), (Outcome.TASK, Addressee.CASE_WORKER))


def _values(*more: Facts, benefit: str = "sgb2") -> list[Facts]:
    return [
        value(1, "benefit", benefit, "2027-02-01"),
        value(2, "course_section_starts", "2027-06-28", "2027-05-03"),
        *more,
    ]


def _exemption(said: str) -> Facts:
    return value(3, "cost_exemption", said, "2027-05-10")


def _travel(said: str) -> Facts:
    return value(4, "travel_grant", said, "2027-05-10")


RULE = Rule(
    id="FOE-09",
    version=1,
    title_de="Kostenbefreiung und Fahrtkosten werden vor dem Kursabschnitt beantragt.",
    title_en="Cost exemption and travel grant are applied for before the section.",
    basis=("intv_9_1", "intv_4a_1"),
    since=date(2026, 1, 1),
    subject="course_costs",
    cause=(
        Condition("on_benefits", "==", 1),
        Condition("recorded", "==", 0),
        Condition("may_apply", "==", 1),
    ),
    quiet=(CONSENTED,),
    parameters=(
        number(
            "FOE-09.exemption_first",
            0,
            "n",
            "travel_grant",
            low=0,
            high=0,
            source="§ 4a Abs. 1 IntV, Fassung bis 6. Dezember 2024: Zuschuss für alle nach § 9 Abs. 2 Befreiten",
            since=date(2023, 2, 1),
            until=date(2024, 12, 6),
        ),
        number(
            "FOE-09.exemption_first",
            1,
            "n",
            "travel_grant",
            low=1,
            high=1,
            source="§ 4a Abs. 1 IntV, BGBl. 2024 I Nr. 393: nur nach Befreiung gemäß § 9 Abs. 2 Satz 1 Nr. 1 oder 2",
            since=date(2024, 12, 7),
        ),
        number(
            "FOE-09.first",
            14,
            "d",
            "before_section",
            low=14,
            high=42,
            source="§ 4a Abs. 1 IntV: Antrag vor Beginn des Kursabschnitts; Arbeitsweise: zwei Wochen vorher",
        ),
        number(
            "FOE-09.second",
            7,
            "d",
            "before_section",
            low=7,
            high=21,
            source="§ 4a Abs. 1 IntV: Antrag vor Beginn des Kursabschnitts; Arbeitsweise: eine Woche vorher",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="days_before_section",
            after="FOE-09.first",
            op="<=",
            outcomes=_WARNING,
            says_de="Der Kursabschnitt beginnt in {days_before_section} Tagen, und zu diesem Antrag"
            " (Kostenbefreiung oder Fahrtkosten, siehe Gegenstand) ist nichts vermerkt. Bitte gemeinsam stellen.",
            says_en="The section begins in {days_before_section} days and nothing is recorded for this"
            " application (cost exemption or travel grant, see the subject). Please make it together.",
        ),
        Stage(
            no=2,
            field="days_before_section",
            after="FOE-09.second",
            op="<=",
            outcomes=_WARNING,
            says_de="Der Kursabschnitt beginnt in {days_before_section} Tagen, zu diesem Antrag ist weiter nichts"
            " vermerkt. Er gehört vor den Beginn: bitte jetzt stellen oder festhalten, dass er schon gestellt ist"
            " oder nicht gebraucht wird.",
            says_en="The section begins in {days_before_section} days and still nothing is recorded for this"
            " application. It belongs before the start: please make it now, or record that it has been made"
            " or is not needed.",
        ),
    ),
    never=(),
    cases=(
        Case("15 days before, a Sunday", date(2027, 6, 13), 0, person(values=_values())),
        Case("14 days before", date(2027, 6, 14), 1, person(values=_values())),
        Case("13 days before", date(2027, 6, 15), 1, person(values=_values())),
        Case("8 days before, a Sunday", date(2027, 6, 20), 0, person(values=_values(), spoken=_FIRST)),
        Case("7 days before", date(2027, 6, 21), 2, person(values=_values(), spoken=_FIRST)),
        Case("6 days before", date(2027, 6, 22), 2, person(values=_values(), spoken=_FIRST)),
        Case("6 days after a late first", date(2027, 6, 22), 0, person(values=_values(), spoken=_LATE)),
        Case("7 days after a late first", date(2027, 6, 23), 2, person(values=_values(), spoken=_LATE)),
        Case("the day on which the section begins", date(2027, 6, 28), 1, person(values=_values())),
        Case("the section has begun", date(2027, 6, 29), 0, person(values=_values())),
        Case(
            "14 days before fall on Whit Monday and stay",
            date(2027, 5, 17),
            1,
            person(values=[*_values()[:1], value(2, "course_section_starts", "2027-05-31", "2027-05-03")]),
        ),
        Case(
            "the section was moved",
            date(2027, 6, 14),
            0,
            person(values=_values(value(3, "course_section_starts", "2027-07-12", "2027-06-14"))),
        ),
        Case(
            "no section is known",
            date(2027, 6, 14),
            0,
            person(values=_values()[:1]),
        ),
        Case("SGB XII", date(2027, 6, 14), 1, person(values=_values(benefit="sgb12"))),
        Case("AsylbLG", date(2027, 6, 14), 1, person(values=_values(benefit="asylblg"))),
        Case("another benefit", date(2027, 6, 14), 0, person(values=_values(benefit="other"))),
        Case("no benefit", date(2027, 6, 14), 0, person(values=_values(benefit="none"))),
        Case("the benefit is not known", date(2027, 6, 14), 0, person(values=_values()[1:])),
        Case(
            "benefits begin tomorrow",
            date(2027, 6, 14),
            0,
            person(values=[*_values()[1:], value(3, "benefit", "sgb2", "2027-06-15")]),
        ),
        Case(
            "exemption granted: now the travel grant",
            date(2027, 6, 14),
            1,
            person(values=_values(_exemption("granted"))),
        ),
        Case(
            "exemption applied for: now the travel grant",
            date(2027, 6, 14),
            1,
            person(values=_values(_exemption("applied"))),
        ),
        Case("15 days before", date(2027, 6, 13), 0, person(values=_values(_exemption("granted")))),
        Case(
            "the travel grant, 7 days before",
            date(2027, 6, 21),
            2,
            person(values=_values(_exemption("granted")), spoken=_TRAVEL_FIRST),
        ),
        Case(
            "exemption refused counts as recorded, and no travel grant follows",
            date(2027, 6, 14),
            0,
            person(values=_values(_exemption("refused"))),
        ),
        Case(
            "exemption not needed, and no travel grant follows",
            date(2027, 6, 14),
            0,
            person(values=_values(_exemption("not_needed"))),
        ),
        Case(
            "travel grant applied for",
            date(2027, 6, 14),
            0,
            person(values=_values(_exemption("granted"), _travel("applied"))),
        ),
        Case(
            "travel grant refused counts as recorded",
            date(2027, 6, 14),
            0,
            person(values=_values(_exemption("granted"), _travel("refused"))),
        ),
        Case(
            "travel grant not needed, the exemption is still open",
            date(2027, 6, 14),
            1,
            person(values=_values(_travel("not_needed"))),
        ),
        Case("a pause moves no section", date(2027, 6, 14), 1, person(values=_values(), pauses=_PAUSED)),
        Case("no consent", date(2027, 6, 14), 0, person(values=_values(), consents=[])),
    ),
)
