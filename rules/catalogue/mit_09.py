"""MIT-09: three missed appointments lead to a home visit; only those count for which the office did its part."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import EXCUSE, OFFICE_OFFER, PAUSE, SECOND_OFFER, TALK, Facts, person, spoke, value
from rules.shape import Case, Condition, Rule, Stage, number


def _missed(ref: str, start: str, **more: object) -> Facts:
    fixed: Facts = {"id": ref, "talk": "other", "offered_on": "2027-01-12", "status": "missed"}
    return {**fixed, "start": start, **more}


_FIRST = _missed(OFFICE_OFFER, "2027-02-03T09:00:00+01:00")
_SECOND = _missed(SECOND_OFFER, "2027-03-03T09:00:00+01:00")
_LAST = "apt_" + "3" * 32
_THIRD = _missed(_LAST, "2027-04-07T09:00:00+02:00")
_EASTER = (
    _missed(OFFICE_OFFER, "2027-01-20T09:00:00+01:00"),
    _missed(SECOND_OFFER, "2027-02-17T09:00:00+01:00"),
    _missed(_LAST, "2027-03-24T09:00:00+01:00"),
)
_TASK = spoke("MIT-09", "no_shows", "2027-02-03", s1="2027-04-07")
_EASTER_TASK = spoke("MIT-09", "no_shows", "2027-01-20", s1="2027-03-24")
_ONE_DAY = [{"id": PAUSE, "reason": "illness", "start": "2027-04-12", "ended_on": "2027-04-12"}]
_PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2027-04-07"}]
_NEEDED = [value(1, "interpreter", "needed", "2027-01-04")]
_REASON: Facts = {
    "id": EXCUSE,
    "subject": f"appointment/{SECOND_OFFER}",
    "reason": "illness",
    "on": "2027-03-04",
}


def _all(**more: object) -> Facts:
    return person(appointments=[_FIRST, _SECOND, _THIRD], **more)


def _with_third(third: Facts, **more: object) -> Facts:
    return person(appointments=[_FIRST, _SECOND, third], **more)


def _four() -> Facts:
    fourth = _missed("apt_" + "4" * 32, "2027-04-14T09:00:00+02:00")
    return person(appointments=[_FIRST, _SECOND, _THIRD, fourth])


def _talk(day: str) -> list[Facts]:
    return [{"id": TALK, "talk": "other", "on": day}]


RULE = Rule(
    id="MIT-09",
    version=1,
    title_de="Nach drei versäumten Terminen folgt ein Hausbesuch.",
    title_en="Three missed appointments lead to a home visit.",
    basis=("integrationsplan", "vwv_integrationsmanagement"),
    since=date(2026, 1, 1),
    subject="no_shows",
    cause=(Condition("most_missed", ">=", "MIT-09.visit"),),
    quiet=(),
    twin=("FOE-02",),
    parameters=(
        number(
            "MIT-09.visit",
            3,
            "n",
            "no_shows",
            low=3,
            high=5,
            source="Integrationsplan: aufsuchende Arbeit nach drei versäumten Terminen",
        ),
        number(
            "MIT-09.window",
            90,
            "d",
            "no_shows",
            low=60,
            high=90,
            source="Arbeitsweise: innerhalb von 90 Tagen, beide Enden mitgezählt",
        ),
        number(
            "MIT-09.lead",
            10,
            "AT",
            "last_stage",
            low=10,
            high=20,
            source="Arbeitsweise: zehn Arbeitstage für den Hausbesuch",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="most_missed",
            after="MIT-09.visit",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="{most_missed} Termine haben nicht stattgefunden, obwohl die Stelle ihren Teil getan hat."
            " Bitte einen Hausbesuch anbieten und fragen, was das Kommen erschwert.",
            says_en="{most_missed} appointments did not take place although the office had done its part."
            " Please offer a home visit and ask what makes coming difficult.",
        ),
        Stage(
            no=2,
            gap="MIT-09.lead",
            outcomes=((Outcome.ESCALATE, Addressee.LEAD),),
            says_de="Nach {most_missed} versäumten Terminen ist noch kein Besuch und kein Gespräch bekannt."
            " Bitte gemeinsam überlegen, wie die Person zu erreichen ist.",
            says_en="After {most_missed} missed appointments no visit and no talk is known yet. Please think"
            " together about how to reach the person.",
        ),
    ),
    never=("end_the_case",),
    cases=(
        Case("two until now", date(2027, 4, 6), 0, _all()),
        Case("on the day of the third", date(2027, 4, 7), 1, _all()),
        Case("a day later", date(2027, 4, 8), 1, _all()),
        Case("four of them, and nothing was said yet", date(2027, 4, 14), 1, _four()),
        Case(
            "the third on the 90th day",
            date(2027, 5, 3),
            1,
            _with_third(_missed(_LAST, "2027-05-03T09:00:00+02:00")),
        ),
        Case(
            "the third on the 91st day",
            date(2027, 5, 4),
            0,
            _with_third(_missed(_LAST, "2027-05-04T09:00:00+02:00")),
        ),
        Case("nine working days after the task", date(2027, 4, 20), 0, _all(spoken=_TASK)),
        Case("ten working days after the task", date(2027, 4, 21), 2, _all(spoken=_TASK)),
        Case("eleven working days after the task", date(2027, 4, 22), 2, _all(spoken=_TASK)),
        Case(
            "nine working days over Easter",
            date(2027, 4, 8),
            0,
            person(appointments=_EASTER, spoken=_EASTER_TASK),
        ),
        Case(
            "ten working days over Easter",
            date(2027, 4, 9),
            2,
            person(appointments=_EASTER, spoken=_EASTER_TASK),
        ),
        Case("a reason is open", date(2027, 4, 7), 0, _all(excuses=[_REASON])),
        Case(
            "a reason was accepted",
            date(2027, 4, 7),
            0,
            _all(excuses=[{**_REASON, "decided_on": "2027-03-05", "accepted": True}]),
        ),
        Case(
            "a reason was rejected",
            date(2027, 4, 7),
            1,
            _all(excuses=[{**_REASON, "decided_on": "2027-03-05", "accepted": False}]),
        ),
        Case(
            "a reason for something else",
            date(2027, 4, 7),
            1,
            _all(excuses=[{**_REASON, "subject": "attendance"}]),
        ),
        Case(
            "a reason was accepted after the task",
            date(2027, 4, 21),
            0,
            _all(
                spoken=_TASK,
                excuses=[{**_REASON, "on": "2027-04-08", "decided_on": "2027-04-09", "accepted": True}],
            ),
        ),
        Case("a talk on the day of the first", date(2027, 4, 7), 0, _all(talks=_talk("2027-02-03"))),
        Case("a talk before the first", date(2027, 4, 7), 1, _all(talks=_talk("2027-02-02"))),
        Case("a talk since the task", date(2027, 4, 21), 0, _all(spoken=_TASK, talks=_talk("2027-04-12"))),
        Case(
            "a visit since the first",
            date(2027, 4, 7),
            0,
            _all(contacts=[{"kind": "visit", "on": "2027-02-10"}]),
        ),
        Case(
            "a call is no visit",
            date(2027, 4, 7),
            1,
            _all(contacts=[{"kind": "call", "on": "2027-02-10"}]),
        ),
        Case(
            "the third was cancelled",
            date(2027, 4, 7),
            0,
            _with_third({**_THIRD, "status": "cancelled", "cancelled_by": "participant"}),
        ),
        Case(
            "the interpreter did not come",
            date(2027, 4, 7),
            0,
            _with_third({**_THIRD, "interpreter": "failed"}, values=_NEEDED),
        ),
        Case("an interpreter was needed, and nobody saw to it", date(2027, 4, 7), 0, _all(values=_NEEDED)),
        Case(
            "the invitation was not in the person's language",
            date(2027, 4, 7),
            0,
            _with_third({**_THIRD, "invited_in_language": False}),
        ),
        Case("paused", date(2027, 4, 7), 0, _all(pauses=_PAUSED)),
        Case("a paused day does not count", date(2027, 4, 21), 0, _all(spoken=_TASK, pauses=_ONE_DAY)),
        Case("ten working days besides the pause", date(2027, 4, 22), 2, _all(spoken=_TASK, pauses=_ONE_DAY)),
        Case("no consent, no demand", date(2027, 4, 7), 0, _all(consents=[])),
    ),
)
