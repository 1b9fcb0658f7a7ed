"""Papers that people follow: README, changelog and import contracts are true and in form."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import ROOT

BLOCK = re.compile(r"```(?:sh|bash|console)\n(.*?)```", re.DOTALL)
RELEASE = re.compile(r"^## \[(Unreleased|\d+\.\d+\.\d+)\]( - \d{4}-\d{2}-\d{2})?$")
SECTIONS = frozenset({"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"})


def commands_of(text: str) -> list[str]:
    """The commands of the shell blocks of a text, without prompts and comments."""
    lines = [line.strip().removeprefix("$ ") for block in BLOCK.findall(text) for line in block.splitlines()]
    return [line.partition("  #")[0].strip() for line in lines if line and not line.startswith("#")]


def unknown_targets(commands: list[str], makefile: str) -> list[str]:
    """`make` targets that the Makefile does not have."""
    known = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    words = [word for line in commands if line.startswith("make ") for word in line.split()[1:]]
    return [word for word in words if re.fullmatch(r"[a-z][a-z-]*", word) and word not in known]


def pakt_commands(commands: list[str]) -> set[tuple[str, ...]]:
    """The subcommands of `pakt` that are named: one word, or two where the second is a word too."""
    found = set()
    for line in commands:
        words = re.findall(r"(?:^|/|&& )pakt ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)?)", line)
        found |= {tuple(word.split()) for word in words}
    return found


def changelog_faults(text: str) -> list[str]:
    """Headings that are not of the Keep-a-Changelog form, and entries outside of a section."""
    faults = [] if text.startswith("# Changelog\n") else ["the first line must be '# Changelog'"]
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("## ") and not RELEASE.match(line):
            faults.append(f"{number}: {line} is no release")
        if line.startswith("### ") and line[4:] not in SECTIONS:
            faults.append(f"{number}: {line} is no section of a changelog")
    return (
        faults
        if "## [Unreleased]" in text or RELEASE.search(text) or "## [" in text
        else [*faults, "no release"]
    )


def contracts() -> Path:
    """Where the import contracts stand."""
    own = ROOT / ".importlinter"
    return own if own.exists() else ROOT / "pyproject.toml"


def lint(config: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the import linter as a process of its own."""
    program = Path(sys.executable).parent / "lint-imports"
    arguments = [str(program), "--config", str(config), "--no-cache", "--no-logo"]
    return subprocess.run(arguments, cwd=cwd, capture_output=True, text=True, check=False)


def test_the_readme_names_only_targets_that_exist() -> None:
    commands = commands_of((ROOT / "README.md").read_text("utf-8"))

    assert "make run" in commands
    assert "make test" in commands
    assert unknown_targets(commands, (ROOT / "Makefile").read_text("utf-8")) == []


def test_the_readme_names_only_commands_that_pakt_knows() -> None:
    for words in sorted(pakt_commands(commands_of((ROOT / "README.md").read_text("utf-8")))):
        answer = subprocess.run(
            [sys.executable, "-m", "ops.command_line", *words, "--help"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode == 0, f"pakt {' '.join(words)}: {answer.stderr}"


def test_the_readme_stays_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 200


def test_the_changelog_keeps_its_form() -> None:
    assert changelog_faults((ROOT / "CHANGELOG.md").read_text("utf-8")) == []


def test_every_room_imports_downward_only() -> None:
    answer = lint(contracts(), ROOT)

    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_a_wrong_target_and_command_are_found() -> None:
    text = "```sh\n$ make rum\n# a comment\n.venv/bin/pakt audit verify x  # look\n```"
    assert commands_of(text) == ["make rum", ".venv/bin/pakt audit verify x"]
    assert unknown_targets(commands_of(text), "run:\n\ttrue\n") == ["rum"]
    assert pakt_commands(commands_of(text)) == {("audit", "verify")}


def test_a_changelog_of_another_form_is_found() -> None:
    good = "# Changelog\n\n## [Unreleased]\n\n### Added\n- A thing.\n"
    assert changelog_faults(good) == []
    assert changelog_faults(good.replace("[Unreleased]", "soon"))
    assert changelog_faults(good.replace("### Added", "### Stuff"))


@pytest.mark.parametrize(("line", "code"), [("import below", 0), ("import above", 1)])
def test_an_upward_import_is_found(tmp_path: Path, line: str, code: int) -> None:
    for name in ("above", "below", "middle"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(line if name == "middle" else "", "utf-8")
    config = tmp_path / "contracts.ini"
    config.write_text(
        "[importlinter]\nroot_packages =\n    above\n    below\n    middle\n"
        "[importlinter:contract:1]\nname = middle knows nobody above\ntype = forbidden\n"
        "source_modules =\n    middle\nforbidden_modules =\n    above\n",
        "utf-8",
    )

    assert lint(config, tmp_path).returncode == code
