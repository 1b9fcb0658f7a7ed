"""The list of running cases that an office keeps: each line becomes a case, or its refusals."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.calendar import add_months
from domain.codes import BASE_STEPS, ConsentBy, ConsentOutcome, Purpose
from domain.errors import InvalidInput
from domain.happened import KnownConsent, KnownValue
from domain.ids import Subject
from domain.list_cells import (
    Cell,
    Cells,
    Columns,
    Faults,
    Gathered,
    Municipality,
    Table,
    cells_of,
    check_birth_and_t0,
    columns_of,
    of_age,
    person_words,
)
from domain.programme import Programme, ProgrammeStep
from domain.take_over import Running

NEEDED = ("name", "birth_date", "language", "t0", "case_worker")
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("Name", "Nachname, Vorname", "Name, Vorname", "full name"),
    "birth_date": ("Geburtsdatum", "geboren am", "geb. am", "date of birth", "birth date"),
    "language": ("Sprache", "Kontaktsprache", "language"),
    "interpreter": ("Dolmetschen", "Dolmetscher nötig", "Sprachmittlung", "interpreter"),
    "reading": ("liest die Sprache", "Lesen", "liest", "reads"),
    "municipality": ("Gemeinde", "AGS", "Gemeinde/AGS", "Gemeindeschlüssel", "municipality"),
    "t0": ("Zuweisung am", "Zuteilung am", "Tag der Zuteilung", "T0", "allocated on", "day of allocation"),
    "term_months": ("Laufzeit Monate", "Laufzeit in Monaten", "Laufzeit", "term months", "term"),
    "case_worker": ("Fachkraft", "Fachkraft login", "Zuständig", "case worker"),
    "substitute": ("Vertretung", "substitute", "deputy"),
    "email": ("E-Mail", "Email", "Mail", "E-Mail-Adresse"),
    "phone": ("Telefon", "Tel", "Tel.", "Telefonnummer", "Mobil", "phone"),
    "address": ("Anschrift", "Adresse", "address"),
    "consent_on": ("Einwilligung am", "Einwilligung", "consent on", "consent"),
    "email_consent_on": ("E-Mail-Einwilligung am", "E-Mail-Einwilligung", "e-mail consent on", "email consent on"),
    "steps": ("erledigte Schritte", "Schritte erledigt", "steps done", "done steps"),
    "entitlement": ("Kursanspruch", "Kursberechtigung", "course entitlement"),
    "registered_on": ("Kurs angemeldet am", "Kursanmeldung am", "course registered on"),
    "course_on": ("Kursbeginn", "Kurs begonnen am", "course start", "course started on"),
    "course_end": ("Kursende", "Kurs beendet am", "course end", "course ended on"),
    "last_contact_on": ("letzter Kontakt am", "letzter Kontakt", "last contact on", "last contact"),
    "of_age_on": ("volljährig am", "of age on"),
    "number": ("Aktenzeichen", "eigene Nummer", "Aktenzeichen/eigene Nummer", "Fallnummer", "file number", "number"),
    "no_double": ("kein Doppel", "Doppel geprüft", "not a duplicate"),
}  # fmt: skip
# What we write into the list of refused lines: it may be sent back as it is.
OURS = frozenset({"zeile", "spalte", "was fehlt", "line", "column", "what is wrong"})
_ENTITLEMENT = {
    **dict.fromkeys(("pflicht", "verpflichtung", "verpflichtet", "duty"), "duty"),
    **dict.fromkeys(("anspruch", "claim"), "claim"),
    **dict.fromkeys(("zulassung", "zugelassen", "admission"), "admission"),
    **dict.fromkeys(("kein", "keiner", "nein", "none", "no"), "none"),
}
# What may be known of somebody who was never asked for consent: that somebody is there for them.
_BEFORE_CONSENT = frozenset({*BASE_STEPS, "assignment", "consent_talk"})
_STEP = re.compile(r"([a-z][a-z_]*|[a-z][1-9]\d?)(?:/(\d{1,2})(?:-(\d{1,2}))?)?", re.IGNORECASE)
_MOST = 60


@dataclass(frozen=True)
class Around:
    """What a list is read against."""

    municipalities: Mapping[str, Municipality]
    languages: Mapping[str, str]
    programme: Programme
    today: date
    ags: str


@dataclass(frozen=True)
class Line:
    """One line: its number, and the case that it says or what is wrong with it."""

    no: int
    case: Running | None = None
    faults: tuple[InvalidInput, ...] = field(default=())


def read_cases(table: Table, around: Around) -> tuple[Columns, tuple[Line, ...]]:
    """The columns of a list, and its lines in order.

    Raises:
        InvalidInput: the table is no list of running cases: an unknown, doubled or missing column.
    """
    columns = columns_of(table, COLUMNS, needed=NEEDED, ours=OURS)
    lines = (_line(no, cells, columns, around) for no, cells in table.rows)
    return columns, tuple(_once_each(lines))


def identity_of(case: Running) -> str:
    """What makes a line the same line in every reading: the office's own number, else the person and the day."""
    if case.number is not None:
        return f"number\x1f{case.number.casefold()}"
    return "person\x1f" + person_words(case.name, case.birth_date, case.t0)


