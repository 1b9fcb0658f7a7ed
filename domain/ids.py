"""Opaque ids: a prefix that names the kind, then 32 hexadecimal digits; nothing of a person."""

import hashlib
import re
from typing import Annotated

from pydantic import StringConstraints

PREFIXES = {
    "journey": "jrn",
    "participant": "par",
    "appointment": "apt",
    "talk": "tlk",
    "commitment": "com",
    "excuse": "exc",
    "pause": "pau",
    "escalation": "esc",
    "task": "tsk",
    "notice": "not",
    "command": "cmd",
    "person": "usr",
    "office": "off",
    "key": "key",
    "note": "nte",
    "offer": "ofr",
    "hand_over": "hov",
    "household": "hhd",
    "approval": "apv",
    "allocation": "alc",
    "upload": "upl",
}
ID_PATTERN = r"^[a-z]{3}_[0-9a-f]{32}$"
OFFICE_PATTERN = r"^off_[a-z0-9_]{3,40}$"
RULE_PATTERN = r"^(FOE|MIT|QS)-\d{2}$"
SUBJECT_PATTERN = r"^[a-z_]+(/[a-z0-9_]+){0,2}$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
OfficeId = Annotated[str, StringConstraints(pattern=OFFICE_PATTERN)]
RuleId = Annotated[str, StringConstraints(pattern=RULE_PATTERN)]
Subject = Annotated[str, StringConstraints(pattern=SUBJECT_PATTERN, max_length=80)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Ags = Annotated[str, StringConstraints(pattern=r"^08\d{6}$")]

NAMESPACE = "pakt"
WORKFLOW_TYPES = ("Journey", "Office", "Sweeper")
JOURNEY_QUEUE = "pakt-journeys"
DECIDE_QUEUE = "pakt-decide"
NOTICES_QUEUE = "pakt-notices"


def workflow_id(journey: str) -> str:
    """The workflow of a journey; the id is plain text in Temporal, so it holds nothing but the opaque id."""
    return f"journey/{journey}"


def office_workflow_id(office: str) -> str:
    """The workflow that looks after an office."""
    return f"office/{office}"


def journey_of(workflow: str) -> str | None:
    """The journey whose workflow this is, or None for a workflow of another kind."""
    prefix, _, rest = workflow.partition("/")
    return rest if prefix == "journey" and re.fullmatch(ID_PATTERN, rest) else None


def journey_stream(journey: str) -> str:
    """The ledger stream that only `decide` writes."""
    return f"journey/{journey}"


def desk_stream(journey: str) -> str:
    """The ledger stream of reads, refusals and delivery results around one journey."""
    return f"desk/{journey}"


def house_stream(office: str) -> str:
    """The ledger stream of people, roles, books and exports of one office."""
    return f"house/{office}"


def derived_id(kind: str, *parts: str) -> str:
    """The same id for the same parts, for ever: what a rule causes twice has one id, so it exists once."""
    digest = hashlib.sha256("\x1f".join((kind, *parts)).encode()).hexdigest()
    return f"{PREFIXES[kind]}_{digest[:32]}"
