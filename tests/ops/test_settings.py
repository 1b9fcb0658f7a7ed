"""Settings: the file, then the environment; production refuses what a demo may do."""

import json
import stat
from pathlib import Path

import pytest

from domain.errors import InvalidInput
from ops.settings import Settings, ensure_master_key, load, load_installed

GOOD_KEY = "00112233445566778899aabbccddeeff0123456789abcdef0f1e2d3c4b5a6978"


def production(home: Path, *, key: str | None = GOOD_KEY, mode: int = 0o600, **changes: str) -> Settings:
    home.mkdir(exist_ok=True)
    if key is not None:
        (home / "master.key").write_text(key)
        (home / "master.key").chmod(mode)
    names = {f"PAKT_{name.upper()}": value for name, value in changes.items()}
    return load(home, environment={"PAKT_PRODUCTION": "true", **names})


def refused(home: Path, **changes: object) -> str:
    with pytest.raises(InvalidInput) as refusal:
        production(home, **changes)  # type: ignore[arg-type]
    return refusal.value.code


def test_settings_written_by_one_process_are_read_by_another(tmp_path: Path) -> None:
    Settings(data_dir=tmp_path, smtp_port=2525, demo=True).save()
    read = load(tmp_path, environment={})
    assert (read.smtp_port, read.demo, read.data_dir) == (2525, True, tmp_path)
    assert read.database_url == f"sqlite:///{tmp_path}/pakt.sqlite"


def test_the_settings_file_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    path = Settings(data_dir=tmp_path).save()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_environment_overrides_the_file(tmp_path: Path) -> None:
    Settings(data_dir=tmp_path, smtp_port=2525).save()
    assert load(tmp_path, environment={"PAKT_SMTP_PORT": "2526"}).smtp_port == 2526


def test_a_port_that_is_no_port_names_the_field_and_not_the_value(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refusal:
        load(tmp_path, environment={"PAKT_SMTP_PORT": "hunter2"})
    assert refusal.value.params["field"] == "smtp_port"
    assert "hunter2" not in str(refusal.value)


def test_an_unknown_setting_in_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"smpt_port": 1}))
    with pytest.raises(InvalidInput) as refusal:
        load(tmp_path, environment={})
    assert refusal.value.params["field"] == "smpt_port"


def test_a_broken_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text("{")
    with pytest.raises(InvalidInput, match="settings_broken"):
        load(tmp_path, environment={})


def test_production_starts_with_a_real_key_that_only_its_owner_reads(tmp_path: Path) -> None:
    assert production(tmp_path).master_key() == bytes.fromhex(GOOD_KEY)


def test_production_refuses_a_missing_key(tmp_path: Path) -> None:
    assert refused(tmp_path, key=None) == "master_key_missing"


def test_production_refuses_a_short_key(tmp_path: Path) -> None:
    assert refused(tmp_path, key=GOOD_KEY[:-2]) == "master_key_short"


@pytest.mark.parametrize("key", ["00" * 32, "ab" * 32, "0102030405060708" * 4, bytes(range(32)).hex()])
def test_a_key_with_a_pattern_is_a_sample_key(tmp_path: Path, key: str) -> None:
    assert refused(tmp_path, key=key) == "master_key_default"


def test_production_refuses_a_key_file_that_others_can_read(tmp_path: Path) -> None:
    assert refused(tmp_path, mode=0o640) == "key_file_readable"


def test_production_refuses_the_clock_of_the_demo(tmp_path: Path) -> None:
    assert refused(tmp_path, demo="true") == "demo_in_production"


def test_outside_production_the_same_settings_are_fine(tmp_path: Path) -> None:
    assert load(tmp_path, environment={"PAKT_DEMO": "true"}).demo


def test_a_new_key_is_random_private_and_never_replaced(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for path in (one, other):
        ensure_master_key(path)
    first = one.read_text()
    ensure_master_key(one)
    assert one.read_text() == first != other.read_text()
    assert stat.S_IMODE(one.stat().st_mode) == 0o600
    assert len(bytes.fromhex(first)) == 32


def test_a_command_on_an_empty_place_is_refused_and_leaves_it_empty(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="not_installed"):
        load_installed(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()
