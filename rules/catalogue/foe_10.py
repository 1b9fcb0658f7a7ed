"""FOE-10: childcare is settled before attendance is expected."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import Facts, person, spoke, value
from rules.shape import CONSENTED, Case, Condition, Rule, Stage, number

_SPOKE = spoke("FOE-10", "childcare", "2027-01-20", s1="2027-02-15")


def _values(*more: Facts, care: str = "open", carried: str = "claim") -> list[Facts]:
    return [
        value(1, "course_entitlement", carried, "2027-01-20"),
        value(2, "entitlement_explained", "yes", "2027-02-01"),
        value(3, "childcare", care, "2027-01-20"),
        *more,
    ]


RULE = Rule(
    id="FOE-10",
    version=1,
    title_de="Kinderbetreuung ist geklärt, bevor Teilnahme verlangt wird.",
    title_en="Childcare is settled before attendance is expected.",
    basis=("intv_4a_2", "sgb12_11_4"),
    since=date(2026, 1, 1),
    subject="childcare",
    cause=(
        Condition("care_open", "==", 1),
        Condition("course_explained", "==", 1),
        Condition("course_over", "==", 0),
    ),
    quiet=(CONSENTED,),
    parameters=(
        number(
            "FOE-10.task",
            14,
            "d",
            "entitlement_explained",
            low=7,
            high=14,
            source="Schritt Kursanmeldung des Programms: 14 Tage nach der Erklärung",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="days_since_explained",
            after="FOE-10.task",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Der Kurs wurde vor {days_since_explained} Tagen erklärt, die Kinderbetreuung ist noch"
            " offen. Solange ruht die Erwartung, sich anzumelden.",
            says_en="The course was explained {days_since_explained} days ago and childcare is still open."
            " Until it is settled nobody is expected to register.",
        ),
    ),
    never=("demand_course_without_care",),
    cases=(
        Case("the day before registration is due", date(2027, 2, 14), 0, person(values=_values())),
        Case("the day registration is due", date(2027, 2, 15), 1, person(values=_values())),
        Case("the day after registration is due", date(2027, 2, 16), 1, person(values=_values())),
        Case("care is covered", date(2027, 2, 15), 0, person(values=_values(care="covered"))),
        Case("no care is needed", date(2027, 2, 15), 0, person(values=_values(care="not_needed"))),
        Case(
            "care breaks away during the course",
            date(2027, 5, 3),
            1,
            person(
                values=_values(
                    value(4, "course_registered", "yes", "2027-02-10"),
                    value(5, "course_started", "yes", "2027-03-01"),
                    value(6, "childcare", "open", "2027-05-03"),
                    care="covered",
                )
            ),
        ),
        Case(
            "the course is over",
            date(2027, 9, 1),
            0,
            person(values=_values(value(4, "course_ended", "yes", "2027-08-31"))),
        ),
        Case("nothing carries the course", date(2027, 2, 15), 0, person(values=_values(carried="none"))),
        Case("no entitlement was explained", date(2027, 2, 15), 0, person(values=_values()[2:])),
        Case("the task comes once", date(2027, 4, 1), 0, person(values=_values(), spoken=_SPOKE)),
        Case(
            "without consent the rule is silent", date(2027, 2, 15), 0, person(values=_values(), consents=[])
        ),
    ),
)
