"""`pakt journey approve · reject · take · return`: the word of a second person, and of another office."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from domain.codes import HandOverReason
from domain.commands import Body, Receipt, RecordTalk
from domain.errors import InvalidInput, NotPermitted, Refusal
from domain.four_eyes import needs_second_person
from domain.journey import office_day
from domain.permissions import Actor, Permission, command_permission, may
from ops import settings as setting
from ops.console import print_json, say
from store import approvals, clock, queries
from store.database import Store
from store.tables import JourneyRow

CONFIRM_S = 10.0
Done = TypeVar("Done")
REASONS = ", ".join(HandOverReason)


def add_actions(actions: Any) -> list[Any]:
    """Teach the parser these actions; each is carried out in somebody's name."""
    approve = actions.add_parser("approve", help="agree to a request that waits for a second person")
    reject = actions.add_parser("reject", help="say no to a request, with a reason")
    take = actions.add_parser("take", help="take a journey on that another office hands over")
    back = actions.add_parser("return", help="return it, with a reason: " + REASONS)
    for action in (approve, reject):
        action.add_argument("id", help="the request: apv_…")
    for action in (take, back):
        action.add_argument("id", help="the question of the other office: hov_…")
    reject.add_argument("--reason", required=True)
    back.add_argument("--reason", required=True)
    take.add_argument("--case-worker", required=True, help="who leads it from now on, by id")
    take.add_argument("--substitute", help="who steps in, by id")
    return [approve, reject, take, back]


def second(
    store: Store, settings: setting.Settings, options: argparse.Namespace, actor: Actor, *, as_json: bool
) -> int:
    """Carry one of these actions out."""
    act: dict[str, Callable[[], dict[str, Any]]] = {
        "approve": lambda: _approve(store, settings, options, actor),
        "reject": lambda: _reject(store, options, actor),
        "take": lambda: _take(store, settings, options, actor),
        "return": lambda: _return(store, settings, options, actor),
    }
    needed = (
        Permission.OFFICE_HAND_OVER_ANSWER
        if options.action in ("take", "return")
        else Permission.OFFICE_APPROVAL_DECIDE
    )
    if not may(actor, needed):
        raise NotPermitted("not_permitted", permission=needed)
    done = act[options.action]()
    if as_json:
        print_json(done)
    else:
        line = "  ".join(str(value) for value in done.values() if value is not None)
        say(line, line)
    return 0


@dataclass(frozen=True)
class Asked:
    """A command that one person alone cannot give, and who agrees to it, if that is known already."""

    actor: Actor
    row: JourneyRow
    body: Body
    command_id: str
    agrees: Actor | None = None


def expect_items_allowed(actor: Actor, row: JourneyRow, body: Body) -> None:
    """Refuse a talk that settles what the role may not do outside of it either."""
    for item in body.settles if isinstance(body, RecordTalk) else ():
        if not may(actor, command_permission(item.kind), row.office_id):
            raise NotPermitted("not_permitted", permission=command_permission(item.kind))


def needs_two(store: Store, row: JourneyRow, body: Body) -> bool:
    """True for a command that one person alone cannot give; a talk that holds one is refused.

    Raises:
        Refusal: what needs two people is asked for by itself, not inside a talk.
    """
    facts = queries.journey_view(store, row.id).facts
    needed = needs_second_person(facts, body, office_day(clock.now(store)))
    if needed and isinstance(body, RecordTalk):
        raise Refusal("second_person_needed", command=body.kind)
    return needed


def ask_for_two(store: Store, settings: setting.Settings, asked: Asked, *, as_json: bool) -> int:
    """File the request, and carry it out at once where the second person is named."""
    from gateway.approvals import approve, ask  # noqa: PLC0415 - only what is sent meets Temporal

    agrees = asked.agrees
    if agrees is not None:
        _expect_second(store, asked, agrees)
    filed = ask(store, asked.actor, asked.row, asked.body, command_id=asked.command_id).id
    if agrees is None:
        if as_json:
            print_json({"approval": filed, "state": "requested"})
        else:
            say(f"{filed}  wartet auf Freigabe", f"{filed}  waits for approval")
        return 0

    async def carry(gateway: Any) -> Receipt:
        return await approve(store, gateway, agrees, filed, wait_s=CONFIRM_S)

    receipt = _with_gateway(store, settings, carry)
    line = f"{receipt.command_id}  {receipt.first_seq}–{receipt.last_seq}"
    if as_json:
        print_json(receipt.model_dump(mode="json"))
    else:
        say(line, line)
    return 0


def _expect_second(store: Store, asked: Asked, agrees: Actor) -> None:
    with store.read() as session:
        if agrees.id in approvals.deciders(session, asked.row.office_id, asked.actor.id):
            return
    raise Refusal("second_person_unfit", field="--approved-by")


def _approve(
    store: Store, settings: setting.Settings, options: argparse.Namespace, actor: Actor
) -> dict[str, Any]:
    from gateway.approvals import approve  # noqa: PLC0415 - only what is sent meets Temporal

    async def carry(gateway: Any) -> Any:
        return await approve(store, gateway, actor, options.id, wait_s=CONFIRM_S)

    receipt = _with_gateway(store, settings, carry)
    return {"approval": options.id, "state": "approved", "command_id": receipt.command_id}


def _reject(store: Store, options: argparse.Namespace, actor: Actor) -> dict[str, Any]:
    with store.write() as session:
        row = approvals.reject(session, store, actor, options.id, why=options.reason)
        return {"approval": row.id, "state": row.state}


def _take(
    store: Store, settings: setting.Settings, options: argparse.Namespace, actor: Actor
) -> dict[str, Any]:
    from gateway import hand_overs as answering  # noqa: PLC0415 - only what is sent meets Temporal
    from store.hand_overs import Taking  # noqa: PLC0415

    taking = Taking(actor, options.case_worker, options.substitute)

    async def carry(gateway: Any) -> Any:
        return await answering.accept(store, gateway, options.id, taking)

    return {"hand_over": options.id, "state": "accepted", "journey": _with_gateway(store, settings, carry)}


def _return(
    store: Store, settings: setting.Settings, options: argparse.Namespace, actor: Actor
) -> dict[str, Any]:
    from gateway import hand_overs as answering  # noqa: PLC0415 - only what is sent meets Temporal

    if options.reason not in set(HandOverReason):
        raise InvalidInput("hand_over_reason_unknown", field="--reason", value=options.reason, remedy=REASONS)
    reason = HandOverReason(options.reason)

    async def carry(gateway: Any) -> Any:
        return await answering.give_back(store, gateway, actor, options.id, reason=reason)

    receipt = _with_gateway(store, settings, carry)
    return {"hand_over": options.id, "state": "returned", "command_id": receipt.command_id}


def _with_gateway(store: Store, settings: setting.Settings, carry: Callable[[Any], Awaitable[Done]]) -> Done:
    """What the request itself forbids is told without Temporal: it is met only to send something."""
    from gateway.connection import connect  # noqa: PLC0415
    from gateway.late import LateGateway  # noqa: PLC0415
    from ops.codec import data_converter  # noqa: PLC0415

    async def run() -> Done:
        return await carry(LateGateway(lambda: connect(settings, data_converter(store.keys))))

    return asyncio.run(run())
