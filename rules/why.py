"""Why a rule spoke on a day, or what held it back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from domain.calendar import Calendar
from domain.facts import CaseFacts
from domain.gate import gate
from rules.book import Book
from rules.compiled import CAUSE, Comparison
from rules.judge import weigh
from rules.ladder import Memory, Weighed, acting, may_speak
from rules.plain import all_hold, holds
from rules.subjects import CLOCKS, FIELDS, AnyFacts
from rules.words import pick_of

State = Literal["spoke", "no_cause", "held_back", "not_reached", "waits_for_distance", "done"]


@dataclass(frozen=True, slots=True)
class Lacking:
    """A comparison that failed: the field, what was asked, what was found, in which unit."""

    field: str
    op: str
    bound: int
    found: int
    unit: str


@dataclass(frozen=True, slots=True)
class Reason:
    """What became of one subject on the day: the stage in question, and what it lacked."""

    subject: str
    episode: date
    stage: int
    state: State
    lacking: tuple[Lacking, ...] = ()
    shut_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """The answer for one rule and day."""

    rule: str
    on: date
    spoke: bool
    in_force: bool
    closed: bool
    reasons: tuple[Reason, ...]

    def as_json(self) -> dict[str, Any]:
        """The answer of `pakt rules why --json`."""
        return {
            "rule": self.rule,
            "on": self.on.isoformat(),
            "spoke": self.spoke,
            "in_force": self.in_force,
            "closed": self.closed,
            "reasons": [_reason_json(reason) for reason in self.reasons],
        }


def why(facts: AnyFacts, rule_id: str, on: date, *, calendar: Calendar, book: Book) -> Why:
    """Whether the rule spoke on the day, and for each of its subjects what led to it or held it back."""
    rule = book.rule(rule_id, on)
    memory = Memory(s for s in facts.spoken if s.on < on)
    weighed = [
        entry
        for entry in weigh(facts, on, memory, calendar=calendar, book=book)
        if entry.compiled.rule.id == rule_id
    ]
    said = {(s.subject, s.episode): s.stage for s in facts.spoken if s.rule == rule_id and s.on == on}
    reasons = tuple(_reasons(facts, on, weighed, memory, said))
    return Why(
        rule=rule_id,
        on=on,
        spoke=any(reason.state == "spoke" for reason in reasons) or bool(said),
        in_force=rule.in_force(on),
        closed=isinstance(facts, CaseFacts) and facts.closed_on is not None and facts.closed_on <= on,
        reasons=reasons,
    )


def _reasons(
    facts: AnyFacts, on: date, weighed: Sequence[Weighed], memory: Memory, said: dict[tuple[str, date], int]
) -> Iterator[Reason]:
    held = holds([(entry.compiled, entry.values) for entry in weighed])
    speaks = {entry.episode: stage for entry, stage in acting(weighed, held, memory, on)}
    for position, entry in enumerate(weighed):
        subject = entry.subject
        stage = said.get((subject.id, subject.episode)) or speaks.get(entry.episode)
        if stage is not None:
            yield Reason(subject.id, subject.episode, stage, "spoke")
        else:
            yield _held_back(facts, on, entry, memory, alive=(position, CAUSE) in held)


def _held_back(facts: AnyFacts, on: date, entry: Weighed, memory: Memory, *, alive: bool) -> Reason:
    subject, rows = entry.subject, entry.compiled.rows
    spoken = memory.stages(entry.episode)
    stage = next(iter(may_speak(entry.compiled.rule, spoken)), 0)
    if not alive:
        return _reason(entry, stage, "no_cause", rows[CAUSE])
    if stage == 0:
        return Reason(subject.id, subject.episode, max(spoken), "done")
    held, mark = entry.compiled.held_back(stage), entry.compiled.marks[stage]
    if not all_hold(held, entry.values):
        return _reason(entry, stage, "held_back", held, _shut_by(facts, on, entry))
    if mark is not None and not all_hold((mark,), entry.values):
        return _reason(entry, stage, "not_reached", (mark,))
    return Reason(subject.id, subject.episode, stage, "waits_for_distance", _distance(entry, stage, memory))


def _shut_by(facts: AnyFacts, on: date, entry: Weighed) -> tuple[str, ...]:
    """What shuts the gate, where the rule passes it at all."""
    if not entry.compiled.gated or not isinstance(facts, CaseFacts):
        return ()
    return gate(facts, entry.compiled.ask, entry.subject.id, on).shut_by


def _reason(
    entry: Weighed, stage: int, state: State, row: Sequence[Comparison], shut_by: tuple[str, ...] = ()
) -> Reason:
    kind = FIELDS[entry.subject.kind]
    lacking = tuple(
        Lacking(field, op, bound, entry.values[field], kind[field].unit)
        for field, op, bound in row
        if not all_hold(((field, op, bound),), entry.values)
    )
    return Reason(entry.subject.id, entry.subject.episode, stage, state, lacking, shut_by)


def _distance(entry: Weighed, stage: int, memory: Memory) -> tuple[Lacking, ...]:
    """How far the day is from the stage before, on the rule's own clock."""
    before = memory.stages(entry.episode).get(stage - 1)
    bound = entry.compiled.distances[stage - 1]
    found = entry.subject.clock(before) if before is not None else 0
    return (Lacking("since_last_stage", ">=", bound, found, CLOCKS[entry.subject.kind]),)


