"""The handbook's content: everything that a person may ask about a rule, read from the book and from nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rules.book import Book
from rules.shape import (
    GATE_OPEN,
    Citation,
    Condition,
    Parameter,
    Rule,
    Side,
    Stage,
    held_back_by,
    is_help,
)
from rules.subjects import FIELDS
from rules.words import (
    ADDRESSEES,
    DUTIES,
    NEVER,
    OUTCOMES,
    SIDES,
    Pair,
    amount,
    day,
    figure,
    label,
    limits,
    pick_of,
    span,
    word,
)

_COUNTED = ("n", "%")
_COMPARED: dict[str, Pair] = {
    ">=": ("mindestens", "at least"),
    "<=": ("höchstens", "at most"),
    "==": ("genau", "exactly"),
}


@dataclass(frozen=True, slots=True)
class Law:
    """A provision: its validity, its source, and what a person has verified of it."""

    key: str
    provision: str
    validity: str
    source: str
    verified: bool
    checked: str
    recheck: str
    note: str


@dataclass(frozen=True, slots=True)
class Step:
    """A stage as a row of the table: when, counted how, what happens to whom, and whose number it is."""

    no: int
    when: str
    counted: str
    effects: tuple[tuple[str, str], ...]
    also: tuple[str, ...]
    limits: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A dated number."""

    name: str
    value: str
    validity: str
    limits: str
    source: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of the rule: from when to when, on which basis."""

    version: int
    validity: str
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One rule, in one language."""

    id: str
    side: Side
    side_said: str
    title: str
    version: int
    validity: str
    subject: str
    asked: tuple[str, ...]
    asks_person: bool
    laws: tuple[Law, ...]
    cause: tuple[str, ...]
    silent_unless: tuple[str, ...]
    steps: tuple[Step, ...]
    figures: tuple[Figure, ...]
    twins: tuple[str, ...]
    never: tuple[str, ...]
    editions: tuple[Edition, ...]
    changes: tuple[str, ...]

    @property
    def unverified(self) -> tuple[Law, ...]:
        """The provisions whose wording nobody has confirmed."""
        return tuple(law for law in self.laws if not law.verified)


def ids_of(book: Book) -> tuple[str, ...]:
    """The id of every rule of a book, once, in its order."""
    return tuple(dict.fromkeys(rule.id for rule in book.rules))


def chapters(book: Book, language: str, *, earlier: Sequence[Book] = ()) -> tuple[Chapter, ...]:
    """Every rule of a book; `earlier` are the books before it, oldest first."""
    return tuple(chapter(book, rule_id, language, earlier=earlier) for rule_id in ids_of(book))


def chapter(book: Book, rule_id: str, language: str, *, earlier: Sequence[Book] = ()) -> Chapter:
    """One rule of a book in its latest version, with all that went before."""
    rule, pick = book.rule(rule_id), pick_of(language)
    versions = [one for one in book.rules if one.id == rule_id]
    keys = dict.fromkeys(key for one in reversed(versions) for key in one.basis)
    return Chapter(
        id=rule.id,
        side=rule.side,
        side_said=SIDES[rule.side][pick],
        title=(rule.title_de, rule.title_en)[pick],
        version=rule.version,
        validity=span(rule.since, rule.until, pick),
        subject=rule.subject,
        asked=_asked(rule, pick),
        asks_person=any(GATE_OPEN in held_back_by(rule, stage) for stage in rule.stages),
        laws=tuple(law(book.citations[key], language) for key in keys),
        cause=tuple(_condition(one, rule, book, pick) for one in rule.cause),
        silent_unless=tuple(_condition(one, rule, book, pick) for one in rule.quiet),
        steps=tuple(_step(stage, rule, book, pick) for stage in rule.stages),
        figures=tuple(_figures(versions, pick)),
        twins=tuple(_twin(name, book, pick) for name in rule.twin),
        never=tuple(word(NEVER, name, pick) for name in rule.never),
        editions=tuple(_edition(one, book, pick) for one in reversed(versions)),
        changes=tuple(_changes(rule_id, [*earlier, book], pick)),
    )


def law(of: Citation, language: str) -> Law:
    """A provision in words; where nobody has verified it, it says so plainly."""
    pick = pick_of(language)
    if of.checked is None:
        checked = ("nicht geprüft", "not verified")[pick]
    else:
        checked = (f"geprüft am {day(of.checked, pick)}", f"checked on {day(of.checked, pick)}")[pick]
    by = day(of.recheck_by, pick)
    return Law(
        key=of.key,
        provision=of.provision,
        validity=span(of.since, of.until, pick),
        source=of.source,
        verified=of.checked is not None,
        checked=checked,
        recheck=(f"wieder zu lesen bis {by}", f"to be read again by {by}")[pick],
        note=(of.note_de, of.note_en)[pick],
    )


def _asked(rule: Rule, pick: int) -> tuple[str, ...]:
    whom = dict.fromkeys(who.value for stage in rule.stages for _, who in stage.outcomes)
    return tuple(word(ADDRESSEES, one, pick) for one in whom)


def _condition(of: Condition, rule: Rule, book: Book, pick: int) -> str:
    """A condition as a line: what is so, what is not, or how much there must be."""
    named = label(FIELDS[rule.subject][of.field], pick)
    bound = book.bounds[of.bound] if isinstance(of.bound, str) else of.bound
    if of.op == "==" and bound in (0, 1):
        return named if bound else f"{('nicht gegeben', 'not so')[pick]}: {named}"
    return f"{named}: {_COMPARED[of.op][pick]} {bound}"


