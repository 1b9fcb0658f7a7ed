"""The wire contracts as one document: what every stored history and every foreign reader depends on."""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from domain import calls, codes, commands, events, ids
from domain.facts import CaseFacts
from domain.journey import JourneyState
from domain.programme import Programme
from ops import codec
from store.tables import LedgerRow

Json = Any
MODELS: dict[str, type[BaseModel]] = {
    "command": commands.Command,
    "receipt": commands.Receipt,
    "event": events.Event,
    "case_facts": CaseFacts,
    "journey_state": JourneyState,
    "journey_input": calls.JourneyInput,
    "decide_request": calls.DecideRequest,
    "decide_answer": calls.DecideAnswer,
    "send_request": calls.SendRequest,
    "send_answer": calls.SendAnswer,
    "replan_order": calls.ReplanOrder,
    "office_input": calls.OfficeInput,
    "office_day_request": calls.OfficeDayRequest,
    "office_day_answer": calls.OfficeDayAnswer,
    "sweep_request": calls.SweepRequest,
    "sweep_answer": calls.SweepAnswer,
    "programme": Programme,
}
WORDS_ONLY = frozenset({"description", "title"})


def wire() -> dict[str, Json]:
    """Every fixed name and schema, as the code has them now."""
    return {
        "names": _names(),
        "ids": {
            "prefixes": ids.PREFIXES,
            "pattern": ids.ID_PATTERN,
            "office": ids.OFFICE_PATTERN,
            "rule": ids.RULE_PATTERN,
            "subject": ids.SUBJECT_PATTERN,
            "derived": ids.derived_id("task", "a", "b"),
        },
        "codes": {
            "outcomes": [one.value for one in codes.Outcome],
            "addressees": [one.value for one in codes.Addressee],
            "facts": {code: list(entry.values) for code, entry in codes.FACT_CODES.items()},
            "about": {code: entry.about for code, entry in codes.FACT_CODES.items() if entry.about},
        },
        "payload": {"encoding": codec.ENCODING.decode(), "metadata": ["encoding", "kid"]},
        "ledger_row": {
            column.name: str(column.type)
            for column in LedgerRow.__table__.columns  # type: ignore[attr-defined]
        },
        "schemas": _schemas(),
    }


def _schemas() -> Json:
    """One document for all models, so that what they share stands in it once."""
    modes = [(model, "validation") for model in MODELS.values()]
    return without_words(models_json_schema(modes)[1]["$defs"])  # type: ignore[arg-type]


def _names() -> dict[str, Json]:
    return {
        "namespace": ids.NAMESPACE,
        "workflow_types": list(ids.WORKFLOW_TYPES),
        "queues": [ids.JOURNEY_QUEUE, ids.DECIDE_QUEUE, ids.NOTICES_QUEUE],
        "updates": [commands.COMMAND_UPDATE, commands.REPLAN_UPDATE],
        "queries": [commands.STATE_QUERY],
        "activities": [calls.DECIDE, calls.SEND_NOTICE, calls.SWEEP],
        "workflow_id": ids.workflow_id("jrn_0"),
        "streams": [ids.journey_stream("jrn_0"), ids.desk_stream("jrn_0"), ids.house_stream("off_0")],
    }


def without_words(schema: Json) -> Json:
    """A schema without titles and descriptions: those may be bettered at any time."""
    if isinstance(schema, list):
        return [without_words(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if key not in WORDS_ONLY or isinstance(value, dict)}
    return {key: without_words(value) for key, value in sorted(kept.items())}


def differences(pinned: Json, now: Json, place: str = "") -> list[str]:
    """Where two documents differ; a line begins with `added`, `removed` or `changed`."""
    if isinstance(pinned, dict) and isinstance(now, dict):
        found = [f"removed {place}/{key}" for key in pinned.keys() - now.keys()]
        found += [f"added {place}/{key}" for key in now.keys() - pinned.keys()]
        for key in pinned.keys() & now.keys():
            found += differences(pinned[key], now[key], f"{place}/{key}")
        return sorted(found)
    if isinstance(pinned, list) and isinstance(now, list):
        return _listed(pinned, now, place)
    return [] if pinned == now else [f"changed {place}: {pinned!r} → {now!r}"]


def _listed(pinned: list[Json], now: list[Json], place: str) -> list[str]:
    """Lists of names and of alternatives may grow at the end; a longer `required` breaks old readers."""
    if place.endswith("/required"):
        gone = [f"removed {place}: {one}" for one in pinned if one not in now]
        return gone + [f"changed {place}: {one} has no default" for one in now if one not in pinned]
    missing = [f"removed {place}: {one}" for one in pinned if one not in now]
    return missing + [f"added {place}: {one}" for one in now if one not in pinned]


def breaking(found: list[str]) -> list[str]:
    """The differences that stored histories and older workers cannot bear."""
    return [line for line in found if not line.startswith("added")]
