"""Facts handed in from outside: read strictly, so that a mistyped field is named and never passed over."""

import json
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from domain.errors import InvalidInput
from domain.facts import CaseFacts
from domain.office_facts import OfficeFacts
from rules.subjects import AnyFacts

_SCHEMA = "see `pakt rules schema`"


def read_facts(text: str) -> AnyFacts:
    """The facts of a journey, or of an office where no journey is named.

    Raises:
        InvalidInput: a wrong or unknown field, named with a remedy.
    """
    try:
        document = json.loads(text)
    except ValueError as broken:
        raise InvalidInput("not_json", field="FACTS", remedy=f"{broken}") from broken
    if not isinstance(document, dict):
        raise InvalidInput("not_an_object", field="FACTS", remedy="hand in one JSON object")
    model: type[AnyFacts] = CaseFacts if "journey" in document else OfficeFacts
    _refuse_unknown(document, model, "")
    try:
        return model.model_validate(document)
    except ValidationError as wrong:
        first = wrong.errors(include_input=False, include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "FACTS"
        raise InvalidInput("wrong_value", field=field, remedy=first["msg"]) from None


def _refuse_unknown(document: dict[str, Any], model: type[BaseModel], path: str) -> None:
    for name, found in document.items():
        if name not in model.model_fields:
            near = get_close_matches(name, model.model_fields, n=1)
            remedy = f"did you mean {near[0]}?" if near else _SCHEMA
            raise InvalidInput("unknown_field", field=path + name, remedy=remedy)
        part = _model_in(model.model_fields[name].annotation)
        if part is not None and isinstance(found, list):
            for number, item in enumerate(found):
                if isinstance(item, dict):
                    _refuse_unknown(item, part, f"{path}{name}.{number}.")


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model of which a field holds many, if it does."""
    inner = next(iter(get_args(annotation)), None)
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None
