"""The start form: from what was typed to a registration, with a sentence for everything that is wrong."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from secrets import token_hex

from pydantic import ValidationError
from sqlmodel import Session, select

from domain.codes import LANGUAGES
from domain.errors import InvalidInput, PaktError
from domain.permissions import Actor
from store import editions, participants
from store.database import Store
from store.participants import Identity, Registration
from store.tables import ParticipantRow
from web.dates import read_day
from web.form_fields import FormErrors, Posted, first
from web.sentences import sentence
from web.towns import read_town
from web.words import Lang

FIELDS = (
    *("name", "birth_date", "language", "interpreter", "reading"),
    *("address", "phone", "email", "municipality", "t0", "substitute"),
)
LABELS: dict[str, tuple[str, str]] = {
    "name": ("Name", "Name"),
    "birth_date": ("Geburtsdatum", "Date of birth"),
    "language": ("Sprache", "Language"),
    "interpreter": ("Sprachmittlung", "Interpreter"),
    "reading": ("Lesen", "Reading"),
    "address": ("Anschrift", "Address"),
    "phone": ("Telefon", "Phone"),
    "email": ("E-Mail", "E-mail"),
    "municipality": ("Gemeinde", "Municipality"),
    "t0": ("Tag der Zuteilung", "Day of allocation"),
    "substitute": ("Vertretung", "Substitute"),
}
OLDEST_YEARS = 120
LINE_MAX = 200
_FORM_ID = re.compile(r"[0-9a-f]{32}")
_MAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]{2,}")
_PHONE = re.compile(r"\+?[0-9 /().-]{5,30}")


def fresh_form_id() -> str:
    """An id that makes sending the same form twice harmless."""
    return token_hex(16)


def is_form_id(text: str) -> bool:
    """True for an id that `fresh_form_id` could have given."""
    return _FORM_ID.fullmatch(text) is not None


def journey_of_form(session: Session, form_id: str) -> str | None:
    """The journey that this form has started already, or None."""
    return session.exec(
        select(ParticipantRow.journey_id).where(ParticipantRow.form_id == form_id)
    ).one_or_none()


def expect_same_person(store: Store, before: str | None, registration: Registration) -> None:
    """A form that has started a journey starts no other: what was changed since needs a form of its own.

    Raises:
        InvalidInput: `form_used`, if the form now names somebody else.
    """
    if before is not None and participants.identity(store, before) != registration.identity:
        raise InvalidInput("form_used", field="form_id")


def read_registration(posted: Posted, actor: Actor, today: date) -> Registration:
    """The registration that a form asks for.

    Raises:
        FormErrors: with every field that is missing or wrong.
    """
    read: dict[str, object] = {}
    errors: dict[str, InvalidInput] = {}
    for name, reader in _READERS.items():
        try:
            read[name] = reader(posted, name)
        except InvalidInput as wrong:
            errors[name] = wrong
    _check_days(read, errors, today)
    _check_reachable(posted, errors)
    if not is_form_id(first(posted, "form_id")):
        errors["form_id"] = InvalidInput("form_id_bad", field="form_id")
    if errors:
        raise FormErrors(errors)
    return _registration(posted, read, actor)


def _registration(posted: Posted, read: Mapping[str, object], actor: Actor) -> Registration:
    programme, _ = editions.newest_programme()
    try:
        identity = Identity.model_validate(
            {name: read[name] for name in ("name", "birth_date", "email", "phone", "address")}
        )
        return Registration.model_validate(
            {
                "form_id": first(posted, "form_id"),
                "actor": actor.id,
                "role": str(actor.role),
                "office": actor.office,
                "case_worker": actor.id,
                "substitute": read["substitute"],
                "programme": programme.id,
                "term_months": programme.term_months,
                "ags": read["municipality"],
                "identity": identity,
                **{name: read[name] for name in ("t0", "language", "interpreter", "reading")},
            }
        )
    except ValidationError as wrong:
        field = str(wrong.errors(include_input=False)[0]["loc"][0])
        raise FormErrors({field: InvalidInput("not_in_list", field=field)}) from None


def _text(posted: Posted, name: str) -> str:
    text = first(posted, name)
    if not text:
        raise InvalidInput("required", field=name)
    return _line(text, name)


def _line(text: str, name: str) -> str:
    if len(text) > LINE_MAX or not text.isprintable():
        raise InvalidInput("too_long", field=name, max=str(LINE_MAX))
    return text


def _optional(posted: Posted, name: str) -> str | None:
    text = first(posted, name)
    return _line(text, name) if text else None


def _mail(posted: Posted, name: str) -> str | None:
    text = _optional(posted, name)
    if text is not None and not _MAIL.fullmatch(text):
        raise InvalidInput("not_an_email", field=name)
    return text


def _phone(posted: Posted, name: str) -> str | None:
    text = _optional(posted, name)
    if text is not None and not _PHONE.fullmatch(text):
        raise InvalidInput("not_a_phone", field=name)
    return text


def _day(posted: Posted, name: str) -> date:
    return read_day(_text(posted, name), name)


def _one_of(*allowed: str) -> Callable[[Posted, str], str]:
    def reader(posted: Posted, name: str) -> str:
        text = _text(posted, name)
        if text not in allowed:
            raise InvalidInput("not_in_list", field=name)
        return text

    return reader


def read_municipality(posted: Posted, name: str) -> str:
    """The AGS that was typed."""
    return read_town(_text(posted, name), name)


_READERS: dict[str, Callable[[Posted, str], object]] = {
    "name": _text,
    "birth_date": _day,
    "language": _one_of(*LANGUAGES),
    "interpreter": _one_of("needed", "not_needed"),
    "reading": _one_of("reads", "does_not_read"),
    "address": _optional,
    "phone": _phone,
    "email": _mail,
    "municipality": read_municipality,
    "t0": _day,
    "substitute": _optional,
}


def _check_days(read: Mapping[str, object], errors: dict[str, InvalidInput], today: date) -> None:
    birth, t0 = read.get("birth_date"), read.get("t0")
    if isinstance(birth, date):
        if birth > today:
            errors["birth_date"] = InvalidInput("birth_in_future", field="birth_date")
        elif birth.year < today.year - OLDEST_YEARS:
            errors["birth_date"] = InvalidInput("birth_too_early", field="birth_date")
    if isinstance(t0, date):
        if t0 > today:
            errors["t0"] = InvalidInput("allocation_in_future", field="t0")
        elif isinstance(birth, date) and t0 < birth:
            errors["t0"] = InvalidInput("allocation_before_birth", field="t0")


def _check_reachable(posted: Posted, errors: dict[str, InvalidInput]) -> None:
    ways = ("address", "phone", "email")
    if not any(first(posted, way) for way in ways):
        errors["address"] = InvalidInput("contact_missing", field="address")


def sentences_of(errors: Mapping[str, PaktError], lang: Lang) -> dict[str, str]:
    """The sentence for each field, begun with the field's name so that the summary can be read alone."""
    named = {"ags": "municipality"}
    said: dict[str, str] = {}
    for field, wrong in errors.items():
        label = LABELS.get(named.get(field, field))
        text = sentence(wrong.code, wrong.params, lang)
        said[named.get(field, field)] = f"{label[lang == 'en']}: {text}" if label else text
    return said
