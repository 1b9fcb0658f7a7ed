"""FOE-07: before a course entitlement expires there is a warning.

The two periods of § 4 (1) IntV stand here as FOE-07.begin and FOE-07.break; the reader of the subject uses them.
"""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import PAUSE, Facts, person, spoke, value
from rules.shape import CONSENTED, Case, Rule, Stage, number

_FIRST = spoke("FOE-07", "entitlement_end", "2028-02-01", s1="2027-11-03")
_SECOND = spoke("FOE-07", "entitlement_end", "2028-02-01", s1="2027-11-03", s2="2028-01-02")
_LATE = spoke("FOE-07", "entitlement_end", "2028-02-01", s1="2027-12-20")
_SECOND_LATE = spoke("FOE-07", "entitlement_end", "2028-02-01", s1="2027-11-20", s2="2028-01-19")
_PAUSED = [{"id": PAUSE, "reason": "parental", "start": "2027-10-01"}]
_STEP = [{"step": "course_registration", "on": "2027-02-01"}]
_STEP_LATER = [{"step": "course_registration", "on": "2027-03-01"}]
_TWO_WARNINGS = ((Outcome.REMIND, Addressee.PARTICIPANT), (Outcome.TASK, Addressee.CASE_WORKER))


def _values(*more: Facts) -> list[Facts]:
    """A letter of admission until the end of 2027, and a registration on 1 February."""
    return [
        value(1, "course_entitlement_until", "2027-12-31", "2027-01-20"),
        value(2, "course_registered", "yes", "2027-02-01"),
        *more,
    ]


def _letter(*more: Facts) -> list[Facts]:
    return [*_values()[:1], *more]


_STARTED = value(3, "course_started", "yes", "2027-03-01")
_BROKEN = value(4, "course_interrupted", "yes", "2027-05-03")

