"""Every refusal that a person can meet has its sentence: at the desk where pages refuse, else there or in the shell."""

import ast
from collections.abc import Iterable, Iterator

from ops.console import said_in_the_shell
from tests.house.sources import Source, dotted, of_rooms
from web.refusals import SENTENCES as AT_THE_DESK

ROOMS = ("domain", "rules", "store", "gateway", "web", "ops")
NEEDS_ONE = frozenset({"InvalidInput", "Refusal"})
# The desk answers alike for whatever it does not show; the shell names what it did not find.
NAMED_IN_THE_SHELL = frozenset({"NotFound"})
IN_THE_SHELL = ("rules", "ops")


def unsaid(sources: Iterable[Source]) -> list[str]:
    """Where a code is raised that has no sentence for those who read it there."""
    return [
        f"{one.path}:{line} {code}"
        for one in sources
        for line, code in _raised(one)
        if code not in AT_THE_DESK and (_of_a_page(one) or not said_in_the_shell(code))
    ]


def _of_a_page(source: Source) -> bool:
    """True for what only the desk carries out; the handbook's files are written by the shell as well."""
    return source.room == "web" and not source.path.startswith("web/handbook/")


def _raised(source: Source) -> Iterator[tuple[int, str]]:
    kinds = NEEDS_ONE | NAMED_IN_THE_SHELL if source.room in IN_THE_SHELL else NEEDS_ONE
    for within in ast.walk(source.tree):
        if isinstance(within, ast.Call) and within.args and dotted(within.func).rpartition(".")[2] in kinds:
            yield from ((within.lineno, code) for code in _codes(within.args[0]))


def _codes(given: ast.expr) -> Iterator[str]:
    """The code itself, or both that a condition chooses from; one that is computed is left to other tests."""
    if isinstance(given, ast.IfExp):
        yield from (*_codes(given.body), *_codes(given.orelse))
    elif isinstance(given, ast.Constant) and isinstance(given.value, str):
        yield given.value


def test_every_refusal_has_its_sentence() -> None:
    assert unsaid(of_rooms(*ROOMS)) == []


def test_a_refusal_without_a_sentence_is_found() -> None:
    bad = 'raise errors.InvalidInput("no_words_for_it" if late else "journey_closed", field="day")'

    assert unsaid([Source("domain/bad.py", bad)]) == ["domain/bad.py:1 no_words_for_it"]
    assert unsaid([Source("rules/bad.py", 'raise NotFound("no_words_for_it")')])
    assert not unsaid([Source("store/fine.py", 'raise NotFound("no_words_for_it")')])


def test_what_the_shell_alone_can_say_is_no_sentence_for_a_page() -> None:
    assert not unsaid([Source("ops/fine.py", 'raise InvalidInput("not_up")')])
    assert unsaid([Source("web/bad.py", 'raise InvalidInput("not_up")')])
