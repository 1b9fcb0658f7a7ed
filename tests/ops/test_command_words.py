"""Commands as words of the shell: every field that a command has can be given."""

import pytest

from ops.cli_journey import read_body

BODIES: list[tuple[tuple[str, ...], dict[str, object]]] = [
    (
        ("record_fact", "code=child_place", "about=child/2", "value=yes", "valid_from=2027-01-04"),
        {"about": "child/2", "value": "yes"},
    ),
    (("record_fact", "code=course_week", "value=aaaaa--", "valid_from=2027-01-04"), {"value": "aaaaa--"}),
    (
        ("assign_case_worker", "case_worker=usr_" + "1" * 32, "substitute=usr_" + "2" * 32),
        {"substitute": "usr_" + "2" * 32},
    ),
    (("pin_book", "book=b2026_1"), {"book": "b2026_1"}),
    (("pin_book",), {"book": None}),
]


@pytest.mark.parametrize(("words", "said"), BODIES)
def test_every_new_field_of_a_command_can_be_given_in_the_shell(
    words: tuple[str, ...], said: dict[str, object]
) -> None:
    body = read_body(words[0], list(words[1:]))

    assert {name: getattr(body, name) for name in said} == said