def _line(no: int, cells: tuple[Cell, ...], columns: Columns, around: Around) -> Line:
    try:
        return Line(no, read_case(cells_of(columns, cells), around))
    except Faults as wrong:
        return Line(no, faults=tuple(wrong.by_field.values()))


def _once_each(lines: Iterable[Line]) -> Iterator[Line]:
    seen: dict[str, int] = {}
    for line in lines:
        if line.case is None:
            yield line
            continue
        case = line.case
        names = {identity_of(case), "person\x1f" + person_words(case.name, case.birth_date, case.t0)}
        before = min((seen[name] for name in names if name in seen), default=line.no)
        seen.update(dict.fromkeys(names, before))
        if before == line.no:
            yield line
        else:
            field_ = "number" if identity_of(case).startswith("number") else "name"
            yield Line(line.no, faults=(InvalidInput("line_twice", field=field_, line=str(before)),))


def read_case(cells: Cells, around: Around) -> Running:
    """The case that one line says.

    Raises:
        Faults: with one refusal for each field that is missing or wrong.
    """
    got = Gathered()
    _person(got, cells, around)
    _charge(got, cells, around)
    _history(got, cells, around)
    check_birth_and_t0(got, around.today)
    _check_age(got, around.today)
    _check_term(got, around)
    _check_consent(got)
    if not any(cells.by_field.get(way) for way in ("address", "phone", "email")):
        got.refuse(InvalidInput("contact_missing", field="address"))
    return _case(got.finish(), around)


def _person(got: Gathered, cells: Cells, around: Around) -> None:
    got.take("name", lambda: cells.needed("name"))
    got.take("birth_date", lambda: cells.needed_day("birth_date"))
    got.take("language", lambda: language(cells, around.languages))
    got.take("interpreter", lambda: cells.yes("interpreter"))
    got.take("reading", lambda: cells.yes("reading"))
    got.take("ags", lambda: cells.municipality("municipality", around.municipalities) or around.ags)
    got.take("t0", lambda: cells.needed_day("t0"))
    got.take("email", lambda: cells.mail("email"))
    got.take("phone", lambda: cells.phone("phone"))
    got.take("address", lambda: cells.text("address") or None)
    got.take("of_age_on", lambda: cells.day("of_age_on"))


def language(cells: Cells, known: Mapping[str, str]) -> str:
    """The contact language of a line, by tag or by its name in German or English."""
    said = cells.needed("language")
    found = known.get(said.casefold())
    if found is None:
        tags = ", ".join(dict.fromkeys(known.values()))
        raise InvalidInput("list_language_unknown", field="language", known=tags)
    return found


def _charge(got: Gathered, cells: Cells, around: Around) -> None:
    got.take("case_worker", lambda: cells.needed("case_worker"))
    got.take("substitute", lambda: cells.text("substitute") or None)
    got.take("number", lambda: cells.text("number") or None)
    got.take("no_double", lambda: bool(cells.yes("no_double")))
    got.take("term_months", lambda: _term(cells, around.programme))


def _term(cells: Cells, programme: Programme) -> int:
    found = cells.number("term_months")
    allowed = (programme.term_months, *programme.extensions)
    if found is not None and found not in allowed:
        raise InvalidInput("term_unknown", field="term_months", allowed=", ".join(map(str, allowed)))
    return found or programme.term_months


def _history(got: Gathered, cells: Cells, around: Around) -> None:
    today = around.today
    for name in ("consent_on", "email_consent_on", "registered_on", "course_end", "last_contact_on"):
        got.take(name, lambda name=name: cells.past_day(name, today))  # type: ignore[misc]
    got.take("course_on", lambda: cells.day("course_on"))
    got.take("entitlement", lambda: cells.one_of("entitlement", _ENTITLEMENT, "entitlement_unknown"))
    got.take("steps", lambda: steps_of(cells.text("steps"), around.programme))


def steps_of(text: str, programme: Programme) -> tuple[Subject, ...]:
    """The steps that a cell names: codes (A1, D2/1, C4/1-8) or ids, with or without commas between them."""
    found = list[Subject]()
    for word in filter(None, re.split(r"[\s,;+]+", text)):
        match = _STEP.fullmatch(word)
        steps = _named(match[1].casefold(), programme) if match else []
        if match is None or not steps:
            codes = (step.code or step.id for step in programme.steps if step.level == "journey")
            known = ", ".join(dict.fromkeys(codes))
            raise InvalidInput("step_unknown", field="steps", value=word[:40], known=known)
        found += [subject for step in steps for subject in _subjects(step, match, word)]
    return tuple(dict.fromkeys(found))


