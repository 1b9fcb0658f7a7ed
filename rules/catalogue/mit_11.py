"""MIT-11: whenever the office learns of a move it checks and explains the residence rule; that is help."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import PAUSE, Facts, person, spoke, value
from rules.shape import CONSENTED, Case, Condition, Rule, Stage, number

_TOLD = value(1, "move_known", "told", "2027-02-03")
_SUNDAY = value(1, "move_known", "new_municipality", "2027-02-07")
_TASK = spoke("MIT-11", "move", "2027-02-03", s1="2027-02-03")
_PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2027-02-01"}]


def _moved(*more: Facts, **recorded: object) -> Facts:
    return person(values=[_TOLD, *more], **recorded)


RULE = Rule(
    id="MIT-11",
    version=1,
    title_de="Ein Umzug wird mitgeteilt, die Wohnsitzregel erklärt.",
    title_en="A move is reported, the residence rule explained.",
    basis=("integrationsplan", "aufenthg_12a"),
    since=date(2026, 1, 1),
    subject="move",
    cause=(Condition("checked", "==", 0),),
    quiet=(CONSENTED,),
    twin=("residence_rule_explained",),
    parameters=(
        number(
            "MIT-11.task",
            0,
            "d",
            "move_known",
            low=0,
            high=3,
            source="Arbeitsweise: sobald die Stelle von einem Umzug erfährt",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="days_since_known",
            after="MIT-11.task",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Ein Umzug ist bekannt geworden (Tage seither: {days_since_known}). Bitte die Wohnsitzregel"
            " prüfen und erklären, auch ihre Ausnahmen, und nach der Einwilligung zur Übergabe fragen.",
            says_en="A move became known (days since then: {days_since_known}). Please check and explain the"
            " residence rule and its exceptions, and ask for consent to hand over.",
        ),
    ),
    never=("report_a_violation",),
    cases=(
        Case("nothing is known of a move", date(2027, 2, 2), 0, _moved()),
        Case("on the day it became known", date(2027, 2, 3), 1, _moved()),
        Case("a day later", date(2027, 2, 4), 1, _moved()),
        Case("on a Sunday", date(2027, 2, 7), 1, person(values=[_SUNDAY])),
        Case("it was told once", date(2027, 2, 4), 0, _moved(spoken=_TASK)),
        Case("checked today", date(2027, 2, 3), 0, _moved(value(2, "move_checked", "yes", "2027-02-03"))),
        Case(
            "an earlier move was checked",
            date(2027, 2, 3),
            1,
            _moved(value(2, "move_checked", "yes", "2027-02-02")),
        ),
        Case(
            "a new move after the check",
            date(2027, 3, 1),
            1,
            _moved(
                value(2, "move_checked", "yes", "2027-02-04"),
                value(3, "move_known", "returned_mail", "2027-03-01"),
                spoken=_TASK,
            ),
        ),
        Case(
            "the rule was explained before",
            date(2027, 2, 3),
            1,
            _moved(value(2, "residence_rule_explained", "yes", "2027-01-20")),
        ),
        Case("in a pause help speaks", date(2027, 2, 3), 1, _moved(pauses=_PAUSED)),
        Case("no consent", date(2027, 2, 3), 0, _moved(consents=[])),
    ),
)
