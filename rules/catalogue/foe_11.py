"""FOE-11: the work-language entitlement is valid three months only.

Whether the day of issue counts is in doubt, so the earlier end is warned of: the day before issue plus three months.
"""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import PAUSE, Facts, person, spoke, value
from rules.shape import CONSENTED, Case, Condition, Rule, Stage, number

_FIRST = spoke("FOE-11", "work_course", "2027-06-14", s1="2027-05-15")
_SECOND = spoke("FOE-11", "work_course", "2027-06-14", s1="2027-05-15", s2="2027-05-31")
_LATE = spoke("FOE-11", "work_course", "2027-06-14", s1="2027-05-20")
_SECOND_LATE = spoke("FOE-11", "work_course", "2027-06-14", s1="2027-05-20", s2="2027-06-05")
_PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2027-05-01"}]
_WARNING = ((Outcome.REMIND, Addressee.PARTICIPANT), (Outcome.TASK, Addressee.CASE_WORKER))


def _values(*more: Facts, issued: str = "2027-03-15") -> list[Facts]:
    return [value(1, "bsk_issued", issued, issued), *more]


def _until(day: str, known: str = "2027-03-15") -> Facts:
    return value(2, "bsk_until", day, known)


RULE = Rule(
    id="FOE-11",
    version=1,
    title_de="Die Berechtigung für den Berufssprachkurs gilt nur drei Monate.",
    title_en="The work-language entitlement is valid three months only.",
    basis=("deufoev_6_3",),
    since=date(2026, 1, 1),
    subject="work_course",
    cause=(Condition("registered", "==", 0),),
    quiet=(CONSENTED,),
    parameters=(
        number(
            "FOE-11.valid",
            3,
            "M",
            "issue",
            low=3,
            high=3,
            source="§ 6 Abs. 3 DeuFöV: drei Monate ab dem Ausstellungsdatum",
        ),
        number(
            "FOE-11.first",
            30,
            "d",
            "before_end",
            low=30,
            high=60,
            source="Arbeitsweise: ein Monat vor dem Ende",
        ),
        number(
            "FOE-11.second",
            14,
            "d",
            "before_end",
            low=14,
            high=28,
            source="Arbeitsweise: zwei Wochen vor dem Ende",
        ),
        number(
            "FOE-11.third",
            3,
            "d",
            "before_end",
            low=3,
            high=7,
            source="Arbeitsweise: drei Tage vor dem Ende",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="days_before_end",
            after="FOE-11.first",
            op="<=",
            outcomes=_WARNING,
            says_de="Bis zum Ende der Berechtigung für den Berufssprachkurs sind es nach unseren Einträgen"
            " {days_before_end} Tage, eine Anmeldung kennen wir noch nicht. Bitte gemeinsam einen Träger suchen.",
            says_en="By our records it is {days_before_end} days until the entitlement to the work-related course ends"
            " and no registration is known yet. Please look for a provider together.",
        ),
        Stage(
            no=2,
            field="days_before_end",
            after="FOE-11.second",
            op="<=",
            outcomes=_WARNING,
            says_de="Bis zum Ende der Berechtigung für den Berufssprachkurs sind es nach unseren Einträgen"
            " {days_before_end} Tage. Bitte bei der Anmeldung begleiten; sie genügt auch bei einem späteren"
            " Kursbeginn.",
            says_en="By our records it is {days_before_end} days until the entitlement to the work-related course ends."
            " Please accompany the person to register; a registration is enough even if the course begins"
            " later.",
        ),
        Stage(
            no=3,
            field="days_before_end",
            after="FOE-11.third",
            op="<=",
            outcomes=_WARNING,
            says_de="Bis zum Ende der Berechtigung für den Berufssprachkurs sind es nach unseren Einträgen"
            " {days_before_end} Tage. Bitte heute anmelden helfen oder die ausstellende Stelle um eine neue"
            " Berechtigung bitten.",
            says_en="By our records it is {days_before_end} days until the entitlement to the work-related course ends."
            " Please help to register today, or ask the body that issued it for a new one.",
        ),
    ),
    never=(),
    cases=(
        Case("31 days before", date(2027, 5, 14), 0, person(values=_values())),
        Case("30 days before, a Saturday", date(2027, 5, 15), 1, person(values=_values())),
        Case("29 days before, Whit Sunday", date(2027, 5, 16), 1, person(values=_values())),
        Case("15 days before", date(2027, 5, 30), 0, person(values=_values(), spoken=_FIRST)),
        Case("14 days before", date(2027, 5, 31), 2, person(values=_values(), spoken=_FIRST)),
        Case("13 days before", date(2027, 6, 1), 2, person(values=_values(), spoken=_FIRST)),
        Case("4 days before", date(2027, 6, 10), 0, person(values=_values(), spoken=_SECOND)),
        Case("3 days before", date(2027, 6, 11), 3, person(values=_values(), spoken=_SECOND)),
        Case("2 days before", date(2027, 6, 12), 3, person(values=_values(), spoken=_SECOND)),
        Case(
            "it stays in force after the end", date(2027, 7, 1), 3, person(values=_values(), spoken=_SECOND)
        ),
        Case("15 days after a late first", date(2027, 6, 4), 0, person(values=_values(), spoken=_LATE)),
        Case("16 days after a late first", date(2027, 6, 5), 2, person(values=_values(), spoken=_LATE)),
        Case(
            "10 days after a late second", date(2027, 6, 15), 0, person(values=_values(), spoken=_SECOND_LATE)
        ),
        Case(
            "11 days after a late second", date(2027, 6, 16), 3, person(values=_values(), spoken=_SECOND_LATE)
        ),
        Case(
            "31 days before 28 February 2028, issued on 30 November",
            date(2028, 1, 28),
            0,
            person(values=_values(issued="2027-11-30")),
        ),
        Case(
            "30 days before 28 February 2028, issued on 30 November",
            date(2028, 1, 29),
            1,
            person(values=_values(issued="2027-11-30")),
        ),
        Case(
            "31 days before the letter's earlier day",
            date(2027, 4, 30),
            0,
            person(values=_values(_until("2027-05-31"))),
        ),
        Case(
            "30 days before the letter's earlier day, 1 May",
            date(2027, 5, 1),
            1,
            person(values=_values(_until("2027-05-31"))),
        ),
        Case(
            "a later day in the letter changes nothing",
            date(2027, 5, 15),
            1,
            person(values=_values(_until("2027-07-31"))),
        ),
        Case(
            "the letter's day counts from when it is known",
            date(2027, 5, 14),
            0,
            person(values=_values(_until("2027-05-31", known="2027-05-15"))),
        ),
        Case("nothing was issued", date(2027, 5, 15), 0, person(values=[_until("2027-05-31")])),
        Case(
            "registered",
            date(2027, 5, 15),
            0,
            person(values=_values(value(3, "bsk_registered", "yes", "2027-05-15"))),
        ),
        Case(
            "registered tomorrow is not registered",
            date(2027, 5, 15),
            1,
            person(values=_values(value(3, "bsk_registered", "yes", "2027-05-16"))),
        ),
        Case("a pause stops no three months", date(2027, 5, 15), 1, person(values=_values(), pauses=_PAUSED)),
        Case("no consent", date(2027, 5, 15), 0, person(values=_values(), consents=[])),
    ),
)