def _step(stage: Stage, rule: Rule, book: Book, pick: int) -> Step:
    numbers = [book.parameters[name] for name in (stage.after, stage.gap) if name]
    return Step(
        no=stage.no,
        when=_when(stage, book, pick),
        counted=label(FIELDS[rule.subject][stage.field], pick) if stage.field else "",
        effects=tuple((word(OUTCOMES, o, pick), word(ADDRESSEES, a, pick)) for o, a in stage.outcomes),
        also=tuple(_also(stage, rule, book, pick)),
        limits=tuple(limits(number, pick) for number in numbers),
        sources=tuple(dict.fromkeys(number.source for number in numbers)),
    )


def _when(stage: Stage, book: Book, pick: int) -> str:
    if not stage.field:
        return _after_the_one_before(book.parameters[stage.gap], pick)
    mark = book.parameters[stage.after]
    value, unit = mark.value, mark.unit
    if stage.op == ">":
        return f"{('mehr als', 'more than')[pick]} {amount(value, unit, pick)}"
    if stage.op == "<=":
        left = amount(value, unit, pick)
        ahead = (f"höchstens {left} vorher", f"at most {left} before")[pick]
        return ahead if value else ("am Ende", "at the end")[pick]
    if unit in _COUNTED:
        return f"{('ab', 'from')[pick]} {amount(value, unit, pick)}"
    after = amount(value, unit, pick, after=True)
    return (f"nach {after}", f"after {after}")[pick] if value else ("sofort", "at once")[pick]


def _after_the_one_before(gap: Parameter, pick: int) -> str:
    after = amount(gap.value, gap.unit, pick)
    return (f"{after} nach der Stufe davor", f"{after} after the stage before")[pick]


def _also(stage: Stage, rule: Rule, book: Book, pick: int) -> Iterator[str]:
    if stage.field and stage.gap:
        gap = _after_the_one_before(book.parameters[stage.gap], pick)
        yield (f"frühestens {gap}", f"not before {gap}")[pick]
    if stage.alone and stage.no > 1:
        yield ("wartet auf keine frühere Stufe", "waits for no earlier stage")[pick]
    if rule.side == "fordern" and is_help(rule, stage):
        yield ("Hilfe: darf auch sprechen, wenn die Stelle etwas schuldet", "help: may speak at any time")[
            pick
        ]
    for condition in stage.quiet:
        only = _condition(condition, rule, book, pick)
        yield (f"nur, wenn: {only}", f"only if: {only}")[pick]


def _figures(versions: Sequence[Rule], pick: int) -> Iterator[Figure]:
    """Every number with its dates, each once, also those of versions that have ended."""
    every = dict.fromkeys(p for rule in versions for p in rule.parameters)
    for p in sorted(every, key=lambda p: (p.name, p.since)):
        yield Figure(
            p.name, amount(p.value, p.unit, pick), span(p.since, p.until, pick), limits(p, pick), p.source
        )


def _twin(name: str, book: Book, pick: int) -> str:
    found = next((rule for rule in book.rules if rule.id == name), None)
    if found is None:
        return word(DUTIES, name, pick)
    return f"{name}: {(found.title_de, found.title_en)[pick]}"


def _edition(rule: Rule, book: Book, pick: int) -> Edition:
    basis = tuple(book.citations[key].provision for key in rule.basis)
    return Edition(rule.version, span(rule.since, rule.until, pick), basis)


_FIRST: Pair = (
    "{book} (ab {day}): die Regel steht zum ersten Mal im Buch",
    "{book} (from {day}): first seen",
)
_GONE: Pair = ("{book} (ab {day}): die Regel steht nicht im Buch", "{book} (from {day}): not in the book")
_CHANGED: Pair = ("{book} (ab {day}): {name} {old} → {new}", "{book} (from {day}): {name} {old} → {new}")


def _changes(rule_id: str, books: Sequence[Book], pick: int) -> Iterator[str]:
    """In which book the rule came, and which of its numbers changed with which book."""
    there = [any(rule.id == rule_id for rule in book.rules) for book in books]
    for number, (book, found) in enumerate(zip(books, there, strict=True)):
        before = number > 0 and there[number - 1]
        if found != before:
            yield (_FIRST if found else _GONE)[pick].format(book=book.id, day=day(book.valid_from, pick))
    for old, new in pairwise(books):
        for name in sorted(old.parameters.keys() & new.parameters.keys()):
            a, b = old.parameters[name], new.parameters[name]
            if name.startswith(f"{rule_id}.") and a.value != b.value:
                yield _CHANGED[pick].format(
                    book=new.id,
                    day=day(new.valid_from, pick),
                    name=name,
                    old=figure(a.value, pick),
                    new=amount(b.value, b.unit, pick),
                )


def unverified(book: Book, language: str) -> tuple[tuple[Law, tuple[str, ...]], ...]:
    """Every provision that nobody has verified, with the rules that rest on it."""
    found = []
    for key, cited in book.citations.items():
        resting = tuple(dict.fromkeys(rule.id for rule in book.rules if key in rule.basis))
        if cited.checked is None:
            found.append((law(cited, language), resting))
    return tuple(found)
