"""The sources of the house, as text and as syntax trees."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "domain",
    "rules",
    "workflows",
    "activities",
    "store",
    "gateway",
    "notices",
    "audit",
    "web",
    "ops",
)


@cache
def _parsed(text: str, path: str) -> ast.Module:
    return ast.parse(text, path)


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the root, and its text. A test makes bad ones by hand."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return _parsed(self.text, self.path)

    @property
    def room(self) -> str:
        """The top-level folder, or the file itself where it lies at the top."""
        return self.path.partition("/")[0]


@cache
def paths() -> tuple[str, ...]:
    """Every file that belongs to the repository, committed or about to be."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    found = {path for path in listing.stdout.split("\0") if path and (ROOT / path).is_file()}
    return tuple(sorted(path for path in found if not path.startswith("v/")))


@cache
def python() -> tuple[Source, ...]:
    """Every Python file of ours, tests included."""
    return tuple(Source(path, (ROOT / path).read_text("utf-8")) for path in paths() if path.endswith(".py"))


def product() -> tuple[Source, ...]:
    """The Python files that are shipped: the rooms and the composition root."""
    return tuple(one for one in python() if one.room in ROOMS or one.path == "worker.py")


def of_rooms(*rooms: str) -> tuple[Source, ...]:
    """The Python files of some rooms."""
    return tuple(one for one in python() if one.room in rooms)


def dotted(node: ast.expr) -> str:
    """`a.b.c` for a chain of attributes; a leading `?` where it begins with something computed."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"


def imported(tree: ast.Module) -> dict[str, str]:
    """Which full name stands behind each local name that an import made."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(
                {
                    a.asname or a.name.partition(".")[0]: a.name if a.asname else a.name.partition(".")[0]
                    for a in node.names
                }
            )
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update({a.asname or a.name: f"{node.module}.{a.name}" for a in node.names})
    return names


def uses(source: Source) -> Iterator[tuple[int, str]]:
    """Every name that a file uses, written in full: line and dotted name."""
    tree = source.tree
    names = imported(tree)
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute | ast.Name) or id(node) in inner:
            continue
        if isinstance(node.ctx, ast.Load):
            head, _, rest = dotted(node).partition(".")
            full = names.get(head, head)
            yield node.lineno, f"{full}.{rest}" if rest else full


def calls(source: Source) -> Iterator[tuple[int, str, ast.Call]]:
    """Every call of a file: line, full name of what is called, and the call itself."""
    tree = source.tree
    names = imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            head, _, rest = dotted(node.func).partition(".")
            full = names.get(head, head)
            yield node.lineno, f"{full}.{rest}" if rest else full, node


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
