"""Arguments of a command: argparse without its usage page; a mistake is one line like any other refusal."""

import argparse
import re
from typing import NoReturn

from domain.errors import InvalidInput

_MISTAKES = (
    ("usage_missing", re.compile(r"the following arguments are required: (?P<field>.+)")),
    (
        "usage_choice",
        re.compile(
            r"argument (?P<field>.+?): invalid choice: '(?P<value>.*)' \(choose from (?P<remedy>.+)\)"
        ),
    ),
    ("usage_value", re.compile(r"argument (?P<field>.+?): invalid \w+ value: '(?P<value>.*)'")),
    ("usage_day", re.compile(r"argument (?P<field>.+?): (?P<value>.*) is no date.*")),
    ("usage_bare", re.compile(r"argument (?P<field>.+?): expected .+")),
    ("usage_unknown", re.compile(r"unrecognized arguments: (?P<field>.+)")),
)


class Parser(argparse.ArgumentParser):
    """An `ArgumentParser` whose mistakes are `InvalidInput`; the parsers of its actions are the same."""

    def error(self, message: str) -> NoReturn:
        """Refuse with field, value and remedy instead of printing the usage and leaving."""
        raise usage_mistake(self.prog, message)


def usage_mistake(command: str, message: str) -> InvalidInput:
    """What argparse found wrong, as a refusal that both languages have a sentence for."""
    for code, pattern in _MISTAKES:
        if (found := pattern.fullmatch(message)) is not None:
            return InvalidInput(code, command=command, **found.groupdict())
    return InvalidInput("usage", field="arguments", command=command, remedy=message)
