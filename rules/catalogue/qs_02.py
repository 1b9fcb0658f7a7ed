"""QS-02: expired rule versions do not fire, and their owner hears of it in time."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import Facts, office, spoke
from rules.shape import Case, Condition, Rule, Stage, number

_TOLD = spoke("QS-02", "rule/foe_06", "2027-06-30", s1="2027-05-31")


def _rule(**recorded: object) -> Facts:
    return {"rule": "FOE-06", **recorded}


def _ends(*, spoken: list[Facts] | None = None, **recorded: object) -> Facts:
    return office(validities=[_rule(until="2027-06-30", **recorded)], spoken=spoken or [])


def _reread(by: str = "2027-03-31") -> Facts:
    return office(validities=[_rule(recheck_by=by)])


RULE = Rule(
    id="QS-02",
    version=1,
    title_de="Abgelaufene Regelfassungen feuern nicht.",
    title_en="Expired rule versions do not fire.",
    basis=("regelfassungen",),
    since=date(2026, 1, 1),
    subject="validity",
    cause=(),
    quiet=(),
    parameters=(
        number(
            "QS-02.end",
            30,
            "d",
            "last_day",
            low=30,
            high=90,
            source="Regel des Hauses: einen Monat vor dem letzten Tag einer Fassung",
        ),
        number(
            "QS-02.recheck",
            1,
            "d",
            "recheck_by",
            low=1,
            high=1,
            source="Regel des Hauses: am Tag nach dem Prüftag der Quelle",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="days_to_last_day",
            after="QS-02.end",
            op="<=",
            quiet=(Condition("successor_known", "==", 0),),
            outcomes=((Outcome.TASK, Addressee.RULE_OWNER),),
            says_de="Tage bis zum letzten Tag dieser Regel: {days_to_last_day}. Eine Nachfolgefassung ist"
            " nicht bekannt, nach dem letzten Tag schweigt die Regel. Bitte die Quelle lesen und"
            " entscheiden, wie es weitergeht.",
            says_en="Days to the last day of this rule: {days_to_last_day}. No version that follows is"
            " known, and after its last day the rule is silent. Please read the source and decide how to go"
            " on.",
        ),
        Stage(
            no=2,
            field="days_since_recheck",
            after="QS-02.recheck",
            alone=True,
            outcomes=((Outcome.TASK, Addressee.RULE_OWNER),),
            says_de="Die Quelle dieser Regel war wieder zu lesen, Tage seit dem Prüftag:"
            " {days_since_recheck}. Das allein hält die Regel nicht an. Bitte die Quelle prüfen und den"
            " neuen Prüftag festhalten.",
            says_en="The source of this rule was to be read again, days since then: {days_since_recheck}."
            " That alone does not stop the rule. Please check the source and record the next day of"
            " checking.",
        ),
    ),
    never=("keep_firing",),
    cases=(
        Case("31 days before the last day", date(2027, 5, 30), 0, _ends()),
        Case("30 days before the last day", date(2027, 5, 31), 1, _ends()),
        Case("29 days before the last day", date(2027, 6, 1), 1, _ends()),
        Case("told once", date(2027, 6, 1), 0, _ends(spoken=_TOLD)),
        Case("the last day", date(2027, 6, 30), 1, _ends()),
        Case("after the last day it stays in force", date(2027, 9, 1), 1, _ends()),
        Case("a version that follows is known", date(2027, 5, 31), 0, _ends(successor=True)),
        Case("the day of checking", date(2027, 3, 31), 0, _reread()),
        Case("the day after the day of checking", date(2027, 4, 1), 2, _reread()),
        Case("two days after it", date(2027, 4, 2), 2, _reread()),
        Case("the day of checking was Good Friday", date(2027, 3, 27), 2, _reread("2027-03-26")),
        Case("both, before the end", date(2027, 4, 1), 2, _ends(recheck_by="2027-03-31")),
        Case(
            "with a version that follows the source is read all the same",
            date(2027, 4, 1),
            2,
            _ends(successor=True, recheck_by="2027-03-31"),
        ),
        Case("the end comes first of two on a day", date(2027, 6, 1), 1, _ends(recheck_by="2027-03-31")),
        Case("neither an end nor a day of checking", date(2027, 6, 1), 0, office(validities=[_rule()])),
        Case("nothing is known of any rule", date(2027, 6, 1), 0, office()),
    ),
)
