"""Journeys lived on the whole house, in skipped time: exported, verified, replayed and decided again."""

from pathlib import Path

import pytest

from audit.bundle import export
from audit.fetch import archive_missing
from audit.format import Bundle, parse, read
from audit.shipped import replay_bundle
from audit.verify import verify
from domain.errors import NotFound, NotPermitted, Permanent
from ops.codec import data_converter
from store import ledger, participants
from store.participants import Identity
from tests.replay.life import BEGIN, MAIL, half_a_year, to_the_end
from tests.support.stage import Stage


async def exported(house: Stage, journey: str, out: Path, *, connected: bool = True) -> Bundle:
    converter = data_converter(house.store.keys)
    client = house.client if connected else None
    return await export(house.store, client, journey, out, converter=converter)


async def test_half_a_year_and_its_end_replay_and_decide_as_they_did(house: Stage, tmp_path: Path) -> None:
    journey = await half_a_year(house)
    await exported(house, journey, tmp_path / "open.json")
    await to_the_end(house, journey)
    await exported(house, journey, tmp_path / "closed.json")

    for name in ("open", "closed"):
        raw = read(tmp_path / f"{name}.json")
        report = await replay_bundle(parse(raw))
        assert verify(raw).first_bad is None
        assert report.differences == ()
        assert report.decisions_reevaluated > 10
        assert report.runs > 3
    text = read(tmp_path / "closed.json").decode()
    # Time was skipped on the server: its own events stand in the history and disturb nobody.
    assert "TIME_SKIPPING" in text
    assert text.count('"type":"decision_made"') > 3
    for word in (*MAIL["name"].split(), MAIL["email"]):
        assert word.casefold() not in text.casefold()


async def test_what_was_archived_is_enough_once_the_services_are_gone(house: Stage, tmp_path: Path) -> None:
    journey = await half_a_year(house)

    archived = await archive_missing(house.store, house.client, journey)
    again = await archive_missing(house.store, house.client, journey)
    with pytest.raises(Permanent) as refusal:
        await exported(house, journey, tmp_path / "open.json", connected=False)
    await to_the_end(house, journey)
    await archive_missing(house.store, house.client, journey)
    offline = await exported(house, journey, tmp_path / "offline.json", connected=False)
    online = await exported(house, journey, tmp_path / "online.json")

    assert (archived > 2, again) == (True, 0)
    assert refusal.value.code == "run_missing"
    assert "start the services" in str(refusal.value)
    assert not (tmp_path / "open.json").exists()
    assert offline.runs == online.runs
    assert (await replay_bundle(offline)).ok


async def test_an_export_that_would_name_a_person_is_refused_and_writes_nothing(
    house: Stage, tmp_path: Path
) -> None:
    journey = await house.start(BEGIN)
    await house.quiet(journey)
    # A person whose name is a word of the record stands for a name that found its way into it.
    named = Identity.model_validate({"name": "decide", "birth_date": "1990-01-01"})
    await exported(house, journey, tmp_path / "before.json")
    with house.store.write() as session:
        participants.change_identity(session, house.store, journey, new=named, actor=house.worker_id)

    with pytest.raises(NotPermitted) as refusal:
        await exported(house, journey, tmp_path / "after.json")

    assert (refusal.value.code, refusal.value.params["field"]) == ("bundle_names_a_person", "name")
    assert "decide" not in str(refusal.value)
    assert not (tmp_path / "after.json").exists()


async def test_a_journey_that_does_not_exist_is_said_to_be_so(house: Stage, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        await exported(house, "jrn_" + "0" * 32, tmp_path / "none.json")


async def test_an_export_is_noted_in_the_stream_of_the_office(house: Stage, tmp_path: Path) -> None:
    journey = await house.start(BEGIN)
    await house.quiet(journey)
    await exported(house, journey, tmp_path / "one.json")

    with house.store.read() as session:
        last = ledger.read(session, f"house/{house.office}")[-1]
    assert last.type == "journey_exported"
    assert last.body is not None
    assert last.body["journey"] == journey
