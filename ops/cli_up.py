"""`pakt up`: everything embedded, in the foreground."""

from pathlib import Path

from domain.errors import InvalidInput
from ops import up
from ops.arguments import Parser

HIGHEST_PORT = 65535


def run(argv: list[str], *, data_dir: Path, as_json: bool) -> int:  # noqa: ARG001 - every room is called alike
    """Start everything and stay until Ctrl-C."""
    parser = Parser(prog="pakt up", description="start everything on this machine; end: Ctrl-C")
    parser.add_argument("--port", type=int, help="port of the desk; otherwise 8080, or a free one")
    parser.add_argument("--no-demo", action="store_true", help="no invented people and no clock to move")
    options = parser.parse_args(argv)
    if options.port is not None and not 1 <= options.port <= HIGHEST_PORT:
        value = str(options.port)
        raise InvalidInput("port_impossible", field="--port", value=value, remedy=f"1–{HIGHEST_PORT}")
    return up.run(data_dir=data_dir, port=options.port, demo=not options.no_demo)
