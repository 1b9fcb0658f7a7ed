"""What the fields of the talk form are called: so that a summary of what is wrong can be read alone."""

import re
from collections.abc import Mapping

from domain.errors import PaktError
from domain.facts import CommitmentFact
from web.reading import CaseFile
from web.sentences import sentence
from web.texts import translate
from web.words import Lang, word

_PLAIN = {
    "about": "Worum ging es?",
    "on": "Tag des Gesprächs",
    "appointment": "Zum vereinbarten Termin",
    "consent_by": "Wer hat geantwortet?",
    "next": "Nächster Termin",
    "next_talk": "Nächster Termin: Worum geht es?",
}
_NEW = {"side": "Wer sagt zu?", "goal": "Lebensfeld", "what": "Was genau?", "due": "Bis wann?"}
_OF_PROMISE = {"due": "Neue Frist", "reason": "Grund"}
_FACT = {"what": "Welche Angabe?", "number": "Nummer", "day": "Tag"}
_FACT_FIELD = re.compile(r"fact(\d+)_(what|number|day)")
_NEW_FIELD = re.compile(r"new(\d+)_(side|goal|what|due)")
_PROMISE_FIELD = re.compile(r"promise_([a-z]+_[0-9a-f]{32})(?:_(due|reason))?")


def talk_sentences(errors: Mapping[str, PaktError], file: CaseFile) -> dict[str, str]:
    """The sentence for each field that is wrong, begun with the field's name; one for no field stands alone."""
    lang = file.names.lang
    said: dict[str, str] = {}
    for field, wrong in errors.items():
        by = wrong.params.get("by")
        params = {**wrong.params, "by": file.names.person(by)} if by else wrong.params
        label, text = label_of(field, file), sentence(wrong.code, params, lang)
        said[field] = f"{label}: {text}" if label else text
    return said


def label_of(field: str, file: CaseFile) -> str:
    """The name of a field as it stands above it; empty for a field that the page does not show."""
    lang = file.names.lang
    if field in _PLAIN:
        return translate(_PLAIN[field], lang).rstrip("?")
    if field.startswith("consent_"):
        return word("purpose", field.removeprefix("consent_"), lang)
    if new := _NEW_FIELD.fullmatch(field):
        promise = translate("Zusage {n}", lang).format(n=int(new[1]) + 1)
        return f"{promise}, {translate(_NEW[new[2]], lang)}".rstrip("?")
    if fact := _FACT_FIELD.fullmatch(field):
        row = translate("Angabe {n}", lang).format(n=int(fact[1]) + 1)
        return f"{row}, {translate(_FACT[fact[2]], lang)}".rstrip("?")
    if about := _PROMISE_FIELD.fullmatch(field):
        return _of_promise(about[1], about[2], file)
    return ""


def _of_promise(id_: str, part: str | None, file: CaseFile) -> str:
    found = next((entry for entry in file.view.facts.commitments if entry.id == id_), None)
    what = _what(found, file) if found else ""
    more = translate(_OF_PROMISE[part], file.names.lang) if part else ""
    return ", ".join(filter(None, (what, more)))


def _what(promise: CommitmentFact, file: CaseFile) -> str:
    lang: Lang = file.names.lang
    return file.names.notes.get(f"commitment/{promise.id}") or word("goal", promise.goal, lang)
