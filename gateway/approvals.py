"""Commands that need a second person: looked at, filed as a request, and carried out once somebody agrees."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from domain.commands import Body, Command, Receipt
from domain.errors import NotFound, Refusal
from domain.events import SYSTEM
from domain.four_eyes import needs_second_person
from domain.handling import handle
from domain.ids import derived_id
from domain.journey import JourneyState, office_day
from domain.permissions import Actor
from domain.turns import AbsorbDuplicate, MergeInto
from gateway.commands import ACCEPT_S, Carrier
from store import approvals, clock, queries
from store.database import Store
from store.tables import JourneyRow
from store.tables_turns import ApprovalRow

_BODY: TypeAdapter[Body] = TypeAdapter(Body)


@dataclass(frozen=True)
class Order:
    """One command for one journey."""

    journey: str
    command: Command


def needs_two(store: Store, journey: JourneyRow, body: Body) -> bool:
    """True for a command that one person alone cannot give, as the journey stands now."""
    if body.kind == "record_talk":
        return False
    facts = queries.journey_view(store, journey.id).facts
    return needs_second_person(facts, body, office_day(clock.now(store)))


def ask(
    store: Store, actor: Actor, journey: JourneyRow, body: Body, *, command_id: str, note: str = ""
) -> ApprovalRow:
    """File a request for a second person; what the journey would refuse anyway is refused at once.

    Raises:
        Refusal: the journey would say no, or such a request waits already.
    """
    _expect_possible(store, actor, journey, body)
    request = approvals.Request(command_id, body.kind, body.model_dump(mode="json"), note)
    with store.write() as session:
        return approvals.file(session, store, actor, journey, request)


def _expect_possible(store: Store, actor: Actor, journey: JourneyRow, body: Body) -> None:
    now, facts = clock.now(store), queries.journey_view(store, journey.id).facts
    trial = Command(
        command_id=derived_id("command", "trial"),
        actor=actor.id,
        role=str(actor.role),
        approvals=(SYSTEM,),
        body=body,
    )
    answer = handle(JourneyState(facts=facts, seq=journey.seq), trial, now)
    if isinstance(answer, Refusal):
        raise answer


async def approve(
    store: Store, carrier: Carrier, actor: Actor, approval: str, *, wait_s: float = ACCEPT_S
) -> Receipt:
    """Agree to a request: its command goes to the journey in the name of the requester, with this approval.

    Sending it again is harmless: the command keeps the id of the form. Raises `Refusal` or `NotFound` where the
    journey says no, and then the request stays; `Unconfirmed` where no answer came.
    """
    if clock.state(store).moving_to is not None:
        raise Refusal("clock_moving")
    with store.write() as session:
        row = approvals.claim(session, actor, approval)
        orders = list(_orders(row, approvals.content(session, store, row), actor.id))
    try:
        receipts = [await _carry(carrier, order, wait_s) for order in orders]
    except (Refusal, NotFound) as refused:
        with store.write() as session:
            approvals.release(session, actor, approval, code=refused.code)
        raise
    with store.write() as session:
        approvals.carried_out(session, actor, approval)
    return receipts[-1]


async def _carry(carrier: Carrier, order: Order, wait_s: float) -> Receipt:
    try:
        return await carrier.execute(order.journey, order.command, wait_s=wait_s)
    except Refusal as refused:
        if order.command.body.kind == "absorb_duplicate" and refused.code == "exists_already":
            # The other half of a merger was done before; what is left is this one.
            return Receipt(command_id=order.command.command_id, first_seq=0, last_seq=0)
        raise


def _orders(row: ApprovalRow, opened: approvals.Opened, approver: str) -> Iterator[Order]:
    """The commands of a request; both sides of a merger, the one that stays first."""
    body = _BODY.validate_python(opened.body)
    own = _command(row, opened, approver, command_id=opened.command_id, body=body)
    match body:
        case MergeInto():
            kept = AbsorbDuplicate(duplicate=row.journey_id, on=body.on)
            yield Order(body.into, _other(row, opened, approver, kept))
            yield Order(row.journey_id, own)
        case AbsorbDuplicate():
            yield Order(row.journey_id, own)
            gone = MergeInto(into=row.journey_id, on=body.on)
            yield Order(body.duplicate, _other(row, opened, approver, gone))
        case _:
            yield Order(row.journey_id, own)


def _other(row: ApprovalRow, opened: approvals.Opened, approver: str, body: Any) -> Command:
    return _command(row, opened, approver, command_id=derived_id("command", row.id, "other_side"), body=body)


def _command(
    row: ApprovalRow, opened: approvals.Opened, approver: str, *, command_id: str, body: Any
) -> Command:
    return Command(
        command_id=command_id,
        actor=row.requested_by,
        role=opened.role,
        approvals=(approver,),
        body=body,
    )
