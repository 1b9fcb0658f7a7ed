"""The texts as data: loaded once, checked while loading, each with the hash of all that it can say."""

import hashlib
import json
from functools import cache
from importlib import resources
from string import Formatter
from typing import Any, TypeVar

import yaml
from pydantic import Field, ValidationError, field_validator

from domain.errors import InvalidInput, Permanent
from domain.ids import Code, RuleId
from domain.model import Handed
from notices.texts.wording import forbidden_words, guarded

FALLBACK = "de"
PLACEHOLDERS = frozenset({"what", "day", "time", "by", "end", "place", "contact"})
_Sentence = Field(min_length=1, max_length=600)
Model = TypeVar("Model", bound=Handed)


class Occasion(Handed):
    """The stage of a rule that a text speaks for."""

    rule: RuleId
    stage: int = Field(ge=1)

    @property
    def code(self) -> str:
        """The occasion as a text code: `mit_08_2`."""
        return f"{self.rule.lower().replace('-', '_')}_{self.stage}"


class Template(Handed):
    """One text in one language: what is asked, by when, where, who helps, what to bring, what if nothing."""

    code: Code
    language: str
    speaks_for: tuple[Occasion, ...] = ()
    subject: str = Field(min_length=1, max_length=70, pattern=r"^[^{}\n]+$")
    asks: tuple[str, ...] = Field(min_length=1)
    when: str = _Sentence
    where: str = _Sentence
    helper: str = _Sentence
    bring: str = _Sentence
    if_nothing: str = _Sentence

    @field_validator("speaks_for", mode="before")
    @classmethod
    def _one_or_several(cls, written: Any) -> Any:
        """A single occasion may stand without a list."""
        return [written] if isinstance(written, dict) else written

    def sentences(self) -> tuple[str, ...]:
        """Everything that a reader sees of it."""
        return (self.subject, *self.asks, self.when, self.where, self.helper, self.bring, self.if_nothing)

    def placeholders(self) -> frozenset[str]:
        """The values that it needs."""
        parsed = (Formatter().parse(sentence) for sentence in self.sentences())
        return frozenset(name for parts in parsed for _, name, _, _ in parts if name is not None)


class Headings(Handed):
    """The headings between the sentences."""

    when: str
    where: str
    helper: str
    bring: str
    if_nothing: str
    closing: str


class Frame(Handed):
    """What all texts of a language share."""

    language: str
    greeting: str
    greeting_unnamed: str
    headings: Headings
    reach: str
    reach_phone: str
    reach_email: str
    reach_visit: str
    signed: str
    closing: str
    unnamed_contact: str
    soon: str
    until: str
    before_end: str
    at_once: str
    day: str
    time: str
    months: tuple[str, ...] = Field(min_length=12, max_length=12)
    weekdays: tuple[str, ...] = Field(min_length=7, max_length=7)
    other: str
    labels: dict[str, str]


class Library(Handed):
    """All texts of the house."""

    templates: dict[str, dict[str, Template]]
    frames: dict[str, Frame]

    def shelved(self, code: str) -> dict[str, Template]:
        """A text in all its languages, by its own code or its occasion's; empty where there is none."""
        if code in self.templates:
            return self.templates[code]
        found = (entry for entry in self.templates.values() if code in _occasions(entry[FALLBACK]))
        return next(found, {})


def _occasions(entry: Template) -> tuple[str, ...]:
    return tuple(occasion.code for occasion in entry.speaks_for)


def codes() -> tuple[str, ...]:
    """The codes of all texts, in alphabetical order."""
    return tuple(sorted(shelf().templates))


def languages(code: str) -> tuple[str, ...]:
    """The languages in which a text was checked; empty for an unknown code."""
    return tuple(sorted(shelf().shelved(code)))


def checked(code: str, language: str) -> bool:
    """True where there is a checked text in that language, be it `en` or, say, `en-GB`."""
    return spoken(language) in languages(code)


def spoken(language: str) -> str:
    """The plain language of a BCP 47 tag."""
    return language.partition("-")[0].lower()


def template(code: str, language: str) -> Template:
    """The text in that language, or in German where nothing was checked in it; an unknown code is refused."""
    shelved = shelf().shelved(code)
    if not shelved:
        raise Permanent("text_unknown", text=code)
    return shelved.get(spoken(language)) or shelved[FALLBACK]


def frame(language: str) -> Frame:
    """What all texts of that language share."""
    return shelf().frames[language]


def version(code: str, language: str) -> str:
    """The hash of everything that the text can say: its template and its frame."""
    text = template(code, language)
    content = [text.model_dump(mode="json"), frame(text.language).model_dump(mode="json")]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@cache
def shelf() -> Library:
    """The library of this build, checked; a text that breaks a promise stops the start."""
    files = sorted(resources.files(__package__).iterdir(), key=lambda file: file.name)
    found = {file.name: file.read_text(encoding="utf-8") for file in files if file.name.endswith(".yaml")}
    return build(found)


def build(files: dict[str, str]) -> Library:
    """A library from YAML texts by file name; refuses what is malformed, incomplete or forbidden."""
    frames = {
        name.split(".")[1]: _parsed(Frame, name, text)
        for name, text in files.items()
        if name.startswith("frame.")
    }
    templates: dict[str, dict[str, Template]] = {}
    for name, text in files.items():
        if not name.startswith("frame."):
            entry = _parsed(Template, name, text)
            templates.setdefault(entry.code, {})[entry.language] = entry
            _check_template(entry, name)
    _check_complete(templates, frames)
    _check_occasions(templates)
    return Library(templates=templates, frames=frames)


def _parsed(model: type[Model], name: str, text: str) -> Model:
    try:
        return model.model_validate(yaml.safe_load(text))
    except yaml.YAMLError:
        raise InvalidInput("text_malformed", field=name) from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise InvalidInput("text_malformed", field=f"{name}:{field}", reason=first["type"]) from None


def _check_template(entry: Template, name: str) -> None:
    if name != f"{entry.code}.{entry.language}.yaml":
        raise InvalidInput("text_misfiled", field=name, text=entry.code, language=entry.language)
    if unknown := entry.placeholders() - PLACEHOLDERS:
        raise InvalidInput("text_placeholder_unknown", field=name, placeholder=min(unknown))
    if not guarded(entry.language):
        raise InvalidInput("text_language_unguarded", field=name, language=entry.language)
    if words := forbidden_words("\n".join(entry.sentences()), entry.language):
        raise InvalidInput("text_forbidden_word", field=name, word=words[0])


def _check_complete(templates: dict[str, dict[str, Template]], frames: dict[str, Frame]) -> None:
    for code, shelved in sorted(templates.items()):
        missing = set(frames) - set(shelved)
        if missing or FALLBACK not in shelved:
            raise InvalidInput("text_language_missing", field=code, language=min(missing or {FALLBACK}))
        if len({(entry.placeholders(), entry.speaks_for) for entry in shelved.values()}) > 1:
            raise InvalidInput("text_languages_differ", field=code)
        if strange := set(shelved) - set(frames):
            raise InvalidInput("text_frame_missing", field=code, language=min(strange))


def _check_occasions(templates: dict[str, dict[str, Template]]) -> None:
    """Each stage has one text: of two, nobody could say which one leaves."""
    taken: dict[str, str] = {}
    for code, shelved in sorted(templates.items()):
        for occasion in _occasions(shelved[FALLBACK]):
            if occasion in taken or occasion in templates:
                raise InvalidInput("text_occasion_taken", field=code, occasion=occasion)
            taken[occasion] = code