RULE = Rule(
    id="FOE-07",
    version=1,
    title_de="Vor Ablauf einer Kursberechtigung wird gewarnt.",
    title_en="Before a course entitlement expires there is a warning.",
    basis=("intv_4_1", "intv_5_3"),
    since=date(2026, 1, 1),
    subject="entitlement_end",
    cause=(),
    quiet=(CONSENTED,),
    parameters=(
        number(
            "FOE-07.begin",
            12,
            "M",
            "registration",
            low=12,
            high=12,
            source="§ 4 Abs. 1 Satz 3 IntV: Beginn spätestens ein Jahr nach der Anmeldung",
        ),
        number(
            "FOE-07.break",
            12,
            "M",
            "interruption",
            low=12,
            high=12,
            source="§ 4 Abs. 1 Satz 3 IntV: nicht länger als ein Jahr unterbrochen",
        ),
        number(
            "FOE-07.first",
            90,
            "d",
            "before_end",
            low=90,
            high=180,
            source="Arbeitsweise: drei Monate reichen, um einen Kurs zu finden",
        ),
        number(
            "FOE-07.second",
            30,
            "d",
            "before_end",
            low=30,
            high=60,
            source="Arbeitsweise: ein Monat vor dem Ende",
        ),
        number(
            "FOE-07.third",
            7,
            "d",
            "before_end",
            low=7,
            high=21,
            source="Arbeitsweise: eine Woche vor dem Ende",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="days_before_end",
            after="FOE-07.first",
            op="<=",
            outcomes=_TWO_WARNINGS,
            says_de="Bis zum eingetragenen Ende der Kursberechtigung sind es {days_before_end} Tage. Bitte"
            " gemeinsam klären, wie der Kurs bis dahin beginnen oder weitergehen kann.",
            says_en="It is {days_before_end} days until the recorded end of the course entitlement. Please find out"
            " together how the course can begin or go on by then.",
        ),
        Stage(
            no=2,
            field="days_before_end",
            after="FOE-07.second",
            op="<=",
            outcomes=_TWO_WARNINGS,
            says_de="Bis zum eingetragenen Ende der Kursberechtigung sind es {days_before_end} Tage. Bitte einen"
            " Platz suchen, auch bei einem anderen Träger, oder beim BAMF nachfragen.",
            says_en="It is {days_before_end} days until the recorded end of the course entitlement. Please look for a"
            " place, with another provider too, or ask the BAMF.",
        ),
        Stage(
            no=3,
            field="days_before_end",
            after="FOE-07.third",
            op="<=",
            outcomes=_TWO_WARNINGS,
            says_de="Bis zum eingetragenen Ende der Kursberechtigung sind es {days_before_end} Tage. Bitte heute"
            " mit Person und Träger sprechen, beim BAMF um eine Lösung bitten und Gründe festhalten, die die"
            " Person nicht zu vertreten hat.",
            says_en="It is {days_before_end} days until the recorded end of the course entitlement. Please speak with"
            " the person and the provider today, ask the BAMF for a solution, and record reasons that the"
            " person is not responsible for.",
        ),
    ),
    never=(),
    cases=(
        Case("91 days before", date(2027, 11, 2), 0, person(values=_values())),
        Case("90 days before", date(2027, 11, 3), 1, person(values=_values())),
        Case("89 days before", date(2027, 11, 4), 1, person(values=_values())),
        Case("31 days before", date(2028, 1, 1), 0, person(values=_values(), spoken=_FIRST)),
        Case("30 days before, a Sunday", date(2028, 1, 2), 2, person(values=_values(), spoken=_FIRST)),
        Case("29 days before", date(2028, 1, 3), 2, person(values=_values(), spoken=_FIRST)),
        Case("8 days before", date(2028, 1, 24), 0, person(values=_values(), spoken=_SECOND)),
        Case("7 days before", date(2028, 1, 25), 3, person(values=_values(), spoken=_SECOND)),
        Case("6 days before", date(2028, 1, 26), 3, person(values=_values(), spoken=_SECOND)),
        Case("the end itself", date(2028, 2, 1), 3, person(values=_values(), spoken=_SECOND)),
        Case(
            "it stays in force after the end", date(2028, 2, 20), 3, person(values=_values(), spoken=_SECOND)
        ),
        Case("59 days after a late first", date(2028, 2, 17), 0, person(values=_values(), spoken=_LATE)),
        Case("60 days after a late first", date(2028, 2, 18), 2, person(values=_values(), spoken=_LATE)),
        Case(
            "22 days after a late second", date(2028, 2, 10), 0, person(values=_values(), spoken=_SECOND_LATE)
        ),
        Case(
            "23 days after a late second", date(2028, 2, 11), 3, person(values=_values(), spoken=_SECOND_LATE)
        ),
        Case(
            "the last registration counts",
            date(2027, 12, 1),
            0,
            person(values=_values(value(3, "course_registered", "yes", "2027-04-06"))),
        ),
        Case(
            "90 days before a year since the last one",
            date(2028, 1, 7),
            1,
            person(values=_values(value(3, "course_registered", "yes", "2027-04-06"))),
        ),
        Case("a registration known by its step", date(2027, 11, 2), 0, person(values=_letter(), steps=_STEP)),
        Case("90 days before, by the step", date(2027, 11, 3), 1, person(values=_letter(), steps=_STEP)),
        Case(
            "a step noted later moves no end",
            date(2027, 11, 3),
            1,
            person(values=_values(), steps=_STEP_LATER),
        ),
        Case(
            "a step of tomorrow is not known today",
            date(2027, 10, 31),
            1,
            person(values=_letter(), steps=[{**_STEP[0], "on": "2027-11-01"}]),
        ),
        Case("91 days before the letter's day", date(2027, 10, 1), 0, person(values=_letter())),
        Case("90 days before the letter's day, a Saturday", date(2027, 10, 2), 1, person(values=_letter())),
        Case("89 days before the letter's day", date(2027, 10, 3), 1, person(values=_letter())),
        Case("once registered the letter's day is over", date(2027, 10, 2), 0, person(values=_values())),
        Case(
            "the registration was taken back: the letter's day",
            date(2027, 10, 2),
            1,
            person(values=_values(value(3, "course_registered", "no", "2027-03-01"))),
        ),
        Case(
            "a longer letter, from the day it is known",
            date(2027, 10, 2),
            0,
            person(values=_letter(value(2, "course_entitlement_until", "2028-03-31", "2027-10-02"))),
        ),
        Case("the course runs", date(2027, 11, 3), 0, person(values=_values(_STARTED))),
        Case("the course runs, registered or not", date(2027, 10, 2), 0, person(values=_letter(_STARTED))),
        Case(
            "announced is not begun",
            date(2027, 11, 3),
            1,
            person(values=_values(value(3, "course_start_announced", "2027-12-01", "2027-10-01"))),
        ),
        Case(
            "91 days before a year of interruption",
            date(2028, 2, 2),
            0,
            person(values=_values(_STARTED, _BROKEN)),
        ),
        Case(
            "90 days before a year of interruption",
            date(2028, 2, 3),
            1,
            person(values=_values(_STARTED, _BROKEN)),
        ),
        Case(
            "89 days before a year of interruption",
            date(2028, 2, 4),
            1,
            person(values=_values(_STARTED, _BROKEN)),
        ),
        Case(
            "saying again that it is interrupted moves no end",
            date(2028, 2, 3),
            1,
            person(values=_values(_STARTED, _BROKEN, {**_BROKEN, "seq": 5, "valid_from": "2027-09-01"})),
        ),
        Case(
            "a second interruption has its own year",
            date(2028, 2, 3),
            0,
            person(
                values=_values(
                    _STARTED,
                    _BROKEN,
                    value(5, "course_interrupted", "no", "2027-06-01"),
                    value(6, "course_interrupted", "yes", "2027-09-01"),
                )
            ),
        ),
        Case(
            "an interruption that was put right on its own day",
            date(2028, 2, 3),
            0,
            person(values=_values(_STARTED, _BROKEN, {**_BROKEN, "seq": 5, "value": "no"})),
        ),
        Case(
            "the course was taken up again",
            date(2028, 2, 3),
            0,
            person(values=_values(_STARTED, _BROKEN, value(5, "course_interrupted", "no", "2027-09-01"))),
        ),
        Case(
            "the course has ended",
            date(2028, 2, 3),
            0,
            person(values=_values(_STARTED, _BROKEN, value(5, "course_ended", "yes", "2027-12-01"))),
        ),
        Case("no end is known", date(2027, 10, 2), 0, person()),
        Case(
            "29 February 2028 ends on 28 February 2029: 91 days before",
            date(2028, 11, 29),
            0,
            person(values=_letter(value(2, "course_registered", "yes", "2028-02-29"))),
        ),
        Case(
            "29 February 2028 ends on 28 February 2029: 90 days before",
            date(2028, 11, 30),
            1,
            person(values=_letter(value(2, "course_registered", "yes", "2028-02-29"))),
        ),
        Case("a pause stops no year", date(2027, 11, 3), 1, person(values=_values(), pauses=_PAUSED)),
        Case("no consent", date(2027, 11, 3), 0, person(values=_values(), consents=[])),
    ),
)
