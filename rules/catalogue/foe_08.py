"""FOE-08: if the course has not begun in six weeks the office seeks an alternative.

The wait is the office's matter and never counts against the person.
"""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import PAUSE, Facts, person, spoke, value
from rules.shape import CONSENTED, Case, Condition, Rule, Stage, number

_ASKED = spoke("FOE-08", "registration/2027_02_01", "2027-02-01", s1="2027-03-08")
_ASKED_LATE = spoke("FOE-08", "registration/2027_02_01", "2027-02-01", s1="2027-03-15")
_BOTH = spoke("FOE-08", "registration/2027_02_01", "2027-02-01", s1="2027-03-08", s2="2027-03-15")
_PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2027-02-10"}]
_AGAIN = value(2, "course_registered", "yes", "2027-02-20")


def _values(*more: Facts) -> list[Facts]:
    return [value(1, "course_registered", "yes", "2027-02-01"), *more]


RULE = Rule(
    id="FOE-08",
    version=1,
    title_de="Beginnt der Kurs nicht binnen 6 Wochen, sucht die Stelle eine Alternative.",
    title_en="If the course has not begun in 6 weeks the office seeks an alternative.",
    basis=("intv_7_4",),
    since=date(2026, 1, 1),
    subject="registration",
    cause=(
        Condition("started", "==", 0),
        Condition("replaced", "==", 0),
        Condition("ended", "==", 0),
    ),
    quiet=(CONSENTED,),
    parameters=(
        number(
            "FOE-08.ask",
            35,
            "d",
            "registration",
            low=14,
            high=35,
            source="Arbeitsweise: eine Woche vor den sechs Wochen des § 7 Abs. 4 IntV",
        ),
        number(
            "FOE-08.seek",
            42,
            "d",
            "registration",
            low=42,
            high=42,
            source="§ 7 Abs. 4 IntV: Beginn spätestens sechs Wochen nach der Anmeldung",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="days_since_registration",
            after="FOE-08.ask",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Seit der Anmeldung sind {days_since_registration} Tage vergangen, der Kurs hat nach unseren"
            " Einträgen noch nicht begonnen. Bitte beim Träger nach dem Beginn fragen.",
            says_en="{days_since_registration} days have passed since the registration and by our records the"
            " course has not begun. Please ask the provider about the start.",
        ),
        Stage(
            no=2,
            field="days_since_registration",
            after="FOE-08.seek",
            outcomes=(
                (Outcome.TASK, Addressee.CASE_WORKER),
                (Outcome.PROPOSE_REFERRAL, Addressee.CASE_WORKER),
            ),
            says_de="Seit der Anmeldung sind {days_since_registration} Tage ohne Kursbeginn vergangen. Bitte eine"
            " Alternative suchen; Vorschlag: mit Einwilligung das BAMF um eine Verweisung bitten. Das Warten"
            " wird der Person nicht angelastet.",
            says_en="{days_since_registration} days have passed since the registration without a start. Please"
            " seek an alternative; proposal: with consent ask the BAMF to refer the person. The wait does"
            " not count against the person.",
        ),
    ),
    never=("count_against_the_person", "send_referral"),
    cases=(
        Case("day 34, a Sunday", date(2027, 3, 7), 0, person(values=_values())),
        Case("day 35", date(2027, 3, 8), 1, person(values=_values())),
        Case("day 36", date(2027, 3, 9), 1, person(values=_values())),
        Case("day 41, a Sunday", date(2027, 3, 14), 0, person(values=_values(), spoken=_ASKED)),
        Case("day 42", date(2027, 3, 15), 2, person(values=_values(), spoken=_ASKED)),
        Case("day 43", date(2027, 3, 16), 2, person(values=_values(), spoken=_ASKED)),
        Case("found late, the question comes first", date(2027, 4, 1), 1, person(values=_values())),
        Case(
            "6 days after a late question", date(2027, 3, 21), 0, person(values=_values(), spoken=_ASKED_LATE)
        ),
        Case(
            "7 days after a late question", date(2027, 3, 22), 2, person(values=_values(), spoken=_ASKED_LATE)
        ),
        Case("both have spoken", date(2027, 5, 3), 0, person(values=_values(), spoken=_BOTH)),
        Case(
            "day 35 falls on Whit Monday and stays",
            date(2027, 5, 17),
            1,
            person(values=[value(1, "course_registered", "yes", "2027-04-12")]),
        ),
        Case(
            "the course has begun",
            date(2027, 3, 8),
            0,
            person(values=_values(value(2, "course_started", "yes", "2027-03-08"))),
        ),
        Case(
            "it begins tomorrow",
            date(2027, 3, 8),
            1,
            person(values=_values(value(2, "course_started", "yes", "2027-03-09"))),
        ),
        Case(
            "begun on the day of registration",
            date(2027, 3, 8),
            0,
            person(values=_values(value(2, "course_started", "yes", "2027-02-01"))),
        ),
        Case(
            "an earlier course had begun",
            date(2027, 3, 8),
            1,
            person(values=_values(value(2, "course_started", "yes", "2027-01-31"))),
        ),
        Case(
            "it did not begin after all",
            date(2027, 3, 8),
            1,
            person(
                values=_values(
                    value(2, "course_started", "yes", "2027-03-01"),
                    value(3, "course_started", "no", "2027-03-04"),
                )
            ),
        ),
        Case(
            "a start is announced and has not come",
            date(2027, 3, 8),
            1,
            person(values=_values(value(2, "course_start_announced", "2027-03-22", "2027-02-15"))),
        ),
        Case(
            "registered anew with an announced start: the newer counts",
            date(2027, 3, 15),
            0,
            person(values=_values(_AGAIN, value(3, "course_start_announced", "2027-04-12", "2027-02-20"))),
        ),
        Case(
            "the newer registration has six weeks of its own",
            date(2027, 3, 27),
            1,
            person(values=_values(_AGAIN, value(3, "course_start_announced", "2027-04-12", "2027-02-20"))),
        ),
        Case(
            "registered anew without an announced start",
            date(2027, 3, 8),
            1,
            person(values=_values(_AGAIN)),
        ),
        Case(
            "what was announced before the newer registration is not its start",
            date(2027, 3, 8),
            1,
            person(values=_values(_AGAIN, value(3, "course_start_announced", "2027-04-12", "2027-02-19"))),
        ),
        Case(
            "put right on its own day, it was no registration",
            date(2027, 3, 8),
            0,
            person(values=_values(value(2, "course_registered", "no", "2027-02-01"))),
        ),
        Case(
            "the course has ended",
            date(2027, 3, 8),
            0,
            person(values=_values(value(2, "course_ended", "yes", "2027-03-05"))),
        ),
        Case("nobody is registered", date(2027, 3, 8), 0, person()),
        Case("a pause stops no six weeks", date(2027, 3, 8), 1, person(values=_values(), pauses=_PAUSED)),
        Case("no consent", date(2027, 3, 8), 0, person(values=_values(), consents=[])),
    ),
)
