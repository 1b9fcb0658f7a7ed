"""The programme of a journey, as far as this process can read it: one bad row never takes a page down."""

from functools import cache

import structlog

from domain.errors import InvalidInput, NotFound
from domain.facts import CaseFacts
from domain.programme import Programme, settled
from store import editions

log = structlog.get_logger("web")


def programme_of(id_: str) -> Programme | None:
    """The programme of this id, or None where this process cannot read it; that is logged."""
    try:
        return editions.programme(id_)[0]
    except (NotFound, InvalidInput) as unreadable:
        _complain(id_, unreadable.code)
        return None


@cache
def _complain(id_: str, code: str) -> None:
    # Once per process: a list of cases is drawn again with every letter typed into its search.
    log.warning("programme_unreadable", programme=id_, code=code)


def step_settled(programme: Programme | None, facts: CaseFacts, step: str) -> bool:
    """True once a step is done or needless; without its programme only what was recorded as done counts."""
    return settled(programme, facts, step) if programme is not None else facts.step_done(step)
