"""QS-04: the yearly figures reach the Regierungspräsidium by 31 January."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import Facts, office, spoke
from rules.shape import Case, Condition, Rule, Stage, number

_SOURCE = "Nr. 6.2 VwV Integrationsmanagement: bis 31. Januar; die Vorwarnung ist Arbeitsweise"
_FIRST = spoke("QS-04", "report/2026", "2027-01-31", s1="2027-01-01")
_SECOND = spoke("QS-04", "report/2026", "2027-01-31", s1="2027-01-01", s2="2027-01-17")


def _report(spoken: list[Facts] | None = None, **recorded: object) -> Facts:
    report: Facts = {"year": 2026, "due": "2027-01-31", **recorded}
    return office(reports=[report], spoken=spoken or [])


RULE = Rule(
    id="QS-04",
    version=1,
    title_de="Die Kennzahlen gehen bis 31. Januar an das Regierungspräsidium.",
    title_en="The figures go to the Regierungspräsidium by 31 January.",
    basis=("vwv_6_2",),
    since=date(2026, 1, 1),
    subject="report",
    cause=(Condition("sent", "==", 0),),
    quiet=(),
    parameters=(
        number("QS-04.first", 30, "d", "due", low=30, high=60, source=_SOURCE),
        number("QS-04.second", 14, "d", "due", low=14, high=28, source=_SOURCE),
        number("QS-04.lead", 3, "d", "due", low=3, high=10, source=_SOURCE),
    ),
    stages=(
        Stage(
            no=1,
            field="days_to_due",
            after="QS-04.first",
            op="<=",
            outcomes=((Outcome.TASK, Addressee.LEAD),),
            says_de="Tage bis zur Abgabe der Kennzahlen: {days_to_due}. Bitte die Zahlen zusammenstellen und"
            " prüfen.",
            says_en="Days until the figures are due: {days_to_due}. Please put them together and check them.",
        ),
        Stage(
            no=2,
            field="days_to_due",
            after="QS-04.second",
            op="<=",
            outcomes=((Outcome.TASK, Addressee.LEAD),),
            says_de="Tage bis zur Abgabe der Kennzahlen: {days_to_due}. Abgegeben sind sie noch nicht. Bitte"
            " klären, was noch fehlt.",
            says_en="Days until the figures are due: {days_to_due}. They have not been sent yet. Please find"
            " out what is still missing.",
        ),
        Stage(
            no=3,
            field="days_to_due",
            after="QS-04.lead",
            op="<=",
            outcomes=((Outcome.ESCALATE, Addressee.LEAD),),
            says_de="Tage bis zur Abgabe der Kennzahlen: {days_to_due}. Abgegeben sind sie noch nicht. Bitte"
            " geprüft abgeben oder beim Regierungspräsidium um Aufschub bitten.",
            says_en="Days until the figures are due: {days_to_due}. They have not been sent yet. Please send"
            " them once checked, or ask the Regierungspräsidium for more time.",
        ),
    ),
    never=("send_unchecked",),
    cases=(
        Case("31 days before", date(2026, 12, 31), 0, _report()),
        Case("30 days before, New Year's Day", date(2027, 1, 1), 1, _report()),
        Case("29 days before", date(2027, 1, 2), 1, _report()),
        Case("15 days before", date(2027, 1, 16), 0, _report(_FIRST)),
        Case("14 days before, a Sunday", date(2027, 1, 17), 2, _report(_FIRST)),
        Case("13 days before", date(2027, 1, 18), 2, _report(_FIRST)),
        Case("4 days before", date(2027, 1, 27), 0, _report(_SECOND)),
        Case("3 days before the raw day", date(2027, 1, 28), 3, _report(_SECOND)),
        Case("2 days before", date(2027, 1, 29), 3, _report(_SECOND)),
        Case("after the day it stays in force", date(2027, 2, 2), 3, _report(_SECOND)),
        Case("found late: one step at a time", date(2027, 1, 28), 1, _report()),
        Case("sent today", date(2027, 1, 1), 0, _report(sent_on="2027-01-01")),
        Case("sent tomorrow is not sent", date(2027, 1, 1), 1, _report(sent_on="2027-01-02")),
    ),
)
