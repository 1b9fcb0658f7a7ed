"""What is published: read once, hashed, checked; broken files are told what to do."""

import hashlib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from domain.codes import Addressee
from domain.errors import InvalidInput, NotFound
from domain.facts import CaseFacts
from domain.programme import plan
from notices.texts import checked
from store import editions
from tests.support.generate_municipalities import TARGET, municipalities_text

FIRST = "d0841566a0ab704392291fa107f4d9b463a702cd91337e8431bf63ceed0cd137"
PACKAGED = files("domain").joinpath("programmes/2026-0.yaml").read_text(encoding="utf-8")


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    """An administrator's directory; what was in use before is in use again afterwards."""
    yield tmp_path
    editions.use_directory(None)


def publish(directory: Path, *, id_: str = "p2026_5", text: str = PACKAGED, **swaps: str) -> Path:
    for old, new in swaps.items():
        text = text.replace(old, new)
    file = directory / f"{id_}.yaml"
    file.write_text(text.replace("id: p2026_0", f"id: {id_}"), encoding="utf-8")
    return file


def refusal_of(directory: Path) -> InvalidInput:
    with pytest.raises(InvalidInput) as refused:
        editions.use_directory(directory)
    return refused.value


def test_the_packaged_programme_carries_the_hash_of_its_bytes() -> None:
    programme, edition = editions.programme("p2026_0")
    assert (programme.id, edition.id) == ("p2026_0", "p2026_0")
    assert edition.sha256 == hashlib.sha256(PACKAGED.encode()).hexdigest()


def test_the_text_of_a_programme_is_there_for_its_hash_and_no_other() -> None:
    _, edition = editions.programme("p2026_0")
    assert editions.programme_text(edition) == PACKAGED
    assert editions.programme_text(edition.model_copy(update={"sha256": "0" * 64})) is None
    assert editions.programme_text(edition.model_copy(update={"id": "p1999_0"})) is None


def test_the_first_programme_has_nine_steps_and_two_years() -> None:
    programme, _ = editions.programme("p2026_0")
    assert [step.id for step in programme.steps] == [
        "first_contact",
        "first_talk",
        "profile",
        "course_entitlement",
        "integration_plan",
        "course_registration",
        "attendance",
        "half_year_review",
        "final_report",
    ]
    assert programme.term_months == 24
    assert [n.before.n for n in programme.steps[5].notices] == [7, 2]
    assert [n.before.n for n in programme.steps[8].notices] == [30, 14, 7]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("version", ["p2026_0", "p2026_1"])
def test_every_text_that_a_programme_sends_a_participant_exists(language: str, version: str) -> None:
    programme, _ = editions.programme(version)
    notices = [n for step in programme.steps for n in step.notices]
    notices += [*programme.appointment_notices, *programme.commitment_notices]
    texts = {n.text for n in notices if n.to == Addressee.PARTICIPANT}
    assert texts == {"step_reminder", "appointment_reminder", "commitment_reminder"}
    assert all(checked(text, language) for text in texts)


def test_the_calendar_in_force_is_read_once_and_has_an_edition() -> None:
    calendar, edition = editions.calendar()
    assert edition.id == calendar.id == "bw_2026"
    assert (calendar.first, calendar.last) == (date(2015, 1, 1), date(2050, 12, 31))
    assert editions.calendar("bw_2026")[0] is calendar


@pytest.mark.parametrize("wanted", ["bw_1999", "../model", "", "BW_2026", "/etc/passwd"])
def test_an_unknown_calendar_or_programme_is_not_found(wanted: str) -> None:
    with pytest.raises(NotFound):
        editions.programme(wanted)
    if wanted:
        with pytest.raises(NotFound):
            editions.calendar(wanted)


def test_there_are_1101_municipalities_in_44_districts() -> None:
    known = editions.municipalities()
    assert len(known) == 1101
    districts = {ags[:5]: each.district for ags, each in known.items()}
    assert len(districts) == len(set(districts.values())) == 44
    cities = [name for name in districts.values() if name.startswith("Stadtkreis ")]
    assert len(cities) == 9
    assert all(ags.startswith("08") and len(ags) == 8 and each.ags == ags for ags, each in known.items())


def test_the_list_of_municipalities_is_what_its_command_generates() -> None:
    assert TARGET.read_text(encoding="utf-8") == municipalities_text()


@pytest.mark.parametrize(
    ("ags", "name", "district"),
    [
        ("08111000", "Stuttgart", "Stadtkreis Stuttgart"),
        ("08335002", "Allensbach", "Landkreis Konstanz"),
        ("08421000", "Ulm", "Stadtkreis Ulm"),
        ("08119079", "Waiblingen", "Rems-Murr-Kreis"),
    ],
)
def test_a_municipality_is_found_by_its_key(ags: str, name: str, district: str) -> None:
    found = editions.municipality(ags)
    assert (found.name, found.district) == (name, district)


