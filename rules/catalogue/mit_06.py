"""MIT-06: after a drop-out contact is made; asking how the person is comes at once and waits for nothing."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import EXCUSE, PAUSE, Facts, person, spoke, value
from rules.shape import ATTENDANCE_ALLOWED, CONSENTED, Case, Condition, Rule, Stage, number

_CONSENTS = [
    {"purpose": "casework", "outcome": "given", "on": "2027-01-11"},
    {"purpose": "attendance", "outcome": "given", "on": "2027-01-11"},
]
_TOLD = value(1, "course_dropped_out", "yes", "2027-02-03")
_PLACE = value(2, "course_place", "exists", "2027-01-20")
_CARE_OPEN = value(3, "childcare", "open", "2027-01-20")
_EASTER = value(1, "course_dropped_out", "yes", "2027-03-24")
_TASK = spoke("MIT-06", "drop_out", "2027-02-03", s1="2027-02-03")
_LATE_TASK = spoke("MIT-06", "drop_out", "2027-02-03", s1="2027-02-10")
_EASTER_TASK = spoke("MIT-06", "drop_out", "2027-03-24", s1="2027-03-24")
_PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2027-02-01"}]
_ONE_DAY = [{"id": PAUSE, "reason": "illness", "start": "2027-02-08", "ended_on": "2027-02-08"}]
_REASON: Facts = {"id": EXCUSE, "subject": "drop_out", "reason": "work", "on": "2027-02-03"}


def _course(*values: Facts, **more: object) -> Facts:
    return person(**{"consents": _CONSENTS, "values": [*values], **more})


def _contact(kind: str, day: str) -> list[Facts]:
    return [{"kind": kind, "on": day}]


def _easter() -> Facts:
    return _course(_EASTER, _PLACE, spoken=_EASTER_TASK)


RULE = Rule(
    id="MIT-06",
    version=1,
    title_de="Nach einem Kursabbruch wird binnen 2 AT Kontakt aufgenommen.",
    title_en="After a drop-out contact is made within 2 AT.",
    basis=("intv_8_3", "deufoev_9_5"),
    since=date(2026, 1, 1),
    subject="drop_out",
    cause=(Condition("heard_from", "==", 0),),
    quiet=(CONSENTED, ATTENDANCE_ALLOWED),
    twin=("FOE-08", "FOE-10"),
    parameters=(
        number(
            "MIT-06.contact",
            0,
            "AT",
            "drop_out",
            low=0,
            high=2,
            source="Arbeitsweise: sofort, damit binnen zwei Arbeitstagen Kontakt besteht",
        ),
        number(
            "MIT-06.lead",
            10,
            "AT",
            "drop_out",
            low=10,
            high=20,
            source="Arbeitsweise: zehn Arbeitstage ohne Lebenszeichen",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="working_days_since",
            after="MIT-06.contact",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Der Träger hat einen Abbruch des Kurses mitgeteilt (Arbeitstage seither:"
            " {working_days_since}). Bitte binnen zwei Arbeitstagen Kontakt aufnehmen und fragen, was geholfen hätte.",
            says_en="The provider reported that the course was broken off (working days since then:"
            " {working_days_since}). Please make contact within two working days and ask what would have helped.",
        ),
        Stage(
            no=2,
            field="net_working_days",
            after="MIT-06.lead",
            outcomes=((Outcome.ESCALATE, Addressee.LEAD),),
            says_de="Seit {net_working_days} anrechenbaren Arbeitstagen nach dem Abbruch des Kurses ist kein"
            " Lebenszeichen bekannt. Bitte gemeinsam einen anderen Weg zur Person suchen.",
            says_en="For {net_working_days} counted working days since the course was broken off no sign of"
            " life is known. Please look together for another way to reach the person.",
        ),
    ),
    never=("pass_it_on",),
    cases=(
        Case("the provider has not told yet", date(2027, 2, 2), 0, _course(_TOLD)),
        Case("on the day itself", date(2027, 2, 3), 1, _course(_TOLD)),
        Case("the day after", date(2027, 2, 4), 1, _course(_TOLD)),
        Case(
            "on a Saturday",
            date(2027, 2, 6),
            1,
            _course(value(1, "course_dropped_out", "yes", "2027-02-06")),
        ),
        Case("nine working days", date(2027, 2, 16), 0, _course(_TOLD, _PLACE, spoken=_TASK)),
        Case("ten working days", date(2027, 2, 17), 2, _course(_TOLD, _PLACE, spoken=_TASK)),
        Case("eleven working days", date(2027, 2, 18), 2, _course(_TOLD, _PLACE, spoken=_TASK)),
        Case("nine working days over Easter", date(2027, 4, 8), 0, _easter()),
        Case("ten working days over Easter", date(2027, 4, 9), 2, _easter()),
        Case("nine after a late task", date(2027, 2, 23), 0, _course(_TOLD, _PLACE, spoken=_LATE_TASK)),
        Case("ten after a late task", date(2027, 2, 24), 2, _course(_TOLD, _PLACE, spoken=_LATE_TASK)),
        Case("help comes first, however late", date(2027, 3, 1), 1, _course(_TOLD, _PLACE)),
        Case(
            "a call on that day", date(2027, 2, 4), 0, _course(_TOLD, contacts=_contact("call", "2027-02-03"))
        ),
        Case("a call before", date(2027, 2, 4), 1, _course(_TOLD, contacts=_contact("call", "2027-02-02"))),
        Case(
            "an attempt of the office is no sign of life",
            date(2027, 2, 4),
            1,
            _course(_TOLD, contacts=_contact("attempt", "2027-02-03")),
        ),
        Case(
            "a visit since the task",
            date(2027, 2, 17),
            0,
            _course(_TOLD, _PLACE, spoken=_TASK, contacts=_contact("visit", "2027-02-08")),
        ),
        Case(
            "back in the course",
            date(2027, 2, 5),
            0,
            _course(_TOLD, value(4, "course_dropped_out", "no", "2027-02-05")),
        ),
        Case("no place: help speaks", date(2027, 2, 3), 1, _course(_TOLD)),
        Case("no place: nobody is escalated", date(2027, 2, 17), 0, _course(_TOLD, spoken=_TASK)),
        Case("open care: help speaks", date(2027, 2, 3), 1, _course(_TOLD, _PLACE, _CARE_OPEN)),
        Case(
            "open care: nobody is escalated",
            date(2027, 2, 17),
            0,
            _course(_TOLD, _PLACE, _CARE_OPEN, spoken=_TASK),
        ),
        Case("an open reason: help speaks", date(2027, 2, 3), 1, _course(_TOLD, _PLACE, excuses=[_REASON])),
        Case(
            "an open reason: nobody is escalated",
            date(2027, 2, 17),
            0,
            _course(_TOLD, _PLACE, spoken=_TASK, excuses=[_REASON]),
        ),
        Case("in a pause help speaks", date(2027, 2, 3), 1, _course(_TOLD, _PLACE, pauses=_PAUSED)),
        Case(
            "in a pause nobody is escalated",
            date(2027, 2, 17),
            0,
            _course(_TOLD, _PLACE, spoken=_TASK, pauses=_PAUSED),
        ),
        Case(
            "a paused day does not count",
            date(2027, 2, 17),
            0,
            _course(_TOLD, _PLACE, spoken=_TASK, pauses=_ONE_DAY),
        ),
        Case(
            "ten working days besides the pause",
            date(2027, 2, 18),
            2,
            _course(_TOLD, _PLACE, spoken=_TASK, pauses=_ONE_DAY),
        ),
        Case("no consent to attendance data", date(2027, 2, 3), 0, _course(_TOLD, consents=_CONSENTS[:1])),
        Case("no consent to casework", date(2027, 2, 3), 0, _course(_TOLD, consents=_CONSENTS[1:])),
    ),
)
