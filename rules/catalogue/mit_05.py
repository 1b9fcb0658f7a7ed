"""MIT-05: if absences pile up, the cause is sought together; the share is a signal of the house, no judgement."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import EXCUSE, PAUSE, Facts, person, spoke, value
from rules.shape import ATTENDANCE_ALLOWED, Case, Rule, Stage, number

_CONSENTS = [
    {"purpose": "casework", "outcome": "given", "on": "2027-01-11"},
    {"purpose": "attendance", "outcome": "given", "on": "2027-01-11"},
]
_TWO_OF_TEN = (
    value(1, "course_week", "aaaau--", "2027-02-01"),
    value(2, "course_week", "aaaau--", "2027-02-08"),
)
_TALKED = (*_TWO_OF_TEN, value(3, "absence_talk", "held", "2027-02-12"))
_BEFORE_EASTER = (
    value(1, "course_week", "aaaau--", "2027-03-08"),
    value(2, "course_week", "aaaau--", "2027-03-15"),
)
_SLOWLY = (
    value(1, "course_week", "aaaaa--", "2027-02-01"),
    value(2, "course_week", "aaaaa--", "2027-02-08"),
    value(3, "course_week", "aaaaa--", "2027-02-15"),
    value(4, "course_week", "aauuu--", "2027-02-22"),
    value(5, "course_week", "uu-----", "2027-03-01"),
)
_EIGHT_WEEKS = (
    value(1, "course_week", "aaaa---", "2027-03-15"),
    value(2, "course_week", "aaau---", "2027-03-22"),
    value(3, "course_week", "-u-----", "2027-03-29"),
)
_LEAVING = (
    value(1, "course_week", "aa-----", "2027-02-01"),
    value(2, "course_week", "aaaaaa-", "2027-03-15"),
    value(3, "course_week", "aauu---", "2027-03-22"),
)
_TASK = spoke("MIT-05", "absence_share", "2027-02-05", s1="2027-02-12")
_EASTER_TASK = spoke("MIT-05", "absence_share", "2027-03-12", s1="2027-03-19")
_ONE_DAY = [{"id": PAUSE, "reason": "illness", "start": "2027-02-16", "ended_on": "2027-02-16"}]
_PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2027-02-12"}]
_REASON: Facts = {"id": EXCUSE, "subject": "attendance", "reason": "family", "on": "2027-02-12"}
_ON_BENEFITS = (
    value(5, "benefit", "asylblg", "2027-01-20"),
    value(6, "course_started", "yes", "2027-02-01"),
)


def _course(*values: Facts, **more: object) -> Facts:
    return person(**{"consents": _CONSENTS, "values": [*values], **more})


RULE = Rule(
    id="MIT-05",
    version=1,
    title_de="Häufen sich Fehlzeiten, wird gemeinsam die Ursache gesucht.",
    title_en="If absences pile up the cause is sought together.",
    basis=("intv_14_6",),
    since=date(2026, 1, 1),
    subject="absence_share",
    cause=(),
    quiet=(ATTENDANCE_ALLOWED,),
    twin=("FOE-10", "FOE-09"),
    parameters=(
        number(
            "MIT-05.talk",
            20,
            "%",
            "course_days_held",
            low=20,
            high=50,
            source="Arbeitsweise: inneres Signal; § 14 Abs. 6 IntV nennt keinen Prozentsatz",
        ),
        number(
            "MIT-05.window",
            56,
            "d",
            "course_days_held",
            low=56,
            high=84,
            source="Arbeitsweise: acht Wochen, beide Enden mitgezählt",
        ),
        number(
            "MIT-05.base",
            10,
            "n",
            "course_days_held",
            low=10,
            high=20,
            source="Arbeitsweise: unter zehn Kurstagen sagt ein Anteil nichts",
        ),
        number(
            "MIT-05.lead",
            10,
            "AT",
            "last_stage",
            low=10,
            high=20,
            source="Arbeitsweise: zehn Arbeitstage für das Gespräch",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="highest_share",
            after="MIT-05.talk",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Bestätigte unentschuldigte Tage machen {highest_share} Prozent der Kurstage eines"
            " Zeitraums aus. Das ist ein inneres Signal und kein Urteil: bitte gemeinsam nach der Ursache"
            " fragen.",
            says_en="Confirmed unexcused days make up {highest_share} per cent of the course days of a"
            " period. This is an internal signal and no judgement: please look for the cause together.",
        ),
        Stage(
            no=2,
            gap="MIT-05.lead",
            outcomes=((Outcome.ESCALATE, Addressee.LEAD),),
            says_de="Zu den Fehltagen im Kurs ist noch kein Gespräch über die Ursache bekannt. Bitte"
            " gemeinsam klären, was die Stelle beitragen kann.",
            says_en="No talk about the cause of the absences from the course is known yet. Please find out"
            " together what the office can contribute.",
        ),
    ),
    never=("say_not_orderly",),
    cases=(
        Case("one of nine course days", date(2027, 2, 11), 0, _course(*_TWO_OF_TEN)),
        Case("two of ten, 20 per cent", date(2027, 2, 12), 1, _course(*_TWO_OF_TEN)),
        Case("a day later, a Saturday", date(2027, 2, 13), 1, _course(*_TWO_OF_TEN)),
        Case("four of 21, 19 per cent", date(2027, 3, 1), 0, _course(*_SLOWLY)),
        Case("five of 22, 22 per cent", date(2027, 3, 2), 1, _course(*_SLOWLY)),
        Case(
            "two of nine say nothing",
            date(2027, 2, 12),
            0,
            _course(_TWO_OF_TEN[0], value(2, "course_week", "aaau---", "2027-02-08")),
        ),
        Case(
            "cancelled days were not held",
            date(2027, 2, 12),
            0,
            _course(_TWO_OF_TEN[0], value(2, "course_week", "aaacu--", "2027-02-08")),
        ),
        Case(
            "every other letter is a day held",
            date(2027, 2, 12),
            1,
            _course(
                value(1, "course_week", "arinu--", "2027-02-01"),
                value(2, "course_week", "aaadu--", "2027-02-08"),
            ),
        ),
        Case(
            "only confirmed days count",
            date(2027, 2, 12),
            0,
            _course(_TWO_OF_TEN[0], value(2, "course_week", "nirdn--", "2027-02-08")),
        ),
        Case(
            "the first of 56 days counts",
            date(2027, 3, 30),
            1,
            _course(value(9, "course_week", "--a----", "2027-02-01"), *_EIGHT_WEEKS),
        ),
        Case(
            "the day before the 56 does not",
            date(2027, 3, 30),
            0,
            _course(value(9, "course_week", "-a-----", "2027-02-01"), *_EIGHT_WEEKS),
        ),
        Case("two of eleven, 18 per cent", date(2027, 3, 29), 0, _course(*_LEAVING)),
        Case("two of ten, as an old day has left", date(2027, 3, 30), 1, _course(*_LEAVING)),
        Case(
            "the highest share stays until it is talked about",
            date(2027, 2, 19),
            1,
            _course(*_TWO_OF_TEN, value(3, "course_week", "aaaaa--", "2027-02-15")),
        ),
        Case("talked about on the last day", date(2027, 2, 13), 0, _course(*_TALKED)),
        Case(
            "three since the talk, 23 per cent of all days held",
            date(2027, 2, 17),
            1,
            _course(*_TALKED, value(4, "course_week", "uuu----", "2027-02-15")),
        ),
        Case(
            "two since the talk, 16 per cent",
            date(2027, 2, 16),
            0,
            _course(*_TALKED, value(4, "course_week", "uuu----", "2027-02-15")),
        ),
        Case("nine working days after the task", date(2027, 2, 25), 0, _course(*_TWO_OF_TEN, spoken=_TASK)),
        Case("ten working days after the task", date(2027, 2, 26), 2, _course(*_TWO_OF_TEN, spoken=_TASK)),
        Case("a working day later", date(2027, 3, 1), 2, _course(*_TWO_OF_TEN, spoken=_TASK)),
        Case("nine over Easter", date(2027, 4, 5), 0, _course(*_BEFORE_EASTER, spoken=_EASTER_TASK)),
        Case("ten over Easter", date(2027, 4, 6), 2, _course(*_BEFORE_EASTER, spoken=_EASTER_TASK)),
        Case("talked about since the task", date(2027, 2, 26), 0, _course(*_TALKED, spoken=_TASK)),
        Case(
            "a paused day does not count",
            date(2027, 2, 26),
            0,
            _course(*_TWO_OF_TEN, spoken=_TASK, pauses=_ONE_DAY),
        ),
        Case(
            "ten working days besides the pause",
            date(2027, 3, 1),
            2,
            _course(*_TWO_OF_TEN, spoken=_TASK, pauses=_ONE_DAY),
        ),
        Case("paused", date(2027, 2, 12), 0, _course(*_TWO_OF_TEN, pauses=_PAUSED)),
        Case("an open reason", date(2027, 2, 12), 0, _course(*_TWO_OF_TEN, excuses=[_REASON])),
        Case(
            "a disputed week",
            date(2027, 2, 12),
            0,
            _course(_TWO_OF_TEN[0], {**_TWO_OF_TEN[1], "disputed": True}),
        ),
        Case(
            "the childcare is open",
            date(2027, 2, 12),
            0,
            _course(*_TWO_OF_TEN, value(3, "childcare", "open", "2027-01-20")),
        ),
        Case("nobody applied for the fare", date(2027, 2, 12), 0, _course(*_TWO_OF_TEN, *_ON_BENEFITS)),
        Case(
            "the fare is not needed",
            date(2027, 2, 12),
            1,
            _course(*_TWO_OF_TEN, *_ON_BENEFITS, value(7, "travel_grant", "not_needed", "2027-02-01")),
        ),
        Case(
            "no consent to attendance data",
            date(2027, 2, 12),
            0,
            _course(*_TWO_OF_TEN, consents=_CONSENTS[:1]),
        ),
        Case("no consent to casework", date(2027, 2, 12), 0, _course(*_TWO_OF_TEN, consents=_CONSENTS[1:])),
    ),
)
