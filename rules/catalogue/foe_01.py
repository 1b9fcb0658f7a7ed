"""FOE-01: every new case gets a responsible person and a substitute within three working days."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import PAUSE, Facts, person, spoke
from rules.shape import Case, Condition, Rule, Stage, number

_TASK = spoke("FOE-01", "staffing", "2027-01-04", s1="2027-01-08")
_LATE = spoke("FOE-01", "staffing", "2027-01-04", s1="2027-01-15")
_LATER = spoke("FOE-01", "staffing", "2027-01-04", s1="2027-01-18")
_LEAD = spoke("FOE-01", "staffing", "2027-01-04", s1="2027-01-08", s2="2027-01-12")
_PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2027-01-05"}]
_SOURCE = "VwV Integrationsmanagement: Beratung für alle; die Zahl der Arbeitstage ist Arbeitsweise"


def _nobody(**more: object) -> Facts:
    return person(case_worker=None, substitute=None, **more)


RULE = Rule(
    id="FOE-01",
    version=1,
    title_de="Jeder neue Fall bekommt binnen 3 Arbeitstagen eine zuständige Person und eine Vertretung.",
    title_en="Every new case gets a responsible person and a substitute within 3 working days.",
    basis=("vwv_integrationsmanagement",),
    since=date(2026, 1, 1),
    subject="staffing",
    cause=(Condition("fully_staffed", "==", 0),),
    quiet=(),
    parameters=(
        number("FOE-01.task", 3, "AT", "assignment", low=1, high=3, source=_SOURCE),
        number("FOE-01.lead", 5, "AT", "assignment", low=3, high=5, source=_SOURCE),
        number("FOE-01.head", 10, "AT", "assignment", low=6, high=10, source=_SOURCE),
    ),
    stages=(
        Stage(
            no=1,
            field="working_days_unstaffed",
            after="FOE-01.task",
            outcomes=((Outcome.TASK, Addressee.LEAD),),
            says_de="Seit {working_days_unstaffed} Arbeitstagen fehlt dem Fall die zuständige Fachkraft oder"
            " ihre Vertretung. Bitte beide benennen.",
            says_en="For {working_days_unstaffed} working days this case has lacked a case worker or a"
            " substitute. Please name both.",
        ),
        Stage(
            no=2,
            field="working_days_unstaffed",
            after="FOE-01.lead",
            outcomes=((Outcome.ESCALATE, Addressee.LEAD),),
            says_de="Seit {working_days_unstaffed} Arbeitstagen ist der Fall nicht voll besetzt, auch nach der"
            " Aufgabe. Bitte für eine Fachkraft und eine Vertretung sorgen.",
            says_en="For {working_days_unstaffed} working days this case has not been fully staffed, even"
            " after the task. Please see to a case worker and a substitute.",
        ),
        Stage(
            no=3,
            field="working_days_unstaffed",
            after="FOE-01.head",
            outcomes=((Outcome.ESCALATE, Addressee.HEAD),),
            says_de="Auch nach {working_days_unstaffed} Arbeitstagen und der Eskalation an die Teamleitung"
            " fehlt dem Fall die Fachkraft oder die Vertretung.",
            says_en="Even after {working_days_unstaffed} working days and the escalation to the team lead"
            " this case lacks a case worker or a substitute.",
        ),
    ),
    never=("choose_staff_by_nationality",),
    cases=(
        Case("the second working day, a holiday lies between", date(2027, 1, 7), 0, _nobody()),
        Case("the third working day", date(2027, 1, 8), 1, _nobody()),
        Case("the Saturday after the third working day", date(2027, 1, 9), 1, _nobody()),
        Case("only the case worker is missing", date(2027, 1, 8), 1, person(case_worker=None)),
        Case("only the substitute is missing", date(2027, 1, 8), 1, person(substitute=None)),
        Case("both are named", date(2027, 1, 8), 0, person()),
        Case("it needs no consent", date(2027, 1, 8), 1, _nobody(consents=[])),
        Case("it runs on in a pause", date(2027, 1, 8), 1, _nobody(pauses=_PAUSED)),
        Case("a Sunday adds no working day", date(2027, 1, 10), 0, _nobody(spoken=_TASK)),
        Case("the fourth working day", date(2027, 1, 11), 0, _nobody(spoken=_TASK)),
        Case("the fifth working day", date(2027, 1, 12), 2, _nobody(spoken=_TASK)),
        Case("the sixth working day", date(2027, 1, 13), 2, _nobody(spoken=_TASK)),
        Case("one working day after a late task", date(2027, 1, 18), 0, _nobody(spoken=_LATE)),
        Case("two working days after a late task", date(2027, 1, 19), 2, _nobody(spoken=_LATE)),
        Case("the head hears nothing before the lead", date(2027, 1, 19), 0, _nobody(spoken=_LATER)),
        Case("the ninth working day", date(2027, 1, 18), 0, _nobody(spoken=_LEAD)),
        Case("the tenth working day", date(2027, 1, 19), 3, _nobody(spoken=_LEAD)),
        Case("the eleventh working day", date(2027, 1, 20), 3, _nobody(spoken=_LEAD)),
        Case(
            "the second working day after somebody left",
            date(2027, 2, 3),
            0,
            person(substitute=None, assigned_on="2027-02-01", spoken=_LEAD),
        ),
        Case(
            "the third working day after somebody left, a new episode",
            date(2027, 2, 4),
            1,
            person(substitute=None, assigned_on="2027-02-01", spoken=_LEAD),
        ),
        Case(
            "without a change it counts from the opening, not from T0",
            date(2027, 1, 8),
            0,
            _nobody(opened_on="2027-01-07"),
        ),
    ),
)
