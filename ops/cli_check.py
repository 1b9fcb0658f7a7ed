"""`pakt check`: examines this installation; 0 if all is well, 1 with what to mend."""

from pathlib import Path

from ops import settings as setting
from ops.arguments import Parser
from ops.console import language, print_json, say
from ops.health import Finding, examine

_NAMES = {
    "key": ("Schlüsseldatei", "key file"),
    "room": ("Platz auf der Platte", "room on the disk"),
    "database": ("Datenbank", "database"),
    "programmes": ("Programme und Kalender", "programmes and calendars"),
    "journeys": ("Fälle", "journeys"),
    "clock": ("Uhr der Demo", "the demo's clock"),
    "temporal": ("Temporal", "Temporal"),
    "mail": ("Postausgang", "mail"),
}


def run(argv: list[str], *, data_dir: Path, as_json: bool) -> int:
    """Examine and print every finding."""
    Parser(prog="pakt check", description="examine this installation").parse_args(argv)
    findings = examine(setting.load_installed(data_dir))
    well = all(finding.ok for finding in findings)
    if as_json:
        print_json({"ok": well, "findings": [_row(finding) for finding in findings]})
        return int(not well)
    for finding in findings:
        german, english = _NAMES[finding.what]
        mark, rest = ("✓", ("", "")) if finding.ok else ("✗", finding.remedy)
        say(_line(mark, german, rest[0]), _line(mark, english, rest[1]))
    return int(not well)


def _line(mark: str, name: str, remedy: str) -> str:
    return f"{mark} {name}" + (f": {remedy}" if remedy else "")


def _row(finding: Finding) -> dict[str, object]:
    remedy = None if finding.ok else finding.remedy[language() == "en"]
    return {"what": finding.what, "ok": finding.ok, "remedy": remedy}
