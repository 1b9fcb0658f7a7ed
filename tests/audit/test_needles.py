"""A person is found in a record that names one, and not in one that only uses the same words as codes."""

from typing import Any

import pytest

from audit.needles import find_needle
from store.participants import Identity

PERSON = Identity.model_validate(
    {
        "name": "Oksana Übelacker-Call",
        "birth_date": "1988-03-14",
        "email": "oksana.ue@example.org",
        "phone": "+49 711 123456",
        "address": "Lindenweg 3, 70173 Stuttgart",
    }
)


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ({"events": [{"note": "told Oksana so"}]}, "name"),
        ({"message": "no such person: OKSANA ÜBELACKER-CALL"}, "name"),
        ({"message": "Frau u\u0308belacker ruft an"}, "name"),
        ({"to": "oksana.ue@example.org"}, "email"),
        ({"to": ["tel:+49711-123456"]}, "phone"),
        ({"at": "Lindenweg"}, "address"),
        ({"born 14.03.1988": 1}, "birth_date"),
    ],
)
def test_what_names_a_person_is_found(record: Any, field: str) -> None:
    assert find_needle(PERSON, record) == field


@pytest.mark.parametrize(
    "record",
    [
        {"contact": "call", "stuttgart": 1, "office": "off_stuttgart"},
        {"subject": "journey", "at": "2027-03-14T10:00:00Z", "id": "jrn_" + "0" * 32},
        {},
    ],
)
def test_codes_that_sound_like_a_name_are_no_person(record: Any) -> None:
    assert find_needle(PERSON, record) is None
