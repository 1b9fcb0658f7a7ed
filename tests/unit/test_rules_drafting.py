"""A book of one's own changes numbers within their limits, and nothing else."""

from datetime import date

import pytest

from domain.errors import InvalidInput
from rules.documents import from_document, to_document
from rules.drafting import Changed, differences, draft, faults
from rules.judge import decide
from tests.support.facts import BOOK, CALENDAR, facts


def test_a_draft_changes_the_number_and_the_day_and_says_where_the_number_comes_from() -> None:
    sooner = draft(BOOK, {"FOE-02.task": "2"}, "sooner")

    assert differences(BOOK, sooner) == (Changed("FOE-02.task", "W", 3, 2),)
    assert sooner.sha256 != BOOK.sha256
    assert "zuvor 3 W" in sooner.parameters["FOE-02.task"].source
    on = date(2027, 1, 18)
    assert decide(facts(), on, calendar=CALENDAR, book=BOOK).decisions == ()
    (made,) = decide(facts(), on, calendar=CALENDAR, book=sooner).decisions
    assert (made.rule, made.stage) == ("FOE-02", 1)


def test_a_draft_survives_being_stored_and_loaded() -> None:
    sooner = draft(BOOK, {"FOE-02.task": "2"}, "sooner")

    assert from_document(to_document(sooner)).sha256 == sooner.sha256


def test_the_check_finds_nothing_in_sound_numbers_and_a_ladder_whose_steps_fall_together() -> None:
    on = date(2027, 1, 4)

    assert faults(draft(BOOK, {"FOE-02.task": "2"}, "sound"), on, calendar=CALENDAR) == ()
    (found,) = faults(draft(BOOK, {"FOE-02.lead": "3"}, "steep"), on, calendar=CALENDAR)
    assert found.reason.startswith("ladder_order")


@pytest.mark.parametrize(
    ("numbers", "code", "told"),
    [
        ({}, "nothing_changed", "--set"),
        ({"FOE-02.tusk": "2"}, "parameter_unknown", "did you mean FOE-02.task?"),
        ({"zzz": "2"}, "parameter_unknown", "pakt rules show"),
        ({"FOE-02.task": "0"}, "value_out_of_range", "a value from 1 to 3 W"),
        ({"FOE-02.task": "4"}, "value_out_of_range", "a value from 1 to 3 W"),
        ({"FOE-02.task": "3"}, "value_unchanged", "leave it out"),
        ({"FOE-02.task": "two"}, "value_no_number", "in W"),
        ({"FOE-02.task": "1.5"}, "value_no_number", "whole number"),
        ({"FOE-02.task": "inf"}, "value_no_number", "in W"),
        ({"FOE-02.task": "nan"}, "value_no_number", "in W"),
    ],
)
def test_a_draft_that_is_wrong_is_refused_with_name_and_remedy(
    numbers: dict[str, str], code: str, told: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        draft(BOOK, numbers, "wrong")

    assert caught.value.code == code
    assert told in caught.value.params["field"] + caught.value.params["remedy"]
