"""YAML as a person means it: `yes` stays a word, a doubled key is a mistake, each place knows its line."""

from typing import Any

import yaml

from domain.errors import InvalidInput
from domain.programme_reading import Place

_BOOLEAN = "tag:yaml.org,2002:bool"


class _Loader(yaml.SafeLoader):
    """A safe loader for which only `true` and `false` are booleans."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse references inside the file: they hide what a step says, and can be built to explode."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="a reference (*name) is not allowed", problem_mark=mark)
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOLEAN or first in "tTfF"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(text: str, source_name: str) -> tuple[Any, dict[Place, int]]:
    """The content of a YAML text, and the line of each place in it.

    Raises:
        InvalidInput: `yaml_broken` with file, line, problem and remedy.
    """
    try:
        loader = _Loader(text)
    except yaml.YAMLError as broken:  # a sign that no text holds, met before the first token
        raise _refusal(broken, source_name) from broken
    try:
        node = loader.get_single_node()
        lines: dict[Place, int] = {}
        if node is None:
            return None, lines
        _note_lines(node, (), lines)
        return loader.construct_document(node), lines
    except yaml.YAMLError as broken:
        raise _refusal(broken, source_name) from broken
    except RecursionError:
        too_deep = yaml.MarkedYAMLError(
            problem="lists within lists without end", problem_mark=loader.get_mark()
        )
        raise _refusal(too_deep, source_name) from None
    finally:
        loader.dispose()


def _note_lines(node: yaml.Node, place: Place, lines: dict[Place, int]) -> None:
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        for i, entry in enumerate(node.value):
            _note_lines(entry, (*place, i), lines)
    elif isinstance(node, yaml.MappingNode):
        for key, entry in node.value:
            inner = (*place, str(key.value))
            if inner in lines:
                raise yaml.MarkedYAMLError(problem=f"{key.value} is given twice", problem_mark=key.start_mark)
            lines[inner] = key.start_mark.line + 1
            _note_lines(entry, inner, lines)


def _refusal(broken: yaml.YAMLError, source_name: str) -> InvalidInput:
    mark = getattr(broken, "problem_mark", None)
    return InvalidInput(
        "yaml_broken",
        file=source_name,
        line=str(mark.line + 1) if mark else "unknown",
        field="file",
        problem=getattr(broken, "problem", None) or "not readable as YAML",
        remedy="correct this line: look at indentation, colons, quotes and doubled keys around it",
    )
