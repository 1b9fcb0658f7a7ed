"""What the turns of life mean for the page of one case: protection, kin, questions to other offices, requests."""

from collections.abc import Callable
from dataclasses import dataclass, field

from domain.facts import CaseFacts
from domain.permissions import Permission
from store import approvals, hand_overs
from store.tables import JourneyRow
from store.tables_turns import ApprovalRow, HandOverRow
from web.access import Visit
from web.forms_office import FORMS
from web.kin import Household, households_of
from web.naming import Naming, reference
from web.reading import CaseFile


@dataclass(frozen=True)
class Waiting:
    """A request of this case that waits for a second person, in words."""

    row: ApprovalRow
    title: str
    requester: str


@dataclass(frozen=True)
class Onward:
    """A case that this one goes on from, or goes on as; `journey` is None behind a wall."""

    text: str
    journey: str | None
    said: str = ""


@dataclass(frozen=True)
class Turns:
    """All of it, for one case."""

    blocked: bool
    waiting: list[Waiting]
    households: list[Household]
    asked: list[tuple[HandOverRow, str]]
    onward: list[Onward] = field(default_factory=list)


def turns_of(visit: Visit, file: CaseFile) -> Turns:
    """What the page of this case shows of its turns, inside the viewer's walls."""
    facts, names = file.view.facts, file.names
    with visit.services.store.read() as session:
        rows = approvals.of_journey(session, file.row.id)
        waiting = [_waiting(row, names) for row in rows if row.state == "requested"]
        asked = [
            (row, names.people.get(row.to_office, row.to_office))
            for row in hand_overs.of_journey(session, file.row.id)
        ]
    return Turns(
        blocked=facts.address_blocked_on is not None,
        waiting=waiting,
        households=households_of(visit, file.row),
        asked=asked,
        onward=_onward(visit, facts, names),
    )


def _waiting(row: ApprovalRow, names: Naming) -> Waiting:
    form = FORMS.get(row.kind)
    return Waiting(row, names.of(*form.title) if form else row.kind, names.person(row.requested_by))


def _onward(visit: Visit, facts: CaseFacts, names: Naming) -> list[Onward]:
    """Where this case comes from and goes on; what lies behind a wall is said without any reference."""
    taken = [h.continued_as for h in facts.hand_overs if h.continued_as is not None]
    links = (
        (facts.continues, names.of("Führt einen anderen Fall fort", "Goes on from another case")),
        (
            taken[-1] if taken else None,
            names.of("Fortgeführt in einem anderen Büro", "Goes on in another office"),
        ),
        (facts.merged_into, names.of("Zusammengeführt mit", "Merged into")),
        *(
            (one, names.of("Doppelter Fall, hier aufgenommen", "Duplicate, taken in"))
            for one in facts.duplicates
        ),
    )
    return [_link(visit, journey, text) for journey, text in links if journey is not None]


def _link(visit: Visit, journey: str, text: str) -> Onward:
    with visit.services.store.read() as session:
        row = session.get(JourneyRow, journey)
    if row is None or not visit.allowed(Permission.OFFICE_JOURNEY_OPEN, row.office_id):
        return Onward(text, None)
    return Onward(text, journey, reference(journey))


def offered_now(kind: str, facts: CaseFacts) -> bool:
    """Whether a form of a turn of life has anything to do in this case now; every other form always has."""
    asks = _FITS.get(kind)
    return asks is None or asks(facts)


def _asked_elsewhere(facts: CaseFacts) -> bool:
    return any(h.state == "open" for h in facts.hand_overs)


def _paused(facts: CaseFacts) -> bool:
    return any(p.ended_on is None for p in facts.pauses)


_FITS: dict[str, Callable[[CaseFacts], bool]] = {
    "withdraw_hand_over": _asked_elsewhere,
    "offer_hand_over": lambda facts: not _asked_elsewhere(facts),
    "review_pause": _paused,
    "resume": _paused,
    "leave_household": lambda facts: any(h.left_on is None for h in facts.households),
    "block_address": lambda facts: facts.address_blocked_on is None,
    "unblock_address": lambda facts: facts.address_blocked_on is not None,
    "drop_step": lambda facts: bool(facts.chosen_steps),
    "settle_dispute": lambda facts: any(v.disputed and not v.superseded for v in facts.values),
}
