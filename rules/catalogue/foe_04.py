"""FOE-04: the integration plan exists after three months at the latest."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import PAUSE, person, spoke
from rules.shape import CONSENTED, Case, Condition, Rule, Stage, number

_TASK = spoke("FOE-04", "plan", "2027-01-04", s1="2027-03-15")
_LEAD = spoke("FOE-04", "plan", "2027-01-04", s1="2027-03-15", s2="2027-03-29")
_LATE = spoke("FOE-04", "plan", "2027-01-04", s1="2027-04-10")
_AGREED = [{"step": "integration_plan", "on": "2027-03-12"}]
_WEEK = [{"id": PAUSE, "reason": "illness", "start": "2027-02-01", "ended_on": "2027-02-07"}]

RULE = Rule(
    id="FOE-04",
    version=1,
    title_de="Der Integrationsplan liegt spätestens nach drei Monaten vor.",
    title_en="The integration plan exists after three months at the latest.",
    basis=("vwv_integrationsmanagement",),
    since=date(2026, 1, 1),
    subject="plan",
    cause=(Condition("plan_agreed", "==", 0),),
    quiet=(CONSENTED,),
    parameters=(
        number(
            "FOE-04.task", 10, "W", "t0", low=6, high=10, source="Arbeitsweise: zwei Wochen vor der Marke"
        ),
        number(
            "FOE-04.lead",
            12,
            "W",
            "t0",
            low=8,
            high=12,
            source="VwV Integrationsmanagement: Plan spätestens nach drei Monaten (84 Tage, A-22)",
        ),
        number(
            "FOE-04.head", 14, "W", "t0", low=9, high=16, source="Arbeitsweise: zwei Wochen nach der Marke"
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="net_days_since_t0",
            after="FOE-04.task",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Seit der Zuweisung sind {net_days_since_t0} Tage vergangen, der Integrationsplan fehlt"
            " noch. Bitte einen Termin dafür anbieten.",
            says_en="{net_days_since_t0} days have passed since the allocation and there is no integration"
            " plan yet. Please offer an appointment for it.",
        ),
        Stage(
            no=2,
            field="net_days_since_t0",
            after="FOE-04.lead",
            outcomes=((Outcome.ESCALATE, Addressee.LEAD),),
            says_de="Nach {net_days_since_t0} Tagen gibt es noch keinen Integrationsplan; die Stelle"
            " schuldet ihn spätestens nach drei Monaten.",
            says_en="After {net_days_since_t0} days there is no integration plan; the office owes it after"
            " three months at the latest.",
        ),
        Stage(
            no=3,
            field="net_days_since_t0",
            after="FOE-04.head",
            outcomes=((Outcome.ESCALATE, Addressee.HEAD),),
            says_de="Nach {net_days_since_t0} Tagen und einer Eskalation an die Teamleitung fehlt der"
            " Integrationsplan weiterhin.",
            says_en="After {net_days_since_t0} days and an escalation to the team lead the integration plan"
            " is still missing.",
        ),
    ),
    never=("create_plan",),
    cases=(
        Case("the day before week 10", date(2027, 3, 14), 0, person()),
        Case("week 10", date(2027, 3, 15), 1, person()),
        Case("the day after week 10", date(2027, 3, 16), 1, person()),
        Case("the plan is agreed", date(2027, 3, 15), 0, person(steps=_AGREED)),
        Case("without consent the rule is silent", date(2027, 3, 15), 0, person(consents=[])),
        Case("the day before week 12", date(2027, 3, 28), 0, person(spoken=_TASK)),
        Case("week 12", date(2027, 3, 29), 2, person(spoken=_TASK)),
        Case("the day after week 12", date(2027, 3, 30), 2, person(spoken=_TASK)),
        Case("the day before week 14", date(2027, 4, 11), 0, person(spoken=_LEAD)),
        Case("week 14", date(2027, 4, 12), 3, person(spoken=_LEAD)),
        Case("the day after week 14", date(2027, 4, 13), 3, person(spoken=_LEAD)),
        Case("found late, the task comes first", date(2027, 4, 10), 1, person()),
        Case("thirteen days after a late task", date(2027, 4, 23), 0, person(spoken=_LATE)),
        Case("fourteen days after a late task", date(2027, 4, 24), 2, person(spoken=_LATE)),
        Case("seven paused days do not count", date(2027, 3, 21), 0, person(pauses=_WEEK)),
        Case("week 10 after seven paused days", date(2027, 3, 22), 1, person(pauses=_WEEK)),
    ),
)
