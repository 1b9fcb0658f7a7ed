"""Worked examples of a rule: a handful of its own cases, with what speaks in them and why not."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.calendar import Calendar
from rules.book import Book
from rules.check_cases import facts_of
from rules.judge import decide
from rules.sentences import said
from rules.shape import Case, Rule
from rules.subjects import FIELDS
from rules.why import SHUT, STATES, Lacking, Reason, Why, why
from rules.words import counted, label, several
from web.handbook.told import on, told
from web.words import Lang

SILENT_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Example:
    """One case in words: the day, what was recorded, which stage speaks, and what it says or why it is silent."""

    name: str
    day: str
    recorded: tuple[str, ...]
    stage: int
    outcome: str
    text: str


def examples(book: Book, rule_id: str, lang: Lang, *, calendar: Calendar) -> tuple[Example, ...]:
    """At least one yes and one no of the latest version; none where the book came without its cases."""
    rule = book.rule(rule_id)
    alone = replace(book, compiled=tuple(c for c in book.compiled if c.rule.id == rule_id))
    return tuple(_example(case, alone, rule, lang, calendar) for case in _chosen(rule, alone, calendar))


def _chosen(rule: Rule, book: Book, calendar: Calendar) -> Iterator[Case]:
    """For every stage its first case, and the first silent cases of different kinds, in their own order."""
    stages: set[int] = set()
    silent: set[str] = set()
    for case in rule.cases:
        if case.stage and case.stage not in stages:
            stages.add(case.stage)
            yield case
        elif not case.stage and len(silent) < SILENT_SHOWN:
            kind = _kind(_why(case, rule, book, calendar))
            if kind not in silent:
                silent.add(kind)
                yield case


def _why(case: Case, rule: Rule, book: Book, calendar: Calendar) -> Why:
    return why(facts_of(case), rule.id, case.on, calendar=calendar, book=book)


def _kind(answer: Why) -> str:
    return answer.reasons[0].state if answer.reasons else "no_cause"


def _example(case: Case, book: Book, rule: Rule, lang: Lang, calendar: Calendar) -> Example:
    facts = facts_of(case)
    made = [d for d in decide(facts, case.on, calendar=calendar, book=book).decisions if d.rule == rule.id]
    if made:
        stage, text = made[0].stage, said(made[0], lang, book=book)
    else:
        stage, text = 0, _silence(_why(case, rule, book, calendar), rule, int(lang == "en"))
    return Example(
        name=case.name if lang == "en" else "",
        day=on(case.on, lang),
        recorded=told(case.facts, lang, rule=rule.id),
        stage=stage,
        outcome=_outcome(stage, lang),
        text=text,
    )


def _outcome(stage: int, lang: Lang) -> str:
    if stage:
        return f"stage {stage} speaks" if lang == "en" else f"Stufe {stage} spricht"
    return "nothing speaks" if lang == "en" else "nichts spricht"


def _silence(answer: Why, rule: Rule, pick: int) -> str:
    if answer.closed:
        return SHUT["closed"][pick]
    if not answer.in_force:
        return ("die Regel gilt an diesem Tag nicht", "the rule is not in force on this day")[pick]
    if not answer.reasons:
        return STATES["no_cause"][pick]
    # Of several subjects the one that came nearest to speaking tells most.
    return _reason(min(answer.reasons, key=lambda reason: reason.state == "no_cause"), rule, pick)


def _reason(of: Reason, rule: Rule, pick: int) -> str:
    state = STATES[of.state][pick].format(stage=of.stage)
    shut = [SHUT[code][pick] for code in of.shut_by]
    because = [
        *shut,
        *(_lacking(one, rule, pick) for one in of.lacking if one.field != "gate_open" or not shut),
    ]
    return f"{state} – {', '.join(because)}" if because else state


def _lacking(of: Lacking, rule: Rule, pick: int) -> str:
    field = FIELDS[rule.subject].get(of.field)
    if field is None:
        named = f"{several(of.unit, pick)} {('seit der Stufe davor', 'since the stage before')[pick]}"
    else:
        named = label(field, pick)
    if of.unit == "0/1":
        return named if of.found else f"{('nicht gegeben', 'not so')[pick]}: {named}"
    found, bound = (counted(value, of.unit, pick) for value in (of.found, of.bound))
    return f"{named}: {found} ({_ASKED[of.op][pick]} {bound})"


_ASKED = {
    ">=": ("nötig:", "needed:"),
    ">": ("nötig: mehr als", "needed: more than"),
    "<=": ("nötig: höchstens", "needed: at most"),
    "==": ("nötig: genau", "needed: exactly"),
}
