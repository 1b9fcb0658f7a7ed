"""FOE-16: the case ends with a handover to the regular services."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import OFFICE_OFFER, PAUSE, TALK, person, spoke
from rules.shape import CONSENTED, Case, Condition, Rule, Stage, number

_TASK = spoke("FOE-16", "handover", "2029-01-04", s1="2028-10-04")
_EARLY = spoke("FOE-16", "handover", "2029-01-04", s1="2028-09-20")
_LATE = spoke("FOE-16", "handover", "2029-01-04", s1="2028-12-01")
_TALK = {"id": TALK, "talk": "handover", "on": "2028-09-20"}
_OFFER = {
    "id": OFFICE_OFFER,
    "talk": "handover",
    "start": "2028-09-20T09:00:00+02:00",
    "offered_on": "2028-09-01",
}
_BEFORE = [{"id": PAUSE, "reason": "care", "start": "2028-03-01", "ended_on": "2028-03-10"}]
_BETWEEN = [{"id": PAUSE, "reason": "care", "start": "2028-11-01", "ended_on": "2028-11-10"}]
_SOURCE = "VwV Integrationsmanagement: Übergang in die Regeldienste; die Marke davor ist Arbeitsweise (A-21)"

RULE = Rule(
    id="FOE-16",
    version=1,
    title_de="Der Fall endet mit einer Übergabe an die Regeldienste.",
    title_en="The case ends with a handover to regular services.",
    basis=("vwv_integrationsmanagement",),
    since=date(2026, 1, 1),
    subject="handover",
    cause=(Condition("handover_held", "==", 0),),
    quiet=(CONSENTED,),
    parameters=(
        number("FOE-16.task", 3, "M", "term_end", low=3, high=6, source=_SOURCE),
        number("FOE-16.lead", 0, "M", "term_end", low=0, high=2, source=_SOURCE),
    ),
    stages=(
        Stage(
            no=1,
            field="net_months_left",
            after="FOE-16.task",
            op="<=",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Bis zum Ende der Laufzeit bleiben {net_months_left} Monate. Bitte mit der Person ein"
            " Übergabegespräch mit den Regeldiensten verabreden.",
            says_en="{net_months_left} months remain until the term ends. Please arrange a handover talk with"
            " the person and the regular services.",
        ),
        Stage(
            no=2,
            field="net_months_left",
            after="FOE-16.lead",
            op="<=",
            outcomes=((Outcome.ESCALATE, Addressee.LEAD),),
            says_de="Bis zum Ende der Laufzeit bleiben {net_months_left} Monate, ein Übergabegespräch hat noch"
            " nicht stattgefunden. Bitte für eine Übergabe sorgen.",
            says_en="{net_months_left} months remain until the term ends and no handover talk has been held."
            " Please see to a handover.",
        ),
    ),
    never=("transfer_data_without_consent",),
    cases=(
        Case("the day before month 21", date(2028, 10, 3), 0, person()),
        Case("month 21", date(2028, 10, 4), 1, person()),
        Case("the day after month 21", date(2028, 10, 5), 1, person()),
        Case("the day before month 24", date(2029, 1, 3), 0, person(spoken=_TASK)),
        Case("an early task does not move month 24", date(2029, 1, 3), 0, person(spoken=_EARLY)),
        Case("month 24", date(2029, 1, 4), 2, person(spoken=_TASK)),
        Case("the day after month 24", date(2029, 1, 5), 2, person(spoken=_TASK)),
        Case("a day less than three months after a late task", date(2029, 2, 28), 0, person(spoken=_LATE)),
        Case("three months after a late task", date(2029, 3, 1), 2, person(spoken=_LATE)),
        Case("the talk was held", date(2028, 10, 4), 0, person(talks=[_TALK])),
        Case(
            "the talk was held as a step",
            date(2028, 10, 4),
            0,
            person(steps=[{"step": "handover", "on": "2028-09-20"}]),
        ),
        Case(
            "the appointment was kept",
            date(2028, 10, 4),
            0,
            person(appointments=[{**_OFFER, "status": "kept"}]),
        ),
        Case("an offer alone is no handover", date(2028, 10, 4), 1, person(appointments=[_OFFER])),
        Case(
            "another talk is no handover", date(2028, 10, 4), 1, person(talks=[{**_TALK, "talk": "review"}])
        ),
        Case(
            "a talk of tomorrow was not held today",
            date(2028, 10, 4),
            1,
            person(talks=[{**_TALK, "on": "2028-10-05"}]),
        ),
        Case("ten paused days do not count", date(2028, 10, 13), 0, person(pauses=_BEFORE)),
        Case("month 21 after ten paused days", date(2028, 10, 14), 1, person(pauses=_BEFORE)),
        Case(
            "ten days paused after the task",
            date(2029, 1, 13),
            0,
            person(pauses=_BETWEEN, spoken=_TASK),
        ),
        Case(
            "month 24 after ten paused days",
            date(2029, 1, 14),
            2,
            person(pauses=_BETWEEN, spoken=_TASK),
        ),
        Case("month 21 of a longer term", date(2028, 10, 4), 0, person(term_months=36)),
        Case("month 33 of a longer term", date(2029, 10, 4), 1, person(term_months=36)),
        Case("without consent", date(2028, 10, 4), 0, person(consents=[])),
    ),
)