def _reason_json(reason: Reason) -> dict[str, Any]:
    return {
        "subject": reason.subject,
        "episode": reason.episode.isoformat(),
        "stage": reason.stage,
        "state": reason.state,
        "lacking": [
            {"field": x.field, "op": x.op, "bound": x.bound, "found": x.found, "unit": x.unit}
            for x in reason.lacking
        ],
        "shut_by": list(reason.shut_by),
    }


SHUT = {
    "closed": ("die Begleitung ist beendet", "the journey has ended"),
    "no_consent": ("die Einwilligung fehlt", "consent is missing"),
    "paused": ("eine Pause läuft", "a pause is running"),
    "twin_open": (
        "die Stelle hat ihren eigenen Teil noch nicht getan",
        "the office has not done its part yet",
    ),
    "excuse_open": ("ein genannter Grund ist noch nicht entschieden", "a reason that was given is undecided"),
    "disputed": ("eine Angabe ist strittig", "a fact is disputed"),
    "term_over": ("die Laufzeit ist vorbei", "the term is over"),
    "asylum_rejected": ("der Asylantrag ist endgültig abgelehnt", "asylum is finally rejected"),
}
STATES = {
    "spoke": ("Stufe {stage} hat gesprochen", "stage {stage} spoke"),
    "no_cause": ("es gibt keinen Anlass", "there is no cause"),
    "held_back": ("zurückgehalten", "held back"),
    "not_reached": ("Stufe {stage} ist noch nicht erreicht", "stage {stage} has not been reached"),
    "waits_for_distance": (
        "Stufe {stage} wartet auf den Abstand zur Stufe davor",
        "stage {stage} waits for its distance from the one before",
    ),
    "done": ("alle Stufen haben gesprochen", "every stage has spoken"),
}


def sentences(answer: Why, language: str) -> tuple[str, ...]:
    """The answer as one line for each subject, in German or English."""
    pick = pick_of(language)
    if answer.closed:
        return (SHUT["closed"][pick],)
    if not answer.in_force:
        return (("die Regel gilt an diesem Tag nicht", "the rule is not in force on this day")[pick],)
    if not answer.reasons:
        return (("es gibt keinen Anlass", "there is no cause")[pick],)
    return tuple(_sentence(reason, pick) for reason in answer.reasons)


def _sentence(reason: Reason, pick: int) -> str:
    state = STATES[reason.state][pick].format(stage=reason.stage)
    shut = [SHUT[code][pick] for code in reason.shut_by]
    found = [f"{x.field} = {x.found} {x.unit} ({x.op} {x.bound})" for x in reason.lacking]
    because = ", ".join((*shut, *found))
    return f"{reason.subject}: {state}" + (f" – {because}" if because else "")
