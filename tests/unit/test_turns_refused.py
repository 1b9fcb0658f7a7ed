"""What a turn of life cannot be: each refusal has its code and the field that it speaks of."""

from typing import Any

import pytest

from domain.codes import Purpose
from tests.support.decided import OFFICE, Decided, ident

TODAY = "2027-01-18"
ASKED = {"hand_over": ident("hov"), "to_office": "off_beispielheim", "to_ags": "08115045", "on": TODAY}
ON = {"on": TODAY}


@pytest.fixture(scope="module")
def life() -> Decided:
    """Casework and hand-over agreed, the move looked at, another office asked, one value known."""
    begun = Decided.start().until(TODAY, "10:00")
    begun.allow(Purpose.CASEWORK, Purpose.HAND_OVER)
    begun.know(move_checked="yes")
    for kind, fields in (
        ("offer_hand_over", ASKED),
        ("link_household", {"household": ident("hhd"), "relation": "adult", **ON}),
        ("present_offer", {"offer": ident("ofr"), "offer_kind": "course", **ON}),
        ("choose_step", {"step": "housing", **ON}),
        ("absorb_duplicate", {"duplicate": ident("jrn", 7), "approved": True, **ON}),
    ):
        assert begun.do(kind, **fields) is None, kind
    return begun


@pytest.mark.parametrize(
    ("kind", "fields", "code", "field"),
    [
        (
            "offer_hand_over",
            {**ASKED, "hand_over": ident("hov", 2), "to_office": OFFICE},
            "own_office",
            "to_office",
        ),
        ("offer_hand_over", {**ASKED, "hand_over": ident("hov", 2)}, "hand_over_open", "hand_over"),
        ("offer_hand_over", ASKED, "exists_already", "hand_over"),
        (
            "answer_hand_over",
            {"hand_over": ident("hov"), "accepted": True, **ON},
            "continuation_missing",
            "continued_as",
        ),
        ("withdraw_hand_over", {"hand_over": ident("hov", 9), **ON}, "unknown_subject", "hand_over"),
        ("change_status", {"status": "recognised", "valid_from": "2027-02-01"}, "future_day", "valid_from"),
        (
            "change_status",
            {"status": "recognised", "valid_from": TODAY, "benefit": "pocket_money"},
            "bad_value",
            "benefit",
        ),
        ("review_pause", {"pause": ident("pau"), **ON}, "unknown_subject", "pause"),
        (
            "link_household",
            {"household": ident("hhd"), "relation": "child", **ON},
            "exists_already",
            "household",
        ),
        ("leave_household", {"household": ident("hhd", 2), **ON}, "unknown_subject", "household"),
        ("unblock_address", {"approved": True, **ON}, "not_blocked", "on"),
        ("merge_into", {"into": ident("jrn"), "approved": True, **ON}, "same_journey", "into"),
        (
            "absorb_duplicate",
            {"duplicate": ident("jrn", 7), "approved": True, **ON},
            "exists_already",
            "duplicate",
        ),
        ("withdraw_fact", {"fact": 99, "reason": "mistake", **ON}, "unknown_subject", "fact"),
        ("settle_dispute", {"fact": 1, "code": "interpreter", "upheld": True, **ON}, "not_disputed", "fact"),
        (
            "correct_appointment",
            {"appointment": ident("apt"), "status": "kept", "reason": "mistake", **ON},
            "unknown_subject",
            "appointment",
        ),
        ("choose_step", {"step": "housing", **ON}, "already_settled", "step"),
        ("drop_step", {"step": "internship", **ON}, "unknown_subject", "step"),
        ("present_offer", {"offer": ident("ofr"), "offer_kind": "course", **ON}, "exists_already", "offer"),
        (
            "settle_offer",
            {"offer": ident("ofr"), "outcome": "declined", "on": "2027-01-17"},
            "settled_before_offered",
            "on",
        ),
        ("move_programme", {"programme": "p2026_0", **ON}, "already_settled", "programme"),
    ],
)
def test_what_cannot_be_is_refused_with_code_and_field(
    life: Decided, kind: str, fields: dict[str, Any], code: str, field: str
) -> None:
    before = life.state.seq

    refusal = life.do(kind, **fields)

    assert refusal is not None
    assert (refusal.code, refusal.params["field"]) == (code, field)
    assert life.state.seq == before


def test_the_own_name_is_no_second_person() -> None:
    begun = Decided.start()
    begun.allow()

    for kind, fields in (
        ("extend_term", {"months": 36, "reason": "family"}),
        ("merge_into", {"into": ident("jrn", 4)}),
    ):
        refusal = begun.do(kind, on="2027-01-04", **fields)
        assert refusal is not None
        assert refusal.code == "second_person_needed"


def test_a_supersession_names_a_value_of_the_same_kind() -> None:
    begun = Decided.start()

    wrong = {"code": "email_address", "value": "known", "valid_from": "2027-01-04", "supersedes": 7}
    refusal = begun.do("record_fact", **wrong)

    assert refusal is not None
    assert refusal.code == "unknown_subject"
