"""What a room may not reach for: clocks, chance, files and the environment; and words that say nothing."""

import ast
import re
from collections.abc import Iterable

from tests.house.sources import ROOT, Source, calls, of_rooms, paths, product, python, uses

PURE = ("domain", "rules", "workflows")
IMPURE_MODULES = (
    "time",
    "random",
    "secrets",
    "socket",
    "subprocess",
    "os",
    "shutil",
    "tempfile",
    "glob",
    "threading",
)
IMPURE_NAMES = frozenset(
    {
        "datetime.datetime.now",
        "datetime.datetime.utcnow",
        "datetime.datetime.today",
        "datetime.date.today",
        "uuid.uuid1",
        "uuid.uuid4",
        "open",
        "input",
    }
)
FILE_METHODS = frozenset({"read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "rglob"})
PURE_EXCEPTIONS: dict[tuple[str, str], str] = {
    ("rules/book.py", "?.read_text"): "parameters and citations lie in the package and are part of the book",
    ("rules/freeze.py", "?.read_text"): "the maintainers' command that writes a book into the release",
    ("rules/freeze.py", "?.write_text"): "the maintainers' command that writes a book into the release",
    ("rules/cli.py", "?.read_text"): "the shell names a file of facts; judging itself reads nothing",
    ("rules/child.py", "subprocess"): "the C engine runs in one supervised child",
    ("rules/child.py", "threading"): "one question at a time to the child",
    ("rules/engine.py", "threading"): "one engine per process, registered once",
}
"""(file, name or module) → reason. Nothing that could reach an answer may stand here."""
CLOCKS = frozenset({"datetime.datetime.now", "datetime.datetime.utcnow", "datetime.date.today", "time.time"})
CLOCK_FILES: dict[str, str] = {
    "store/clock.py": "the one place that knows what time it is",
    "ops/clock_forward.py": "moves the demo's clock, and says how long that took",
}
TECHNICAL_TIME: dict[str, str] = {
    "store/ledger.py": "recorded_at: when a row was really written",
    "store/keys.py": "when a key was made or destroyed",
    "store/archive.py": "when a history was archived",
    "store/outbox.py": "when a row was queued and told",
    "store/people.py": "how long a session really lasts",
    "ops/mail_catcher.py": "when a message was really caught",
    "web/services.py": "how long a sign-in lock really lasts",
}
TALK_FILES = re.compile(r"^(ops/command_line|ops/commands?_|ops/logging|ops/cli)[a-z_]*\.py$|^ops/commands/")
EMPTY_WORDS = frozenset({"utils", "util", "helpers", "helper", "manager", "data", "info"})
LEFTOVERS = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK")) + r")\b")
HOSTS = re.compile(
    r"pypi" + r"\.org|python" + r"hosted|--(extra-)?index-" + r"url|index" + r"_url|registry" + r"\.npmjs"
    r"|docker" + r"\.io|ghcr" + r"\.io|quay" + r"\.io|arti" + r"factory|dev" + r"pi\b|/sim" + r"ple/",
    re.IGNORECASE,
)
TEXT = re.compile(
    r"\.(py|md|toml|ya?ml|json|txt|in|html|css|js|typ|mako|ini|cfg|sh|sql|svg|csv)$|(^|/)[A-Za-z]+$|^\.ci/"
)


def impure(sources: Iterable[Source]) -> list[str]:
    """Uses of a clock, chance, the environment or files in a room that must be pure."""
    found = []
    for one in sources:
        for line, name in uses(one):
            module = name.partition(".")[0]
            banned = name in IMPURE_NAMES or (module in IMPURE_MODULES and _is_imported(one, module))
            excused = {(one.path, name), (one.path, module)} & set(PURE_EXCEPTIONS)
            if (banned or name.rpartition(".")[2] in FILE_METHODS) and not excused:
                found.append(f"{one.path}:{line} uses {name}; pass the value in instead")
    return found


def _is_imported(source: Source, module: str) -> bool:
    return bool(re.search(rf"^\s*(import|from) {module}\b", source.text, re.MULTILINE))


def clock_readers(sources: Iterable[Source]) -> list[str]:
    """Places that read a wall clock and are not the clock."""
    return [
        f"{one.path}:{line} reads {name}; ask store.clock, or take the instant as an argument"
        for one in sources
        if one.path not in CLOCK_FILES and one.path not in TECHNICAL_TIME
        for line, name in uses(one)
        if name in CLOCKS
    ]


def talkers(sources: Iterable[Source]) -> list[str]:
    """Prints and foreign loggers outside of the command line."""
    return [
        f"{one.path}:{line} uses {name}; log through ops/logging.py"
        for one in sources
        if not TALK_FILES.match(one.path)
        for line, name in uses(one)
        if name == "print" or name.partition(".")[0] == "logging"
    ]


def empty_words(sources: Iterable[Source]) -> list[str]:
    """Modules, classes and functions named by a word that promises nothing."""
    found = []
    for one in sources:
        names = [(1, part) for part in one.path.removesuffix(".py").split("/")]
        names += [
            (node.lineno, node.name)
            for node in ast.walk(one.tree)
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        found += [
            f"{one.path}:{line} {name}: say what it promises" for line, name in names if _is_empty(name)
        ]
    return found


def _is_empty(name: str) -> bool:
    lowered = name.strip("_").lower()
    return lowered in EMPTY_WORDS or bool(re.search(r"[a-z](Manager|Helpers?|Utils?|Data|Info)$", name))


def matches(texts: Iterable[tuple[str, str]], pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern stands in some texts."""
    return [
        f"{path}:{number} {found.group(0)}"
        for path, text in texts
        for number, line in enumerate(text.splitlines(), 1)
        if (found := pattern.search(line))
    ]


def _texts() -> list[tuple[str, str]]:
    return [(path, (ROOT / path).read_text("utf-8", "replace")) for path in paths() if TEXT.search(path)]


def test_the_pure_rooms_know_no_clock_no_chance_and_no_files() -> None:
    assert impure(of_rooms(*PURE)) == []


def test_only_the_clock_reads_the_clock() -> None:
    assert clock_readers(product()) == []


def test_nothing_prints_or_logs_past_structlog() -> None:
    assert talkers(product()) == []


def test_every_name_says_something() -> None:
    assert empty_words(python()) == []


def test_no_leftovers_stay_behind() -> None:
    assert matches(_texts(), LEFTOVERS) == []


def test_no_registry_is_named_anywhere() -> None:
    assert matches(_texts(), HOSTS) == []


def test_every_exception_is_still_needed() -> None:
    files = {one.path for one in python()}
    assert {path for path, _ in PURE_EXCEPTIONS} <= files
    assert set(TECHNICAL_TIME) <= files


def test_impurity_is_found_under_every_disguise() -> None:
    bad = {
        "from datetime import datetime\nx = datetime.now()": "datetime.datetime.now",
        "import datetime as d\nx = d.date.today()": "datetime.date.today",
        "from time import time as t\nx = t()": "time.time",
        "import random\nx = random.random()": "random.random",
        "from uuid import uuid4\nx = uuid4()": "uuid.uuid4",
        "import os\nx = os.environ['A']": "os.environ",
        "from os import getenv\nx = getenv('A')": "os.getenv",
        "x = open('a')": "open",
        "from pathlib import Path\nx = Path('a').read_text()": "read_text",
    }
    for text, name in bad.items():
        assert any(name in line for line in impure([Source("domain/bad.py", text)])), text
    assert not impure([Source("domain/good.py", "from datetime import timedelta\nx = timedelta(1)")])


def test_a_clock_reader_is_found() -> None:
    text = "from datetime import UTC, datetime\nx = datetime.now(UTC)"
    assert clock_readers([Source("web/bad.py", text)])
    assert not clock_readers([Source("store/clock.py", text)])


def test_a_printer_and_a_logger_are_found() -> None:
    assert talkers([Source("web/bad.py", "print('x')")])
    assert talkers([Source("web/bad.py", "import logging\nlogging.getLogger('x')")])
    assert not talkers([Source("ops/command_line.py", "print('x')")])


def test_an_empty_word_is_found_in_a_module_a_class_and_a_function() -> None:
    assert empty_words([Source("web/utils.py", "")])
    assert empty_words([Source("web/a.py", "class JourneyManager: ...")])
    assert empty_words([Source("web/a.py", "def helper(): ...")])
    assert not empty_words([Source("web/a.py", "def database(): ...")])


def test_a_leftover_and_a_registry_are_found() -> None:
    assert matches([("a.py", "# TO" + "DO later")], LEFTOVERS)
    assert matches([("a.txt", "--index-" + "url https://example.test")], HOSTS)
    assert not matches([("a.py", "# photo domain simple")], LEFTOVERS)


def test_calls_and_uses_see_through_aliases() -> None:
    source = Source("a.py", "import a.b as c\nc.d(1)")
    assert [name for _, name, _ in calls(source)] == ["a.b.d"]
