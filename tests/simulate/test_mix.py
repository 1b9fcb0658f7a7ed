"""The mix and the chance: the same seed, the same people, in exactly the shares that the file names."""

from collections import Counter
from pathlib import Path

import pytest

from domain.errors import InvalidInput
from ops.simulate.chance import Chance, shuffled
from ops.simulate.mix import STANDARD, read_mix
from store import ids

ROOT = Path(__file__).parents[2]


def test_twenty_people_are_ten_four_two_two_two() -> None:
    cast = Counter(life.name for life in read_mix().cast(20, seed=7))
    assert sorted(cast.values()) == [2, 2, 2, 4, 10]


def test_no_person_is_lost_where_the_shares_do_not_come_out_even() -> None:
    for journeys in range(1, 30):
        assert len(read_mix().cast(journeys, seed=1)) == journeys


def test_the_seed_decides_who_lives_how() -> None:
    casts = [[life.name for life in read_mix().cast(20, seed)] for seed in (7, 7, 8)]
    assert casts[0] == casts[1] != casts[2]


def test_there_is_one_mix_and_the_checkout_has_it_where_the_design_says() -> None:
    assert (ROOT / "tests" / "support" / "mix.toml").resolve() == STANDARD.resolve()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("percent = 50", "percent = 51"),
        ("late = [-5, 0]", "late = [0, -5]"),
        ("writes = [21, 28]", "writes = [0, 28]"),
        ('name = "punctual"', 'name = "punctual"\nmood = "good"'),
        ("[[life]]", "[[life"),
    ],
)
def test_a_mix_that_makes_no_sense_is_refused_with_its_place(tmp_path: Path, old: str, new: str) -> None:
    wrong = tmp_path / "mix.toml"
    wrong.write_text(STANDARD.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InvalidInput, match="mix_malformed"):
        read_mix(wrong)


def test_a_missing_mix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="mix_unreadable"):
        read_mix(tmp_path / "nowhere.toml")


def test_chance_repeats_itself_and_keeps_to_its_bounds() -> None:
    draws = [[chance.between((-3, 3)) for _ in range(500)] for chance in (Chance("a"), Chance("a"))]
    assert draws[0] == draws[1]
    assert set(draws[0]) == set(range(-3, 4))
    assert [Chance("b").between((-3, 3)) for _ in range(500)] != draws[0]
    assert not any(Chance("c").happens(0) for _ in range(100))


def test_shuffling_keeps_everybody() -> None:
    assert sorted(shuffled(list(range(50)), "x")) == list(range(50))
    assert shuffled(list(range(50)), "x") == shuffled(list(range(50)), "x") != list(range(50))


def test_ids_are_drawn_again_from_the_same_seed_and_only_inside() -> None:
    def three() -> list[str]:
        with ids.drawn_from("7/1"):
            return [ids.new("journey") for _ in range(3)]

    assert three() == three()
    assert len(set(three())) == 3
    assert ids.new("journey") not in three()
    assert ids.new("journey") != ids.new("journey")
