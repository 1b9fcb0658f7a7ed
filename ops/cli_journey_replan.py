"""`pakt journey replan`: plan every open journey anew, or say how far the latest orders are."""

import argparse
from collections.abc import Callable
from dataclasses import asdict

from domain.errors import InvalidInput, NotPermitted
from domain.permissions import Actor, Permission, may
from ops.console import print_json, say
from store import clock, ledger, replans
from store.books import STREAM
from store.database import Store
from store.replans import DISTRICT

ActorOf = Callable[[Store, str], Actor]
REASONS = ("book_changed", "calendar_changed", "programme_changed")


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `pakt journey replan` understands."""
    parser.add_argument("--progress", action="store_true", help="only say how far each order is")
    parser.add_argument("--reason", help="why: book_changed, calendar_changed or programme_changed")


def run(store: Store, options: argparse.Namespace, actor_of: ActorOf, *, as_json: bool) -> int:
    """Order it, or show how far it is; exit 1 while an order is not finished."""
    if not options.progress:
        _order(store, options, actor_of)
    with store.read() as session:
        found = replans.progress(session)
    if as_json:
        print_json([{**asdict(one), "done": one.done} for one in found])
    for one in found if not as_json else ():
        line = f"{one.ordered_at:%Y-%m-%d %H:%M}  {one.reason} {one.about}"
        say(
            f"{line}: neu geplant {one.planned} von {one.journeys}",
            f"{line}: planned anew {one.planned} of {one.journeys}",
        )
    return 0 if all(one.done for one in found) or not options.progress else 1


def _order(store: Store, options: argparse.Namespace, actor_of: ActorOf) -> None:
    if options.reason not in REASONS:
        raise InvalidInput("replan_reason", field="--reason", remedy=", ".join(REASONS))
    actor = actor_of(store, options.login)
    if not may(actor, Permission.HOUSE_BOOK_DRAFT):
        raise NotPermitted("not_permitted", permission=Permission.HOUSE_BOOK_DRAFT)
    with store.write() as session:
        at = clock.now(session)
        number = replans.order(session, reason=options.reason, about="by_hand", at=at)
        body = {"reason": options.reason, "journeys": number}
        ledger.append(
            session, STREAM, office=DISTRICT, at=at, actor=actor.id, type="replan_ordered", body=body
        )
