"""A programme in words, German and English: when a step is due, whose it is, on what it depends."""

from datetime import date, timedelta
from typing import Final

from domain.codes import FACT_CODES
from domain.programme_rows import Condition, Due, Part, Programme, ProgrammeStep, Repeat, StepNotice, Wording
from web.words import Lang, word
from web.words_of_facts import ABOUT

Pair = tuple[str, str]
ACTORS: Final[dict[str, Pair]] = {
    "office": ("Fachkraft", "Case worker"),
    "participant": ("Teilnehmende Person", "Participant"),
    "both": ("Fachkraft und Person", "Case worker and person"),
    "lead": ("Teamleitung", "Lead"),
    "system": ("System", "System"),
    "provider": ("Kursträger", "Course provider"),
    "department": ("Fachdienst", "Department"),
    "data_protection": ("Datenschutz", "Data protection"),
    "jobcenter": ("Jobcenter", "Jobcenter"),
}
_UNITS: Final[dict[str, tuple[Pair, Pair]]] = {
    "d": (("Tag", "Tage"), ("day", "days")),
    "AT": (("Arbeitstag", "Arbeitstage"), ("working day", "working days")),
    "W": (("Woche", "Wochen"), ("week", "weeks")),
    "M": (("Monat", "Monate"), ("month", "months")),
}
_BEFORE_A_DAY = (" am", " bis", " vom", " on", " until", " of")
_SOME_YEAR = 2027
_MONTHS: Final[dict[Lang, tuple[str, ...]]] = {
    "de": (
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


def of(wording: Wording | None, lang: Lang) -> str:
    """The wording in the reader's language; nothing where there is none."""
    if wording is None:
        return ""
    return wording.en if lang == "en" else wording.de


def actor_said(step: ProgrammeStep, lang: Lang) -> str:
    """Whose step it is, and whose second hand it needs."""
    pick = lang == "en"
    first = ACTORS[step.actor][pick]
    return f"{first} → {ACTORS[step.second][pick]}" if step.second else first


def kind_said(step: ProgrammeStep, lang: Lang) -> str:
    """What kind of step it is: core, voluntary, chosen in the plan, or one that comes by itself."""
    pick = lang == "en"
    if step.level != "journey":
        return _LEVELS[step.level][pick]
    if step.core:
        return ("Kernschritt", "core step")[pick]
    optional = ("wenn der Plan ihn wählt", "if the plan chooses it")[pick] if step.chosen else ""
    voluntary = ("freiwillig", "voluntary")[pick] if step.voluntary else ""
    named = [one for one in (voluntary, optional) if one]
    return ", ".join(named) or ("ergänzend", "additional")[pick]


_LEVELS: Final[dict[str, Pair]] = {"aftercare": ("Nachsorge", "after-care"), "office": ("Büro", "office")}


def dates_said(step: ProgrammeStep, programme: Programme, lang: Lang) -> list[str]:
    """When the step is due: one line for each of its dates, and how it comes again."""
    lines = [_dated(step, part, programme, lang) for part in step.dates]
    if step.repeat is not None:
        lines[-1] += ", " + repeat_said(step.repeat, lang)
    return lines


def _dated(step: ProgrammeStep, part: Part, programme: Programme, lang: Lang) -> str:
    need = step.chosen and part.due.n == 0
    said = ("bei Bedarf", "on need")[lang == "en"] if need else due_said(part.due, programme, lang)
    if (part.at or step.at) == "talk":
        said += (", beim nächsten Gespräch", ", at the next talk")[lang == "en"]
    return f"{of(part.title, lang)}: {said}" if step.parts else said


def due_said(due: Due, programme: Programme, lang: Lang) -> str:
    """A date in words: `10 Arbeitstage nach der Zuweisung`."""
    kind, _, name = due.after.partition(":")
    pick = lang == "en"
    if kind == "year":
        on = date(_SOME_YEAR, 1, 1) + timedelta(days=due.n)
        day = f"{on.day}{'' if pick else '.'} {_MONTHS[lang][on.month - 1]}"
        return f"{('jedes Jahr am', 'each year on')[pick]} {day}"
    event = _event(kind, name, programme, lang)
    if due.n == 0:
        return f"{('am Tag', 'on the day')[pick]}: {event[2]}" if kind in ("step", "fact") else event[0]
    direction = ("vor", "before") if due.back else ("nach", "after")
    return f"{_length(due.n, due.unit, lang)} {direction[pick]} {event[1]}"


def _event(kind: str, name: str, programme: Programme, lang: Lang) -> tuple[str, str, str]:
    """An event as a day (`mit der Zuweisung`), after a preposition (`der Zuweisung`), and by its name."""
    pick = lang == "en"
    if kind in _EVENTS:
        return tuple(pair[pick] for pair in _EVENTS[kind])  # type: ignore[return-value]
    if kind == "step":
        step = programme.step(name)
        named = _quoted(of(step.title, lang) if step else name, lang)
    else:
        named = _quoted(_fact(name, lang), lang)
    return named, named, named


_EVENTS: Final[dict[str, tuple[Pair, Pair, Pair]]] = {
    "t0": (
        ("mit der Zuweisung", "with the allocation"),
        ("der Zuweisung", "the allocation"),
        ("Zuweisung", "allocation"),
    ),
    "term": (
        ("am Ende der Laufzeit", "at the end of the term"),
        ("dem Ende der Laufzeit", "the end of the term"),
        ("Ende der Laufzeit", "end of the term"),
    ),
    "close": (
        ("mit dem Abschluss", "with the closing"),
        ("dem Abschluss", "the closing"),
        ("Abschluss", "closing"),
    ),
}


def _quoted(text: str, lang: Lang) -> str:
    return f"“{text}”" if lang == "en" else f"„{text}“"


def _plain(label: str) -> str:
    return next((label.removesuffix(end) for end in _BEFORE_A_DAY if label.endswith(end)), label)


def _fact(code: str, lang: Lang) -> str:
    """The name of a fact, after the kind of thing of which there may be several."""
    known = FACT_CODES.get(code)
    name = _plain(word("fact", code, lang))
    return f"{ABOUT[known.about][0][lang == 'en']}: {name}" if known and known.about in ABOUT else name


def _length(n: int, unit: str, lang: Lang) -> str:
    return f"{n} {_UNITS[unit][lang == 'en'][n != 1]}"


def repeat_said(repeat: Repeat, lang: Lang) -> str:
    """How a step comes again: distance, end, season, number of times."""
    pick = lang == "en"
    every = repeat.every
    said = (
        ("dann jeden Monat", "then each month")[pick]
        if (every.n, every.unit) == (1, "M")
        else f"{('dann alle', 'then every')[pick]} {_length(every.n, every.unit, lang)}"
    )
    if repeat.times is not None:
        said += (f", {repeat.times}-mal", f", {repeat.times} times")[pick]
    if repeat.season is not None:
        first, last = (_MONTHS[lang][m - 1] for m in (repeat.season.from_month, repeat.season.to_month))
        said += (f", von {first} bis {last}", f", from {first} to {last}")[pick]
    if repeat.until != "term":
        name = repeat.until.partition(":")[2]
        said += f" {('bis', 'until')[pick]} {_quoted(_fact(name, lang), lang)}"
    return said


def exists_said(step: ProgrammeStep, lang: Lang) -> str:
    """On what it depends that the step exists, beside the plan's choice; empty where on nothing."""
    if step.when is None:
        return ""
    said = condition_said(step.when, lang)
    return f"{('oder', 'or')[lang == 'en']} {said}" if step.chosen else said


def condition_said(condition: Condition, lang: Lang) -> str:
    """A condition in words: `wenn Kursberechtigung: Verpflichtung, Anspruch`."""
    pick = lang == "en"
    named = _fact(condition.fact, lang)
    values = ", ".join(word("value", value, lang) for value in condition.value if value != "day")
    known = ("bekannt", "known")[pick]
    return f"{('wenn', 'if')[pick]} {named}: {values or known}"


def notices_said(notices: tuple[StepNotice, ...], lang: Lang) -> str:
    """The service notices before the date: `21, 7 Tage vorher an Fachkraft`."""
    pick = lang == "en"
    lines = []
    for to in dict.fromkeys(notice.to for notice in notices):
        days = [n.before.n * (7 if n.before.unit == "W" else 1) for n in notices if n.to == to]
        listed = ", ".join(map(str, days))
        who = word("addressee", to, lang)
        lines.append((f"{listed} Tage vorher: {who}", f"{listed} days before: {who}")[pick])
    return "; ".join(lines)
