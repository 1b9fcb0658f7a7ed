"""From a text and its values to what a person reads: as plain text, as HTML, or in parts for a letter."""

from datetime import date, datetime
from functools import cache
from importlib import resources

from jinja2 import Environment, StrictUndefined, Template
from pydantic import BaseModel, ConfigDict, Field

from domain.calendar import BERLIN, berlin_day
from domain.errors import Permanent
from domain.model import Instant
from notices.texts import library
from notices.texts.library import Frame


class Values(BaseModel):
    """What is joined at the last moment. `what` is a code, `talk/first_talk`, whose words the frame has.

    `ends` is the last day of a period that somebody else set, while it is still to come.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    office: str
    name: str = Field(default="", repr=False)
    street: str = ""
    town: str = ""
    phone: str = ""
    email: str = ""
    contact: str = ""
    what: str = ""
    start: Instant | None = None
    day: date | None = None
    answer_by: date | None = None
    ends: date | None = None
    written_on: date | None = None

    @property
    def place(self) -> str:
        """Where the office is, on one line."""
        return ", ".join(part for part in (self.office, self.street, self.town) if part)


class Section(BaseModel):
    """A heading and what stands below it."""

    model_config = ConfigDict(frozen=True)

    heading: str
    body: str


class Composed(BaseModel):
    """A notice in its parts, in one language."""

    model_config = ConfigDict(frozen=True)

    language: str
    version: str
    subject: str
    greeting: str
    asks: tuple[str, ...]
    sections: tuple[Section, ...]
    signed: str
    contact: str
    office: str
    written_on: str = ""


class Rendered(BaseModel):
    """A notice as it is handed over. The subject names no person."""

    model_config = ConfigDict(frozen=True)

    subject: str
    text: str
    html: str
    language: str
    version: str


def render(code: str, language: str, values: Values) -> Rendered:
    """The notice as plain text and HTML; German where the language has no checked text."""
    parts = compose(code, language, values)
    return Rendered(
        subject=parts.subject,
        text=_plain(parts),
        html=_page().render(notice=parts),
        language=parts.language,
        version=parts.version,
    )


def compose(code: str, language: str, values: Values) -> Composed:
    """The notice in its parts; a value that the text needs and does not get is refused."""
    text = library.template(code, language)
    shared = library.frame(text.language)
    given = _given(values, shared)
    if missing := sorted(name for name in text.placeholders() if not given.get(name)):
        raise Permanent("notice_value_missing", text=code, value=missing[0])
    heads = shared.headings
    helper = f"{text.helper.format_map(given)} {_reach(values, shared)}"
    return Composed(
        language=text.language,
        version=library.version(code, text.language),
        subject=text.subject,
        greeting=_greeting(values, shared),
        asks=tuple(sentence.format_map(given) for sentence in text.asks),
        sections=(
            Section(heading=heads.when, body=text.when.format_map(given)),
            Section(heading=heads.where, body=text.where.format_map(given)),
            Section(heading=heads.helper, body=helper),
            Section(heading=heads.bring, body=text.bring.format_map(given)),
            Section(heading=heads.if_nothing, body=text.if_nothing.format_map(given)),
            Section(heading=heads.closing, body=shared.closing),
        ),
        signed=shared.signed,
        contact=values.contact,
        office=values.office,
        written_on=say_day(values.written_on, shared) if values.written_on else "",
    )


def say_day(day: date, shared: Frame) -> str:
    """A day in words: Montag, 7. Dezember 2026."""
    return shared.day.format(
        weekday=shared.weekdays[day.weekday()],
        day=day.day,
        month=shared.months[day.month - 1],
        year=day.year,
    )


def _say_time(instant: datetime, shared: Frame) -> str:
    local = instant.astimezone(BERLIN)
    return shared.time.format(hour=local.hour, minute=f"{local.minute:02d}")


def _given(values: Values, shared: Frame) -> dict[str, str]:
    day = berlin_day(values.start) if values.start else values.day
    by = values.answer_by
    return {
        "what": shared.labels.get(values.what, shared.other) if values.what else "",
        "day": say_day(day, shared) if day else "",
        "time": _say_time(values.start, shared) if values.start else "",
        "by": shared.until.format(day=say_day(by, shared)) if by else shared.soon,
        "end": _say_end(values.ends, shared),
        "place": values.place,
        "contact": values.contact or shared.unnamed_contact,
    }


def _say_end(ends: date | None, shared: Frame) -> str:
    """By when; where no day to come is known, soon: whether a right is gone is not ours to say (A-24)."""
    return shared.before_end.format(day=say_day(ends, shared)) if ends else shared.at_once


def _greeting(values: Values, shared: Frame) -> str:
    return shared.greeting.format(name=values.name) if values.name else shared.greeting_unnamed


def _reach(values: Values, shared: Frame) -> str:
    ways = [
        shared.reach_phone.format(phone=values.phone) if values.phone else "",
        shared.reach_email.format(email=values.email) if values.email else "",
    ]
    known = ", ".join(way for way in ways if way)
    if known:
        return shared.reach.format(ways=known)
    return shared.reach_visit.format(office=values.office)


def _plain(parts: Composed) -> str:
    blocks = [parts.greeting, *parts.asks]
    blocks += [f"{section.heading}\n{section.body}" for section in parts.sections]
    blocks.append("\n".join(line for line in (parts.signed, parts.contact, parts.office) if line))
    return "\n\n".join(blocks) + "\n"


@cache
def _page() -> Template:
    source = resources.files("notices").joinpath("mail.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True).from_string(source)