def _named(word: str, programme: Programme) -> list[ProgrammeStep]:
    steps = [step for step in programme.steps if step.level == "journey"]
    return [step for step in steps if word in (step.id, (step.code or step.id).casefold())]


def _subjects(step: ProgrammeStep, match: re.Match[str], word: str) -> list[Subject]:
    first, last = int(match[2] or 0), int(match[3] or match[2] or 0)
    many = bool(step.parts) or step.repeat is not None
    most = len(step.parts) or (step.repeat.times if step.repeat and step.repeat.times else _MOST)
    if not many and not match[2]:
        return [step.id]
    if many and 1 <= first <= last <= most:
        return [f"{step.id}/{number}" for number in range(first, last + 1)]
    code = "step_number_missing" if many and not match[2] else "step_number_wrong"
    name = step.code or step.id
    raise InvalidInput(code, field="steps", value=word, example=f"{name}/1" if many else name, most=str(most))


def _check_age(got: Gathered, today: date) -> None:
    birth, given = got.day("birth_date"), got.day("of_age_on")
    if birth is None:
        return
    turns = of_age(birth)
    if given is not None and given != turns:
        got.refuse(InvalidInput("of_age_differs", field="of_age_on", day=turns.isoformat()))
    got.read["of_age_on"] = turns if given is not None or turns > today else None


def _check_term(got: Gathered, around: Around) -> None:
    t0, months = got.day("t0"), got.read.get("term_months")
    if t0 is None or not isinstance(months, int) or t0 > around.today:
        return
    ended = add_months(t0, months)
    if ended <= around.today:
        allowed = [m for m in around.programme.extensions if add_months(t0, m) > around.today]
        code = "term_over" if allowed else "term_over_for_good"
        got.refuse(InvalidInput(code, field="t0", day=ended.isoformat(), months=", ".join(map(str, allowed))))


def _check_consent(got: Gathered) -> None:
    """Only base data may be known of somebody who was never asked (§ 67b (2) SGB X); consent follows T0."""
    t0, consent = got.day("t0"), got.day("consent_on")
    for name in ("consent_on", "email_consent_on", "last_contact_on"):
        day = got.day(name)
        if t0 is not None and day is not None and day < t0:
            got.refuse(InvalidInput("before_allocation", field=name, day=t0.isoformat()))
    if got.day("email_consent_on") is not None and not got.read.get("email", "?"):
        got.refuse(InvalidInput("email_missing", field="email"))
    if consent is not None or "consent_on" in got.faults:
        return
    steps = got.read.get("steps")
    later = isinstance(steps, tuple) and any(step.partition("/")[0] not in _BEFORE_CONSENT for step in steps)
    told = [
        name for name in ("registered_on", "course_on", "course_end", "entitlement") if got.read.get(name)
    ]
    for name in (*(("steps",) if later else ()), *told):
        got.refuse(InvalidInput("consent_not_given", field=name))


def _case(read: dict[str, object], around: Around) -> Running:
    names = ("name", "birth_date", "language", "ags", "t0", "term_months", "case_worker", "substitute")
    more = ("email", "phone", "address", "number", "of_age_on", "steps", "last_contact_on", "no_double")
    needed = read["interpreter"] if read["interpreter"] is not None else read["language"] != "de"
    return Running(
        interpreter="needed" if needed else "not_needed",
        reading="does_not_read" if read["reading"] is False else "reads",
        known=tuple(_known(read, around.today)),
        consents=tuple(_consents(read)),
        **{name: read[name] for name in (*names, *more)},  # type: ignore[arg-type]
    )


def _consents(read: dict[str, object]) -> Iterator[KnownConsent]:
    birth = read["birth_date"]
    for name, purpose in (("consent_on", Purpose.CASEWORK), ("email_consent_on", Purpose.EMAIL)):
        on = read[name]
        if isinstance(on, date) and isinstance(birth, date):
            by = ConsentBy.PARENTS if on < of_age(birth) else ConsentBy.SELF
            yield KnownConsent(purpose=purpose, outcome=ConsentOutcome.GIVEN, on=on, by=by)


def _known(read: dict[str, object], today: date) -> Iterator[KnownValue]:
    """What is known of the course; an entitlement without a day of its own is known since consent was given."""
    since = read["consent_on"]
    if read["entitlement"] and isinstance(since, date):
        yield KnownValue(code="course_entitlement", value=str(read["entitlement"]), valid_from=since)
    for name, code in (("registered_on", "course_registered"), ("course_end", "course_ended")):
        if isinstance(day := read[name], date):
            yield KnownValue(code=code, value="yes", valid_from=day)
    begins = read["course_on"]
    if isinstance(begins, date) and begins <= today:
        yield KnownValue(code="course_started", value="yes", valid_from=begins)
    elif isinstance(begins, date):
        yield KnownValue(code="course_start_announced", value=begins.isoformat(), valid_from=today)
