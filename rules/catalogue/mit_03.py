"""MIT-03: course absence is reported on day one; two days without a reason are asked about kindly."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import EXCUSE, PAUSE, Facts, person, spoke, value
from rules.shape import ATTENDANCE_ALLOWED, Case, Condition, Rule, Stage, number

_CONSENTS = [
    {"purpose": "casework", "outcome": "given", "on": "2027-01-11"},
    {"purpose": "attendance", "outcome": "given", "on": "2027-01-11"},
]
_FIRST = value(1, "course_week", "naaaa--", "2027-02-01")
_TWO = (_FIRST, value(2, "course_week", "aanaa--", "2027-02-08"))
_FOUR = (
    *_TWO,
    value(3, "course_week", "aanaa--", "2027-02-15"),
    value(4, "course_week", "aanaa--", "2027-02-22"),
)
_IN_A_ROW = (value(1, "course_week", "nnnna--", "2027-02-01"),)
_EASTER = (value(1, "course_week", "nnnn---", "2027-03-22"),)
_SLOWLY = (
    _FIRST,
    value(2, "course_week", "naaaa--", "2027-02-22"),
    value(3, "course_week", "naaaa--", "2027-03-15"),
    value(4, "course_week", "naaaa--", "2027-04-05"),
)
_ASKED = spoke("MIT-03", "absences/2027_02_01", "2027-02-01", s1="2027-02-10")
_ASKED_SOON = spoke("MIT-03", "absences/2027_02_01", "2027-02-01", s1="2027-02-02")
_ASKED_LATE = spoke("MIT-03", "absences/2027_02_01", "2027-02-01", s1="2027-02-22")
_ASKED_EASTER = spoke("MIT-03", "absences/2027_03_22", "2027-03-22", s1="2027-03-23")
_ONE_DAY = [{"id": PAUSE, "reason": "illness", "start": "2027-02-05", "ended_on": "2027-02-05"}]
_PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2027-02-10"}]
_REASON: Facts = {"id": EXCUSE, "subject": "attendance", "reason": "family", "on": "2027-02-10"}
_ON_BENEFITS = (
    value(5, "benefit", "sgb2", "2027-01-20"),
    value(6, "course_started", "yes", "2027-02-01"),
)


def _course(*values: Facts, **more: object) -> Facts:
    return person(**{"consents": _CONSENTS, "values": [*values], **more})


def _four_in_a_row(**more: object) -> Facts:
    return _course(*_IN_A_ROW, spoken=_ASKED_SOON, **more)


RULE = Rule(
    id="MIT-03",
    version=1,
    title_de="Abwesenheit im Kurs wird am ersten Tag gemeldet.",
    title_en="Course absence is reported on day one.",
    basis=("intv_14_6", "bamf_fehlzeitenkatalog_2015"),
    since=date(2026, 1, 1),
    subject="absences",
    cause=(Condition("settled", "==", 0),),
    quiet=(ATTENDANCE_ALLOWED,),
    twin=("FOE-10", "FOE-09"),
    parameters=(
        number(
            "MIT-03.ask",
            2,
            "n",
            "days_without_reason",
            low=2,
            high=5,
            source="Arbeitsweise: freundliche Nachfrage ab zwei Kurstagen ohne Grund",
        ),
        number(
            "MIT-03.talk",
            4,
            "n",
            "days_without_reason",
            low=4,
            high=10,
            source="Arbeitsweise: Gespräch ab vier Kurstagen ohne Grund; das Gesetz nennt keine Zahl",
        ),
        number(
            "MIT-03.answer",
            5,
            "AT",
            "last_stage",
            low=5,
            high=15,
            source="Arbeitsweise: fünf Arbeitstage, um zu antworten",
        ),
        number(
            "MIT-03.window",
            28,
            "d",
            "days_without_reason",
            low=14,
            high=28,
            source="Arbeitsweise: vier Wochen, beide Enden mitgezählt",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="most_without_reason",
            after="MIT-03.ask",
            outcomes=((Outcome.REMIND, Addressee.PARTICIPANT),),
            says_de="Zu {most_without_reason} Kurstagen, die nahe beieinander liegen, kennen wir noch keinen"
            " Grund. Wir fragen freundlich nach und sagen, wie sich Abwesenheit am ersten Tag melden lässt.",
            says_en="For {most_without_reason} course days that lie close together we know no reason yet. We"
            " ask kindly and say how to report an absence on its first day.",
        ),
        Stage(
            no=2,
            field="most_without_reason",
            after="MIT-03.talk",
            gap="MIT-03.answer",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Zu {most_without_reason} Kurstagen, die nahe beieinander liegen, ist noch kein Grund"
            " bekannt. Bitte das Gespräch suchen und fragen, was die Teilnahme erschwert.",
            says_en="For {most_without_reason} course days that lie close together no reason is known yet."
            " Please seek a talk and ask what makes attending difficult.",
        ),
    ),
    never=("classify_as_unexcused",),
    cases=(
        Case("one day, the second is still to come", date(2027, 2, 9), 0, _course(*_TWO)),
        Case("the second day", date(2027, 2, 10), 1, _course(*_TWO)),
        Case("a day later", date(2027, 2, 11), 1, _course(*_TWO)),
        Case("three days, and nobody asked yet", date(2027, 2, 23), 1, _course(*_FOUR)),
        Case("three days", date(2027, 2, 23), 0, _course(*_FOUR, spoken=_ASKED)),
        Case("the fourth day", date(2027, 2, 24), 2, _course(*_FOUR, spoken=_ASKED)),
        Case("the day after the fourth", date(2027, 2, 25), 2, _course(*_FOUR, spoken=_ASKED)),
        Case("four days, asked four working days ago", date(2027, 2, 8), 0, _four_in_a_row()),
        Case("four days, asked five working days ago", date(2027, 2, 9), 2, _four_in_a_row()),
        Case("four days, asked six working days ago", date(2027, 2, 10), 2, _four_in_a_row()),
        Case(
            "four working days over Easter",
            date(2027, 3, 31),
            0,
            _course(*_EASTER, spoken=_ASKED_EASTER),
        ),
        Case("five over Easter", date(2027, 4, 1), 2, _course(*_EASTER, spoken=_ASKED_EASTER)),
        Case(
            "the 28th day, the first counted",
            date(2027, 2, 28),
            1,
            _course(_FIRST, value(2, "course_week", "aaaaa-n", "2027-02-22")),
        ),
        Case(
            "the 29th day is another matter",
            date(2027, 3, 1),
            0,
            _course(_FIRST, value(2, "course_week", "naaaa--", "2027-03-01")),
        ),
        Case(
            "four days, but never more than two in four weeks",
            date(2027, 4, 20),
            0,
            _course(*_SLOWLY, spoken=_ASKED_LATE),
        ),
        Case(
            "other letters do not count",
            date(2027, 2, 15),
            0,
            _course(_FIRST, value(2, "course_week", "ariudc-", "2027-02-08")),
        ),
        Case(
            "the week was put right",
            date(2027, 2, 11),
            0,
            _course(*_TWO, value(3, "course_week", "aaraa--", "2027-02-08")),
        ),
        Case(
            "an entry that was taken back",
            date(2027, 2, 11),
            0,
            _course(_FIRST, {**_TWO[1], "superseded": True}),
        ),
        Case(
            "a disputed week",
            date(2027, 2, 11),
            0,
            _course(_FIRST, {**_TWO[1], "disputed": True}),
        ),
        Case(
            "talked about on the last day",
            date(2027, 2, 11),
            0,
            _course(*_TWO, value(3, "absence_talk", "held", "2027-02-10")),
        ),
        Case(
            "talked about before the last day",
            date(2027, 2, 11),
            1,
            _course(*_TWO, value(3, "absence_talk", "held", "2027-02-09")),
        ),
        Case(
            "the childcare is open",
            date(2027, 2, 11),
            0,
            _course(*_TWO, value(3, "childcare", "open", "2027-01-20")),
        ),
        Case("nobody applied for the fare", date(2027, 2, 11), 0, _course(*_TWO, *_ON_BENEFITS)),
        Case(
            "the fare is applied for",
            date(2027, 2, 11),
            1,
            _course(*_TWO, *_ON_BENEFITS, value(7, "travel_grant", "applied", "2027-02-01")),
        ),
        Case("an open reason", date(2027, 2, 11), 0, _course(*_TWO, excuses=[_REASON])),
        Case("paused", date(2027, 2, 11), 0, _course(*_TWO, pauses=_PAUSED)),
        Case("a paused day does not count", date(2027, 2, 9), 0, _four_in_a_row(pauses=_ONE_DAY)),
        Case("five days besides the pause", date(2027, 2, 10), 2, _four_in_a_row(pauses=_ONE_DAY)),
        Case("no consent to attendance data", date(2027, 2, 11), 0, _course(*_TWO, consents=_CONSENTS[:1])),
        Case("no consent to casework", date(2027, 2, 11), 0, _course(*_TWO, consents=_CONSENTS[1:])),
    ),
)
