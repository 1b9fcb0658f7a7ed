"""`pakt programme show · check`: the programme as data."""

from pathlib import Path

from domain.programme import Programme
from ops.arguments import Parser
from ops.console import print_json, say
from ops.own_programmes import read_checked, use_own_programmes
from store import editions


def run(argv: list[str], *, data_dir: Path, as_json: bool) -> int:
    """Show a programme, or check a file; a fault names file, line, field and remedy."""
    parser = Parser(prog="pakt programme", description="the programme of steps")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("show", help="a published programme, or the newest").add_argument("id", nargs="?")
    actions.add_parser("check", help="check FILE, or all published").add_argument(
        "file", nargs="?", type=Path
    )
    options = parser.parse_args(argv)
    if options.action == "check" and options.file is not None:
        return _tell([read_checked(options.file)], as_json=as_json)
    use_own_programmes(data_dir)
    if options.action == "show":
        return _show(options.id, as_json=as_json)
    return _tell([programme for programme, _ in editions.programmes()], as_json=as_json)


def _show(wanted: str | None, *, as_json: bool) -> int:
    programme, edition = editions.programme(wanted) if wanted else editions.newest_programme()
    if as_json:
        print_json({**programme.model_dump(mode="json"), "sha256": edition.sha256})
        return 0
    say(f"{edition.id}  SHA-256 {edition.sha256}", f"{edition.id}  SHA-256 {edition.sha256}")
    for step in programme.steps:
        due = f"{step.due.after} + {step.due.n} {step.due.unit}"
        say(f"  {step.id:<22} {due:<28} {step.title.de}", f"  {step.id:<22} {due:<28} {step.title.en}")
    return 0


def _tell(checked: list[Programme], *, as_json: bool) -> int:
    if as_json:
        rows = [{"id": programme.id, "steps": len(programme.steps)} for programme in checked]
        print_json({"ok": True, "programmes": rows})
        return 0
    for programme in checked:
        steps = len(programme.steps)
        say(f"{programme.id}: in Ordnung, {steps} Schritte", f"{programme.id}: good, {steps} steps")
    return 0
