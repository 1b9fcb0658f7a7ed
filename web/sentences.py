"""One sentence for every way of saying no: what is wrong, where, and what helps, in the reader's language."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from domain.calendar import BERLIN
from domain.codes import COURSE_DAY, FACT_CODES
from store import editions
from web.facts_said import course_day_said, fact_said, value_said
from web.refusals import SENTENCES
from web.words import WORDS, Lang, word

_BETWEEN = " … "
_GROUPS = {
    "goal": "goal",
    "reason": "close",
    "state": "appointment",
    "stands": "book_state",
    "decided": "approval",
    "answered": "hand_over",
    "needed": "book_state",
}


def sentence(code: str, params: Mapping[str, str], lang: Lang) -> str:
    """The sentence for a code; a code without one still says what to do."""
    code = _sharper(code, params)
    params = _completed(code, params, lang)
    if code == "stale_rev" and not (params.get("by") and params.get("at")):
        code = "stale_rev_untold"
    pair = SENTENCES.get(code)
    if pair is None:
        unknown = ("Das wurde abgelehnt ({code}). Bitte die Angaben prüfen.", "This was refused ({code}).")
        return unknown[lang == "en"].format(code=code)
    return pair[lang == "en"].format_map(_Readable(params, lang))


def _sharper(code: str, params: Mapping[str, str]) -> str:
    """The code whose sentence helps most: the journey's own refusals are fewer than what helps a person."""
    known = FACT_CODES.get(params.get("fact", ""))
    match code, params.get("field"):
        case "bad_value", "about":
            return "bad_number" if known is not None and known.about else "needless_number"
        case "bad_value", _ if _BETWEEN in params.get("allowed", ""):
            return "day_out_of_reach"
        case "bad_value", _ if known is not None and known.is_week:
            return "bad_week"
        case "already_settled", "book":
            return "book_already"
        case "consent_missing", "hand_over":
            return "hand_over_consent"
        case _:
            return code


def _completed(code: str, params: Mapping[str, str], lang: Lang) -> Mapping[str, str]:
    """What a refusal leaves out because it is the same for everybody, and lists of codes in words."""
    if code == "already_settled":
        group = "appointment" if params.get("field") == "appointment" else "settled"
        return {**params, "state": word(group, params.get("state", ""), lang)}
    complete = _COMPLETE.get(code)
    return {**params, **complete(params, lang)} if complete else params


def _known_facts(_: Mapping[str, str], lang: Lang) -> dict[str, str]:
    return {"known": ", ".join(f"{fact_said(fact, lang)} ({fact})" for fact in FACT_CODES)}


def _allowed_values(params: Mapping[str, str], lang: Lang) -> dict[str, str]:
    fact, values = params.get("fact", ""), params.get("allowed", "").split(", ")
    return {"allowed": ", ".join(_allowed(fact, value, lang) for value in values)}


def _reach(params: Mapping[str, str], _: Lang) -> dict[str, str]:
    earliest, _between, latest = params.get("allowed", "").partition(_BETWEEN)
    return {"earliest": earliest, "latest": latest}


def _letters(_: Mapping[str, str], lang: Lang) -> dict[str, str]:
    return {"letters": "; ".join(f"{letter} {course_day_said(letter, lang)}" for letter in COURSE_DAY)}


_COMPLETE: dict[str, Callable[[Mapping[str, str], Lang], dict[str, str]]] = {
    "unknown_code": _known_facts,
    "bad_value": _allowed_values,
    "bad_week": _letters,
    "day_out_of_reach": _reach,
    "bad_number": lambda params, _: {"first": params.get("allowed", "").partition(" ")[0]},
    "unknown_step": lambda params, lang: {"known": ", ".join(_steps(params.get("known", ""), lang))},
    "allocation_too_early": lambda _, __: {"earliest": editions.calendar()[0].first.isoformat()},
}


def _allowed(fact: str, value: str, lang: Lang) -> str:
    """A value with its code; a day is written as a day."""
    if value == "YYYY-MM-DD":
        return ("ein Tag (JJJJ-MM-TT)", "a day (YYYY-MM-DD)")[lang == "en"]
    said = value_said(fact, value, lang)
    return said if said == value else f"{said} ({value})"


def _with_code(group: str, code: str, lang: Lang) -> str:
    """A word with its code, for programs need the one and people the other."""
    said = word(group, code, lang)
    return said if said == code else f"{said} ({code})"


def _steps(known: str, lang: Lang) -> list[str]:
    """The steps of a programme; a repeated one is named once, with its first and its last number."""
    numbers: dict[str, list[str]] = {}
    for step in filter(None, known.split(", ")):
        code, _, number = step.partition("/")
        numbers.setdefault(code, []).append(number)
    return [_with_code("step", code, lang) + _span(found) for code, found in numbers.items()]


def _span(numbers: list[str]) -> str:
    if not numbers[0]:
        return ""
    return f" /{numbers[0]}" if len(numbers) == 1 else f" /{numbers[0]} … /{numbers[-1]}"


class _Readable(dict[str, str]):
    """Parameters as people read them: days, instants and codes in words; a missing one is a dash."""

    def __init__(self, params: Mapping[str, str], lang: Lang) -> None:
        super().__init__({key: _readable(key, value, lang) for key, value in params.items()})

    def __missing__(self, key: str) -> str:
        return "–"


def _readable(key: str, value: str, lang: Lang) -> str:
    if key == "fact":
        return fact_said(value, lang) if value in FACT_CODES else value
    group = _GROUPS.get(key)
    if group is not None:
        return word(group, value, lang) if value in WORDS[group] else value
    try:
        return _moment(value)
    except ValueError:
        return value


def _moment(value: str) -> str:
    if "T" in value:
        return datetime.fromisoformat(value).astimezone(BERLIN).strftime("%d.%m.%Y %H:%M")
    return date.fromisoformat(value).strftime("%d.%m.%Y")
