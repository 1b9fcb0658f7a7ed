"""Sending a command for a person: permission, envelope, and what came of it; refusals are written down."""

from dataclasses import dataclass

from fastapi.concurrency import run_in_threadpool
from pydantic import TypeAdapter, ValidationError

from domain.commands import Body, Command, Receipt, RecordTalk
from domain.errors import InvalidInput, NotPermitted, Refusal
from domain.permissions import command_permission
from gateway import approvals
from store import clock
from store.books import expect_fit_pin
from store.opening import write_down
from store.tables import JourneyRow
from web.access import Visit
from web.expecting import expect_known

_BODY: TypeAdapter[Body] = TypeAdapter(Body)


@dataclass(frozen=True)
class Ordered:
    """What to send: the id that makes repeating harmless, the revision seen, and the command itself."""

    command_id: str
    body: Body
    rev: int | None = None


def body_of(values: dict[str, object]) -> Body:
    """A command from its fields.

    Raises:
        InvalidInput: naming the first field that does not fit.
    """
    try:
        return _BODY.validate_python(values)
    except ValidationError as wrong:
        first = wrong.errors(include_input=False, include_url=False)[0]
        where = [str(part) for part in first["loc"] if part != values.get("kind")]
        code = "required" if first["type"] == "missing" else "not_in_list"
        raise InvalidInput(code, field=".".join(where) or "kind") from None


def expect_allowed(visit: Visit, row: JourneyRow, body: Body) -> None:
    """Refuse a command that the role may not give, also one inside a talk.

    Raises:
        NotPermitted: naming the permission that is missing.
    """
    kinds = (
        [body.kind, *(item.kind for item in body.settles)] if isinstance(body, RecordTalk) else [body.kind]
    )
    for kind in kinds:
        needed = command_permission(kind)
        if not visit.allowed(needed, row.office_id):
            raise NotPermitted("not_permitted", permission=needed)


@dataclass(frozen=True)
class Filed:
    """A request that waits for a second person."""

    approval: str


async def send_or_ask(visit: Visit, row: JourneyRow, order: Ordered, *, note: str = "") -> Receipt | Filed:
    """Carry a command out, or file it as a request where one person alone cannot give it.

    Raises as `send` does; `Refusal` also where the journey would refuse the request anyway.
    """
    store = visit.services.store
    if not await run_in_threadpool(approvals.needs_two, store, row, order.body):
        return await send(visit, row, order)
    expect_allowed(visit, row, order.body)
    return await run_in_threadpool(_ask, visit, row, order, note)


def _ask(visit: Visit, row: JourneyRow, order: Ordered, note: str) -> Filed:
    store = visit.services.store
    with store.read() as session:
        expect_known(session, row.office_id, order.body, programme=row.programme)
    if clock.state(store).moving_to is not None:
        raise Refusal("clock_moving")
    filed = approvals.ask(store, visit.actor, row, order.body, command_id=order.command_id, note=note)
    return Filed(filed.id)


async def send(visit: Visit, row: JourneyRow, order: Ordered) -> Receipt:
    """Carry a command out through the gateway.

    Raises:
        InvalidInput: the command names somebody who does no casework there.
        Refusal: the journey says no; noted in the desk stream by its code.
        Unconfirmed: no answer came; the same order may be sent again.
    """
    expect_allowed(visit, row, order.body)
    with visit.services.store.read() as session:
        expect_known(session, row.office_id, order.body, programme=row.programme)
    command = Command(
        command_id=order.command_id,
        actor=visit.actor.id,
        role=str(visit.actor.role),
        rev=order.rev,
        body=order.body,
    )
    try:
        if clock.state(visit.services.store).moving_to is not None:
            raise Refusal("clock_moving")  # noqa: TRY301 - the same way as the journey's own refusals
        expect_fit_pin(visit.services.store, order.body)
        return await visit.services.gateway.execute(row.id, command)
    except Refusal as refusal:
        with visit.services.store.write() as session:
            write_down(
                session,
                visit.actor,
                row,
                type_="command_refused",
                body={"code": refusal.code, "kind": order.body.kind, "command": order.command_id},
            )
        raise