@pytest.mark.parametrize("ags", ["08336012", "09162000", "8111000", "", "08111001", "Stuttgart"])
def test_a_wrong_key_is_refused_with_field_and_remedy(ags: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        editions.municipality(ags)
    assert refused.value.params["field"] == "ags"
    assert "Baden-Württemberg" in refused.value.params["remedy"]


def test_an_own_programme_changes_new_journeys_and_leaves_running_ones(own: Path) -> None:
    before = editions.programme("p2026_0")
    publish(own, **{"n: 12, unit: W": "n: 10, unit: W"})
    editions.use_directory(own)
    newest, edition = editions.newest_programme()
    assert edition.id == "p2026_5"
    assert edition.sha256 != before[1].sha256
    assert editions.programme("p2026_0") == before
    calendar, _ = editions.calendar()
    facts = CaseFacts(
        journey="jrn_" + "0" * 32,
        office="off_test",
        ags="08111000",
        t0=date(2027, 1, 4),
        opened_on=date(2027, 1, 4),
        programme="p2026_5",
    )
    planned = [
        {entry.step: entry.due for entry in plan(p, facts, calendar)}["integration_plan"]
        for p in (newest, before[0])
    ]
    assert planned == [date(2027, 3, 15), date(2027, 3, 29)]


def test_numbers_in_ids_are_counted_as_numbers(own: Path) -> None:
    for id_ in ("p2026_9", "p2026_10"):
        publish(own, id_=id_)
    editions.use_directory(own)
    assert [e.id for _, e in editions.programmes()] == ["p2026_0", "p2026_1", "p2026_9", "p2026_10"]


def test_an_own_programme_cannot_take_the_id_that_running_journeys_are_held_to(own: Path) -> None:
    publish(own, id_="p2026_0", **{"n: 12, unit: W": "n: 10, unit: W"})
    assert refusal_of(own).params["problem"] == "id_taken"


def test_a_plain_copy_of_a_packaged_programme_does_no_harm(own: Path) -> None:
    publish(own, id_="p2026_0")
    editions.use_directory(own)
    assert len(editions.programmes()) == 2


def test_two_own_files_cannot_share_an_id(own: Path) -> None:
    publish(own).rename(own / "a.yaml")
    publish(own)
    assert refusal_of(own).params["problem"] == "id_taken"


def test_a_file_added_later_is_found_and_one_in_use_is_not_read_again(own: Path) -> None:
    publish(own)
    editions.use_directory(own)
    first = editions.programme("p2026_5")
    publish(own, **{"n: 12, unit: W": "n: 10, unit: W"})
    publish(own, id_="p2026_6")
    assert editions.programme("p2026_6")[1].id == "p2026_6"
    assert editions.programme("p2026_5") == first


def test_a_refused_directory_leaves_in_use_what_was_in_use(
    own: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    publish(own)
    editions.use_directory(own)
    broken = tmp_path_factory.mktemp("broken")
    publish(broken, id_="p2026_6", **{"unit: W": "unit: weeks"})
    refusal_of(broken)
    assert editions.newest_programme()[1].id == "p2026_5"


def test_a_missing_directory_is_named(own: Path) -> None:
    told = refusal_of(own / "nowhere").params
    assert told["file"].endswith("nowhere")
    assert told["remedy"]


def line_of(file: Path, text: str) -> str:
    lines = file.read_text(encoding="utf-8").splitlines()
    return str(next(n for n, line in enumerate(lines, start=1) if text in line))


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("actor: participant", "actor: nobody", "programme_invalid", "steps[course_registration].actor"),
        ("n: 12, unit: W", "n: 12, unit: X", "programme_invalid", "steps[integration_plan].due.unit"),
        ("n: 14, unit: d}\n    when", "m: 14, unit: d}\n    when", "programme_invalid", None),
        ("after: term", "after: step:coffee", "programme_invalid", "steps[final_report].due.after"),
        ("to_month: 3\n", "to_month: 3\n    to_month: 4\n", "yaml_broken", "file"),
        ("  - id: profile", "  - id: [profile", "yaml_broken", "file"),
        ("term_months: 24", "term_months: 24: 36", "yaml_broken", "file"),
        ("after: term", "after: *anchor", "yaml_broken", "file"),
        ("id: arrival", "id: !!python/object:os.system x", "yaml_broken", "file"),
    ],
)
def test_a_broken_file_is_refused_with_file_line_field_and_remedy(
    own: Path, old: str, new: str, code: str, field: str | None
) -> None:
    file = publish(own, **{old: new})
    refused = refusal_of(own)
    assert refused.code == code
    told = refused.params
    assert told["file"] == file.name
    assert told["problem"]
    assert told["remedy"]
    assert field is None or told["field"] == field
    changed = next(line for line in new.splitlines()[::-1] if line not in old.splitlines())
    assert abs(int(told["line"]) - int(line_of(file, changed))) <= 1


def test_a_file_that_is_not_utf_8_is_refused(own: Path) -> None:
    (own / "latin.yaml").write_bytes(PACKAGED.encode("latin-1"))
    assert "UTF-8" in refusal_of(own).params["remedy"]


def test_an_empty_file_is_refused(own: Path) -> None:
    (own / "empty.yaml").write_text("")
    assert refusal_of(own).params["file"] == "empty.yaml"


def test_other_files_beside_the_programmes_are_left_alone(own: Path) -> None:
    publish(own)
    (own / "README.txt").write_text("Notes")
    editions.use_directory(own)
    assert len(editions.programmes()) == 3


def test_the_first_programme_is_byte_for_byte_what_running_journeys_are_held_to() -> None:
    assert editions.programme("p2026_0")[1].sha256 == FIRST


def test_yes_and_no_are_words_and_no_truth_values() -> None:
    assert yaml.safe_load("[yes]") == [True], "what plain YAML would make of it"
    programme, _ = editions.programme("p2026_0")
    settled_by = programme.steps[5].settled_by
    assert settled_by is not None
    assert settled_by.value == ("yes",)
