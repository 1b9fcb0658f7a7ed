"""How much waits for a person as the second pair of eyes, and for the person's offices as the asked ones."""

from dataclasses import dataclass

from domain.permissions import Permission
from store import approvals, hand_overs
from web.access import Visit


@dataclass(frozen=True)
class Waits:
    """Two counts."""

    approvals: int
    hand_overs: int


def waits_of(visit: Visit) -> Waits:
    """What waits for this person today."""
    with visit.services.store.read() as session:
        mine = approvals.waiting_for(session, visit.actor.id)
        asked = hand_overs.asked_of(session, visit.offices)
    may_answer = visit.allowed(Permission.OFFICE_HAND_OVER_ANSWER)
    return Waits(len(mine), sum(row.state == "open" for row in asked) if may_answer else 0)
