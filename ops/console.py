"""What a person at a terminal reads: German, or English with `PAKT_LANGUAGE=en`."""

import json
import os
import sys
from collections.abc import Mapping
from typing import Literal, TextIO

from domain.errors import PaktError
from ops import calendar_sentences, guard_sentences, programme_sentences
from ops.rule_sentences import SENTENCES as OF_THE_RULES
from ops.sentences import PROBLEMS, REMEDIES, SENTENCES

Language = Literal["de", "en"]
_ROOMS = (
    SENTENCES,
    OF_THE_RULES,
    programme_sentences.SENTENCES,
    calendar_sentences.SENTENCES,
    guard_sentences.SENTENCES,
)
_PROBLEMS = {**PROBLEMS, **calendar_sentences.PROBLEMS, **programme_sentences.PROBLEMS}
_REMEDIES = (*REMEDIES, *calendar_sentences.REMEDIES, *programme_sentences.REMEDIES)


def language() -> Language:
    """The language of the terminal."""
    return "en" if os.environ.get("PAKT_LANGUAGE", "de").lower().startswith("en") else "de"


def say(german: str, english: str, *, to: TextIO | None = None) -> None:
    """Print a line in the language of the terminal, at once."""
    stream = to or sys.stdout
    stream.write((english if language() == "en" else german) + "\n")
    stream.flush()


def print_json(document: object) -> None:
    """Put one JSON document on stdout."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n")


def refuse(refused: PaktError) -> None:
    """One line on stderr: what is wrong, where, and what helps."""
    line = sentence(refused).replace("\n", " ")
    sys.stderr.write(f"pakt: {line}\n")
    sys.stderr.flush()


def sentence(refused: PaktError, lang: Language | None = None) -> str:
    """The sentence for a refusal: the shell's own, else the desk's, else code and parameters."""
    lang = lang or language()
    own = next((room[refused.code] for room in _ROOMS if refused.code in room), None)
    if own is not None:
        return own[lang == "en"].format_map(_Open(_in_words(refused.params, lang)))
    # The desk's sentences are read only when one is needed: they bring the pages' words with them.
    from web.refusals import SENTENCES as OF_THE_DESK  # noqa: PLC0415
    from web.sentences import sentence as of_the_desk  # noqa: PLC0415

    if refused.code in OF_THE_DESK:
        return of_the_desk(refused.code, refused.params, lang)
    details = "; ".join(f"{key}: {value}" for key, value in refused.params.items())
    return f"{refused.code.replace('_', ' ')}{' – ' if details else ''}{details}"


def said_in_the_shell(code: str) -> bool:
    """True if the shell has a sentence of its own for this code."""
    return any(code in room for room in _ROOMS)


def _in_words(params: Mapping[str, str], lang: Language) -> dict[str, str]:
    """The parameters, the kind of a problem in words, and German for what a remedy begins with."""
    told = dict(params)
    if (problem := _PROBLEMS.get(params.get("problem", ""))) is not None:
        told["problem"] = problem[lang == "en"]
    if lang == "de":
        told |= {name: _in_german(told[name]) for name in ("remedy", "reason") if name in told}
    return told


def _in_german(text: str) -> str:
    found = ((english, german) for english, german in _REMEDIES if text.startswith(english))
    english, german = next(found, ("", ""))
    return german + text.removeprefix(english)


class _Open(dict[str, str]):
    """Parameters of a sentence; a missing one shows as a dash."""

    def __missing__(self, key: str) -> str:
        return "–"
