"""A registration handed in as a JSON document: read strictly, each mistake named with what to do."""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from domain.errors import InvalidInput
from store.participants import Identity, Registration

_SET_BY_THE_SHELL = ("actor", "role", "office")
_CODES = {
    "missing": "registration_missing",
    "extra_forbidden": "registration_unknown",
    "literal_error": "registration_choice",
    "string_too_long": "registration_long",
    "string_too_short": "registration_short",
    "string_type": "registration_text",
    "int_type": "registration_number",
    "int_parsing": "registration_number",
    "int_from_float": "registration_number",
    "greater_than_equal": "registration_number",
    "less_than_equal": "registration_number",
}


def read_document(file: str) -> dict[str, Any]:
    """The JSON object in a file, or on standard input for `-`."""
    try:
        content = json.loads(sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8"))
    except OSError as missing:
        reason = missing.strerror or "?"
        raise InvalidInput("file_unreadable", field="file", file=file, reason=reason) from None
    except UnicodeDecodeError:
        raise InvalidInput("file_not_utf8", field="file", file=file) from None
    except json.JSONDecodeError as broken:
        at = {"line": str(broken.lineno), "column": str(broken.colno)}
        raise InvalidInput("file_not_json", field="file", file=file, **at) from None
    if not isinstance(content, dict):
        raise InvalidInput("file_no_object", field="file", file=file)
    return content


def read_registration(content: dict[str, Any]) -> Registration:
    """The registration in a document; the first mistake is named, never the value that was found."""
    try:
        return Registration.model_validate(content)
    except ValidationError as error:
        raise _refusal(error.errors(include_input=False, include_url=False)[0]) from None


def _refusal(error: ErrorDetails) -> InvalidInput:
    field = ".".join(str(part) for part in error["loc"])
    kind, context, remedy = error["type"], error.get("ctx", {}), ""
    code = _CODES.get(kind, "registration_day" if kind.startswith("date") else "registration_invalid")
    match kind:
        case "extra_forbidden":
            remedy = _known(error["loc"])
        case "string_pattern_mismatch" if field == "ags":
            code = "unknown_ags"
        case "literal_error":
            remedy = str(context["expected"])
        case "string_too_long" | "string_too_short":
            remedy = str(context.get("max_length", context.get("min_length")))
        case _:
            pass
    return InvalidInput(code, field=field, remedy=remedy)


def _known(place: tuple[int | str, ...]) -> str:
    model: type[BaseModel] = Identity if place[0] == "identity" else Registration
    return ", ".join(name for name in model.model_fields if name not in _SET_BY_THE_SHELL)
