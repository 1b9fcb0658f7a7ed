"""MIT-04: from the fourth course day of an illness on a certificate is shown; its content stays outside."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import EXCUSE, PAUSE, Facts, person, value
from rules.shape import ATTENDANCE_ALLOWED, Case, Condition, Rule, Stage, number

_CONSENTS = [
    {"purpose": "casework", "outcome": "given", "on": "2027-01-11"},
    {"purpose": "attendance", "outcome": "given", "on": "2027-01-11"},
]
_FOUR = value(1, "course_week", "iiii---", "2027-02-01")
_EASTER = value(1, "course_week", "iiii---", "2027-03-22")
_UNBROKEN = (
    value(1, "course_week", "iic-i--", "2027-02-01"),
    value(2, "course_week", "i------", "2027-02-08"),
)
_ILL_AGAIN = value(2, "course_week", "aaiaa--", "2027-02-08")
_ONE_DAY = [{"id": PAUSE, "reason": "illness", "start": "2027-02-05", "ended_on": "2027-02-05"}]
_PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2027-02-09"}]
_REASON: Facts = {"id": EXCUSE, "subject": "attendance", "reason": "illness", "on": "2027-02-08"}
_REJECTED = {**_REASON, "decided_on": "2027-02-10", "accepted": False}


def _course(*values: Facts, **more: object) -> Facts:
    return person(**{"consents": _CONSENTS, "values": [*values], **more})


def _shown(day: str) -> Facts:
    return value(3, "certificate_shown", "yes", day)


RULE = Rule(
    id="MIT-04",
    version=1,
    title_de="Ab dem vierten Kurstag wird ein Attest vorgelegt.",
    title_en="From the fourth course day a certificate is shown.",
    basis=("bamf_fehlzeitenkatalog_2015",),
    since=date(2026, 1, 1),
    subject="spell",
    cause=(Condition("certificate_due", "==", 1),),
    quiet=(ATTENDANCE_ALLOWED,),
    twin=("FOE-10",),
    parameters=(
        number(
            "MIT-04.course_day",
            4,
            "n",
            "first_ill_day",
            low=4,
            high=4,
            source="BAMF, Fehlzeitenkatalog Integrationskurse 2015: ab dem vierten Kurstag ein Attest",
        ),
        number(
            "MIT-04.remind",
            3,
            "AT",
            "fourth_ill_day",
            low=3,
            high=10,
            source="Arbeitsweise: drei Arbeitstage, um das Attest zu bringen",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="net_working_days",
            after="MIT-04.remind",
            outcomes=((Outcome.REMIND, Addressee.PARTICIPANT), (Outcome.TASK, Addressee.CASE_WORKER)),
            says_de="Seit {net_working_days} anrechenbaren Arbeitstagen wird für die Krankheit ein Attest"
            " gebraucht. Wir erinnern freundlich und helfen, eines zu bekommen; festgehalten wird nur, dass"
            " es gezeigt wurde.",
            says_en="For {net_working_days} counted working days a certificate has been needed for the"
            " illness. We remind kindly and help to get one; only that it was shown is recorded.",
        ),
    ),
    never=("store_a_diagnosis",),
    cases=(
        Case("two working days after the fourth day", date(2027, 2, 8), 0, _course(_FOUR)),
        Case("three working days after the fourth day", date(2027, 2, 9), 1, _course(_FOUR)),
        Case("a day later", date(2027, 2, 10), 1, _course(_FOUR)),
        Case("two working days over Easter", date(2027, 3, 31), 0, _course(_EASTER)),
        Case("three working days over Easter", date(2027, 4, 1), 1, _course(_EASTER)),
        Case(
            "three ill days",
            date(2027, 3, 1),
            0,
            _course(value(1, "course_week", "iiia---", "2027-02-01")),
        ),
        Case(
            "a day in the course between them",
            date(2027, 3, 1),
            0,
            _course(value(1, "course_week", "iiaii--", "2027-02-01")),
        ),
        Case("cancelled days break nothing: two days after", date(2027, 2, 10), 0, _course(*_UNBROKEN)),
        Case("cancelled days break nothing: three days after", date(2027, 2, 11), 1, _course(*_UNBROKEN)),
        Case("shown on the first day", date(2027, 2, 9), 0, _course(_FOUR, _shown("2027-02-01"))),
        Case("shown today", date(2027, 2, 9), 0, _course(_FOUR, _shown("2027-02-09"))),
        Case("shown for something before", date(2027, 2, 9), 1, _course(_FOUR, _shown("2027-01-31"))),
        Case(
            "shown before the next illness",
            date(2027, 2, 10),
            0,
            _course(_FOUR, _ILL_AGAIN, _shown("2027-02-09")),
        ),
        Case(
            "shown for the next illness",
            date(2027, 2, 10),
            1,
            _course(_FOUR, _ILL_AGAIN, _shown("2027-02-10")),
        ),
        Case(
            "an entry that was taken back shows nothing",
            date(2027, 2, 10),
            1,
            _course(_FOUR, {**_shown("2027-02-05"), "superseded": True}),
        ),
        Case(
            "the week was put right",
            date(2027, 2, 9),
            0,
            _course(_FOUR, value(2, "course_week", "iiir---", "2027-02-01")),
        ),
        Case(
            "the childcare is open",
            date(2027, 2, 9),
            0,
            _course(_FOUR, value(2, "childcare", "open", "2027-01-20")),
        ),
        Case("an open reason", date(2027, 2, 20), 0, _course(_FOUR, excuses=[_REASON])),
        Case("a rejected reason: two days less", date(2027, 2, 10), 0, _course(_FOUR, excuses=[_REJECTED])),
        Case("and then it goes on", date(2027, 2, 11), 1, _course(_FOUR, excuses=[_REJECTED])),
        Case("paused", date(2027, 2, 9), 0, _course(_FOUR, pauses=_PAUSED)),
        Case("a paused day does not count", date(2027, 2, 9), 0, _course(_FOUR, pauses=_ONE_DAY)),
        Case("three days besides the pause", date(2027, 2, 10), 1, _course(_FOUR, pauses=_ONE_DAY)),
        Case("no consent to attendance data", date(2027, 2, 9), 0, _course(_FOUR, consents=_CONSENTS[:1])),
        Case("no consent to casework", date(2027, 2, 9), 0, _course(_FOUR, consents=_CONSENTS[1:])),
    ),
)
