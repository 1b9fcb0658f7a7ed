"""The wire contracts are pinned: stored histories, older workers and foreign readers depend on them."""

import copy
import json
import re
from typing import Any, get_args

from pydantic import BaseModel

from domain.journey import JourneyState
from tests.house.pin_wire import PINNED
from tests.house.sources import ROOT
from tests.house.wire import MODELS, breaking, differences, wire

TEACHING = """
The wire contracts differ from tests/house/wire.json:

{lines}

What to do:
- `removed` and `changed` break stored histories and older workers. Put the old name, code or field back.
  What has become wrong stays readable and is no longer written.
- `changed …/required` means a field without a default. Give it one: old payloads do not have it.
- `added` is fine if it is a field with a default or a new code at the end of its list. Write it into
  docs/contracts.md, then run: python -m tests.house.pin_wire
"""


def _pinned() -> Any:
    return json.loads(PINNED.read_text("utf-8"))


def test_the_wire_contracts_are_those_that_were_pinned() -> None:
    found = differences(_pinned(), wire())

    assert not found, TEACHING.format(lines="\n".join(f"  {line}" for line in found))


def test_every_pinned_name_stands_in_the_contracts() -> None:
    text = (ROOT / "docs" / "contracts.md").read_text("utf-8")
    pinned = _pinned()
    names = [
        pinned["names"]["namespace"],
        *(
            n
            for k in ("workflow_types", "queues", "updates", "queries", "activities")
            for n in pinned["names"][k]
        ),
    ]
    names += [
        *pinned["ids"]["prefixes"].values(),
        *pinned["codes"]["outcomes"],
        *pinned["codes"]["addressees"],
    ]
    names += [
        *pinned["codes"]["facts"],
        *pinned["ledger_row"],
        pinned["payload"]["encoding"],
        *_types(pinned),
    ]

    assert [name for name in names if not re.search(rf"`{re.escape(name)}[`/ (]", text)] == []


def _types(pinned: Any) -> list[str]:
    """The event types and the command kinds."""
    fields = [body.get("properties", {}) for body in pinned["schemas"].values()]
    consts = [body.get(key, {}).get("const") for body in fields for key in ("type", "kind")]
    return [const for const in consts if const]


def test_an_older_reader_ignores_what_a_newer_one_wrote() -> None:
    model = MODELS["case_facts"]
    facts = {"journey": "jrn_" + "0" * 32, "office": "off_test", "ags": "08111000", "t0": "2027-01-04"}
    facts |= {"opened_on": "2027-01-04", "programme": "p2026_0"}

    read = JourneyState.model_validate({"facts": {**facts, "from_tomorrow": 1}, "also_new": True})

    assert read.facts == model.model_validate(facts)


def strict_models(model: type[BaseModel], seen: set[type[BaseModel]]) -> list[str]:
    """Models within a model that refuse unknown fields."""
    if model in seen:
        return []
    seen.add(model)
    found = [] if model.model_config.get("extra") == "ignore" else [model.__name__]
    for field in model.model_fields.values():
        for inner in _models_in(field.annotation):
            found += strict_models(inner, seen)
    return found


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and not get_args(annotation):
        return [annotation] if issubclass(annotation, BaseModel) else []
    return [model for part in get_args(annotation) for model in _models_in(part)]


def test_whatever_a_run_stores_can_be_read_by_an_older_worker() -> None:
    stored = (
        "event",
        "journey_input",
        "decide_request",
        "decide_answer",
        "send_request",
        "send_answer",
        "receipt",
    )

    assert [name for one in stored for name in strict_models(MODELS[one], set())] == []


def test_a_strict_model_inside_a_stored_one_is_found() -> None:
    class Inner(BaseModel, extra="forbid"):
        x: int = 0

    class Outer(BaseModel, extra="ignore"):
        inner: tuple[Inner, ...] | None = None

    assert strict_models(Outer, set()) == ["Inner"]


def test_a_renamed_field_is_breaking() -> None:
    now = copy.deepcopy(_pinned())
    fields = now["schemas"]["CaseFacts"]["properties"]
    fields["day_zero"] = fields.pop("t0")

    assert any("t0" in line for line in breaking(differences(_pinned(), now)))


def test_a_new_field_without_a_default_is_breaking_and_one_with_a_default_is_not() -> None:
    soft = copy.deepcopy(_pinned())
    soft["schemas"]["Event"]["properties"]["mood"] = {"type": "string", "default": "calm"}
    hard = copy.deepcopy(soft)
    hard["schemas"]["Event"]["required"].append("mood")

    assert differences(_pinned(), soft)
    assert not breaking(differences(_pinned(), soft))
    assert breaking(differences(_pinned(), hard))


def test_a_renamed_activity_or_outcome_is_breaking() -> None:
    for path in (("names", "activities"), ("codes", "outcomes"), ("names", "queues")):
        now = copy.deepcopy(_pinned())
        now[path[0]][path[1]][0] = "renamed"
        assert breaking(differences(_pinned(), now)), path
