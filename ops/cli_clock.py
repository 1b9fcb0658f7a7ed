"""`pakt clock show · forward`: the demo's clock. The parts that run do the moving; this asks and watches."""

import sys
import time
from datetime import datetime
from pathlib import Path

from domain.calendar import BERLIN
from domain.errors import Refusal
from ops import settings as setting
from ops import up
from ops.arguments import Parser
from ops.clock_forward import left_behind, parse_target
from ops.console import print_json, say
from store import clock
from store.database import Store, open_store

LOOK_S = 0.2


def run(argv: list[str], *, data_dir: Path, as_json: bool) -> int:
    """Say what time it is in the demo, or move it on and wait for the arrival."""
    parser = Parser(prog="pakt clock", description="the demo's clock")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("show", help="what time it is")
    ahead = actions.add_parser("forward", help="30d, 12h, 2w, 6m, 2y, or: to 2027-03-01")
    ahead.add_argument("duration", nargs="+")
    options = parser.parse_args(argv)
    settings = setting.load_installed(data_dir)
    store = open_store(settings, settings.master_key())
    try:
        if options.action == "forward":
            _forward(store, settings, options.duration)
        return _show(store, as_json=as_json)
    finally:
        store.close()


def _forward(store: Store, settings: setting.Settings, words: list[str]) -> None:
    if not settings.demo:
        raise Refusal("not_a_demo")
    target = parse_target(words, clock.now(store))
    if not up.is_up(settings.data_dir):
        raise Refusal("not_up", directory=str(settings.data_dir))
    with store.write() as session:
        clock.begin_move(session, target)
    _watch(store, settings.data_dir)


def _watch(store: Store, home: Path) -> None:
    """Show how many journeys have arrived, on stderr, until the move is over."""
    shown = -1
    while (state := clock.state(store)).moving_to is not None:
        if not up.is_up(home):
            raise Refusal("clock_waits")
        if state.progress != shown:
            shown = state.progress
            german, english = counted(shown)
            say(f"  angekommen: {german}", f"  arrived: {english}", to=sys.stderr)
        time.sleep(LOOK_S)
    if left := left_behind(home):
        german, english = counted(len(left))
        say(
            f"  nicht angekommen: {german}; pakt check nennt sie",
            f"  not arrived: {english}; pakt check names them",
            to=sys.stderr,
        )


def counted(journeys: int) -> tuple[str, str]:
    """A number of journeys in words of both languages."""
    if journeys == 1:
        return "1 Fall", "1 journey"
    return f"{journeys} Fälle", f"{journeys} journeys"


def _show(store: Store, *, as_json: bool) -> int:
    now = clock.now(store)
    if as_json:
        state = clock.state(store)
        print_json(
            {
                "now": now.isoformat(),
                "offset_s": state.offset_s,
                "moving_to": state.moving_to and state.moving_to.isoformat(),
            }
        )
        return 0
    say(_readable(now), now.isoformat(timespec="seconds"))
    return 0


def _readable(instant: datetime) -> str:
    return instant.astimezone(BERLIN).strftime("%d.%m.%Y, %H:%M Uhr")
