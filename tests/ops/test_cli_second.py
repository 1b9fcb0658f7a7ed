"""The word of a second person in the shell: asked for, refused to the wrong one, rejected with a reason."""

import json

from store import queries
from store.database import Store
from store.seed import FIRST_OFFICE
from tests.ops.test_cli_office import Shell, home, seeded, shell, store  # noqa: F401 - their fixtures are ours too

EXTEND = ("extend_term", "months=36", "reason=illness", "on=2027-01-11")
EARLY_END = ("close", "reason=own_wish", "on=2027-01-11")


def _journey(store: Store) -> str:  # noqa: F811 - the fixture by its name
    with store.read() as session:
        return queries.journey_list(session, store, offices=[FIRST_OFFICE])[0].row.id


def test_a_command_for_two_becomes_a_request_that_the_requester_cannot_grant(
    store: Store,  # noqa: F811 - the fixture by its name
    shell: Shell,  # noqa: F811 - the fixture by its name
) -> None:
    code, out, _ = shell("--json", "journey", "command", _journey(store), *EARLY_END)
    approval = json.loads(out)["approval"]

    own, _, said = shell("journey", "approve", approval)

    assert code == 0
    assert json.loads(out)["state"] == "requested"
    assert own == 2
    assert "There is no such request, or it does not wait for you." in said


def test_the_same_command_again_is_the_same_request_and_another_one_has_to_wait(
    store: Store,  # noqa: F811 - the fixture by its name
    shell: Shell,  # noqa: F811 - the fixture by its name
) -> None:
    words = ("--json", "journey", "command", _journey(store), *EARLY_END)
    same = ("--command-id", "cmd_" + "7" * 32)

    first, second = [json.loads(shell(*words, *same)[1]) for _ in range(2)]
    code, _, said = shell(*words)

    assert first == second
    assert code == 1
    assert "A request for this is waiting already." in said


def test_a_rejection_is_read_by_everybody_who_asks_again(
    store: Store,  # noqa: F811 - the fixture by its name
    shell: Shell,  # noqa: F811 - the fixture by its name
) -> None:
    approval = shell("journey", "command", _journey(store), *EARLY_END)[1].split()[0]

    code, out, _ = shell("journey", "reject", approval, "--reason", "too early", "--as", "vogt")
    late, _, said = shell("journey", "approve", approval, "--as", "vogt")

    assert (code, late) == (0, 1)
    assert "rejected" in out
    assert "This request has been decided already (rejected)." in said


def test_who_may_not_agree_is_refused_before_anything_is_filed(
    store: Store,  # noqa: F811 - the fixture by its name
    shell: Shell,  # noqa: F811 - the fixture by its name
) -> None:
    words = ("journey", "command", _journey(store), *EARLY_END)

    answers = [shell(*words, "--approved-by", login) for login in ("maier", "okafor", "lang")]

    assert {code for code, _, _ in answers} == {1}
    assert all("This person cannot agree here" in said for _, _, said in answers)


def test_what_the_journey_would_refuse_is_refused_at_once(store: Store, shell: Shell) -> None:  # noqa: F811
    code, _, said = shell("journey", "command", _journey(store), *EXTEND)

    assert code == 1
    assert "Consent to casework is missing." in said


def test_numbers_and_codes_that_are_allowed_are_listed(store: Store, shell: Shell) -> None:  # noqa: F811
    journey = _journey(store)

    months = shell(
        "journey", "command", journey, "extend_term", "months=24", "reason=illness", "on=2027-01-11"
    )
    step = shell("journey", "command", journey, "move_programme", "programme=p1999_1", "on=2027-01-11")

    assert (months[0], step[0]) == (2, 2)
    assert "(36, 48)" in months[2]
    assert "p2026_0" in step[2]


def test_nobody_of_the_old_office_answers_a_hand_over_and_an_unknown_one_is_nobodys(
    store: Store,  # noqa: F811 - the fixture by its name
    shell: Shell,  # noqa: F811 - the fixture by its name
) -> None:
    asked = "hov_" + "0" * 32
    words = ("answer_hand_over", f"hand_over={asked}", "accepted=true", "on=2027-01-11")

    own = shell("journey", "command", _journey(store), *words)
    unknown = shell("journey", "return", asked, "--reason", "no_capacity", "--as", "lang")
    reason = shell("journey", "return", asked, "--reason", "no", "--as", "lang")

    assert own[0] == 2
    assert "Only the asked office answers this" in own[2]
    assert unknown[0] == 2
    assert "your office was not asked" in unknown[2]
    assert "not_here, no_capacity, papers_missing, other" in reason[2]
