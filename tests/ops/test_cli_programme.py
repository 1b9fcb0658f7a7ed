"""`pakt programme`: the picture, the check of a file, the comparison of two versions."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.errors import InvalidInput, NotFound
from ops.cli_programme import run
from ops.own_programmes import programme_id
from store import editions

PUBLISHED = Path(__file__).parents[2] / "domain" / "programmes" / "2026-1.yaml"
Says = Callable[..., str]


@pytest.fixture
def says(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Says:
    """What a command of the shell prints."""

    def asked(*words: str, language: str = "en", as_json: bool = False) -> str:
        monkeypatch.setenv("PAKT_LANGUAGE", language)
        assert run([*words], data_dir=tmp_path, as_json=as_json) == 0
        return capsys.readouterr().out

    return asked


@pytest.mark.parametrize("written", ["2026-1", "2026_1", "p2026-1", "p2026_1"])
def test_a_programme_is_named_as_people_write_it(says: Says, written: str) -> None:
    assert programme_id(written) == "p2026_1"
    assert says("show", written).startswith("p2026_1 ")


def test_the_newest_is_shown_where_none_is_named(says: Says) -> None:
    assert says("show").startswith(editions.newest_programme()[1].id)


@pytest.mark.parametrize(
    ("language", "lead", "own"), [("de", "Teamleitung", "Fördern"), ("en", "Lead", "Fördern, the office")]
)
def test_the_picture_has_a_line_for_each_step_and_both_sides(
    says: Says, language: str, lead: str, own: str
) -> None:
    said = says("show", "2026-1", language=language)
    programme, _ = editions.programme("p2026_1")
    for step in programme.steps:
        title = step.title.en if language == "en" else step.title.de
        assert sum(f"{step.code} {title[:36]}" in line for line in said.splitlines()) == 1, step.id
        assert f"{step.code} {step.id}: {title}" in said
    assert lead in said
    assert own in said
    assert "◆" in said


def test_reviews_stand_under_their_months(says: Says) -> None:
    lines = says("show", "2026-1").splitlines()
    (months,) = [line for line in lines if line.strip().startswith("M0")]
    (review,) = [line for line in lines if line.strip().startswith("D2 Half-year")]
    assert [n for n, letter in enumerate(review) if letter == "◆"] == [
        months.index(f"M{m}") for m in (6, 12, 18)
    ]


def test_an_extended_term_is_drawn_too_and_another_one_is_refused(says: Says) -> None:
    assert "48 months" in says("show", "2026-1", "--months", "48")
    with pytest.raises(InvalidInput) as told:
        says("show", "2026-1", "--months", "30")
    assert told.value.params["remedy"] == "24, 36, 48"


def test_an_unknown_programme_is_not_found(says: Says) -> None:
    with pytest.raises(NotFound):
        says("show", "1999-1")


def test_the_document_has_every_field_of_every_step_and_the_hash(says: Says) -> None:
    document = json.loads(says("show", "2026-1", as_json=True))
    assert document["sha256"] == editions.programme("p2026_1")[1].sha256
    assert len(document["steps"]) == 32
    assert {"code", "actor", "due", "core", "foerdern", "fordern", "notices", "rules", "voluntary"} <= set(
        document["steps"][0]
    )


def test_a_good_file_passes_the_check(says: Says) -> None:
    assert "p2026_1: good, 32 steps" in says("check", str(PUBLISHED))


def test_two_versions_are_compared_for_a_journey_that_has_just_begun(says: Says) -> None:
    assert "appears    2028-10-04" in says("compare", "2026-0", "2026-1")
    document = json.loads(says("compare", "2026-0", "2026-1", "--t0", "2028-02-29", as_json=True))
    found = {change["step"]: change for change in document["changes"]}
    assert found["handover"] == {
        "step": "handover",
        "change": "appears",
        "before": None,
        "after": "2029-11-29",
        "core": True,
    }


def test_two_versions_are_compared_for_the_facts_of_a_journey(says: Says, tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    facts = {"journey": "jrn_" + "0" * 32, "office": "off_test", "ags": "08111000", "programme": "p2026_0"}
    facts |= {"t0": "2027-01-04", "opened_on": "2027-01-04", "case_worker": "usr_" + "1" * 32}
    file.write_text(json.dumps({**facts, "substitute": "usr_" + "2" * 32}))
    document = json.loads(says("compare", "2026-0", "2026-1", "--facts", str(file), as_json=True))
    assert "assignment" not in {change["step"] for change in document["changes"]}


@pytest.mark.parametrize(
    ("content", "code"),
    [("{", "not_json"), ('{"office": "off_test"}', "file_no_journey"), ('{"journey": "x"}', "wrong_value")],
)
def test_facts_that_are_none_are_refused_with_their_file(
    says: Says, tmp_path: Path, content: str, code: str
) -> None:
    file = tmp_path / "facts.json"
    file.write_text(content)
    with pytest.raises(InvalidInput) as told:
        says("compare", "2026-0", "2026-1", "--facts", str(file))
    assert told.value.code == code
    assert told.value.params["file"] == str(file)
