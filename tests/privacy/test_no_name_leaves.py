"""A unique person goes the whole way, failures included: no byte of her lies where it must not."""

import asyncio
from pathlib import Path

import pytest
from google.protobuf import json_format
from sqlmodel import select
from temporalio.client import Client

from store.tables import NoticeRow
from tests.privacy.needles import (
    FAILURE,
    FIRST_NAME,
    LAST_NAME,
    MAIL,
    MAIL_USER,
    PHONE,
    STREET,
    TEXTS,
    Hit,
    found_in,
    patterns,
    search,
)
from tests.privacy.passage import MAILS, Passage, running, walk

DATABASE, TEMPORAL, BUNDLE = "pakt.sqlite", "temporal.sqlite", "bundle.json"
KEPT = (FIRST_NAME, LAST_NAME, MAIL_USER, PHONE, STREET, "Papageienflöten")


@pytest.mark.timeout(240)
def test_no_byte_of_a_person_lies_where_it_must_not(tmp_path: Path) -> None:
    with running(tmp_path / "home", sealed=True) as passage:
        walk(passage)
        while_running = search(passage.home, TEXTS, but=[MAILS])
        told = asyncio.run(_told_to_temporal(passage))
        _went_all_the_way(passage)
    afterwards = search(passage.home, TEXTS, but=[MAILS])
    said = search(passage.home, [FAILURE], but=[BUNDLE])
    payloads = _of(search(passage.home, [passage.commitment]), TEMPORAL)

    assert while_running == []
    assert afterwards == []
    assert said == []
    assert payloads == []
    assert [text for text in (*TEXTS, FAILURE) if text in told] == []
    assert "Encoded failure" in told
    spoken_of = {hit.file for hit in search(passage.home, [passage.journey])}
    assert spoken_of >= {f"logs/{name}" for name in ("worker.log", "relay.out", "desk.log")}


@pytest.mark.timeout(240)
def test_with_encryption_off_the_same_way_is_full_of_her(tmp_path: Path) -> None:
    with running(tmp_path / "home", sealed=False) as passage:
        walk(passage)
        _went_all_the_way(passage)
    hits = search(passage.home, TEXTS, but=[MAILS])
    secret = search(passage.home, [FAILURE, passage.commitment], but=[BUNDLE])

    assert {hit.text for hit in _of(hits, DATABASE)} >= set(KEPT)
    assert {hit.text for hit in _of(secret, TEMPORAL)} == {FAILURE, passage.commitment}
    # Two walls: what is no payload needs no key there, and logs and temporary files rest on no key at all.
    assert _of(hits, TEMPORAL) == []
    assert {hit.file.partition(".")[0] for hit in hits} == {"pakt"}


def _of(hits: list[Hit], file: str) -> list[Hit]:
    """What was found in a database or beside it."""
    return [hit for hit in hits if hit.file.startswith(file)]


def _went_all_the_way(passage: Passage) -> None:
    """The needles were really on their way: typed and refused, printed, and mailed to the right address."""
    assert all(400 <= status < 500 for status in passage.refusals), passage.refusals
    assert passage.letter.startswith(b"%PDF")
    assert passage.bundle.startswith(b"{")
    assert {taken.recipient for taken in passage.mail.taken} == {MAIL}
    with passage.store.read() as session:
        rows = session.exec(select(NoticeRow).where(NoticeRow.channel == "email")).all()
    assert {(row.state, row.reason) for row in rows} == {("sent", "ok"), ("failed", "smtp_550")}
    caught = list((passage.home / MAILS).glob("*.eml"))
    assert len(caught) == 1
    assert {text for text, _ in found_in(caught[0], patterns(TEXTS))} >= {MAIL_USER}


async def _told_to_temporal(passage: Passage) -> str:
    """Everything that Temporal tells without a key: lists, memos, search attributes and whole histories."""
    client = await Client.connect(passage.settings.temporal_address, namespace=passage.namespace)
    runs = [run async for run in client.list_workflows()]
    assert not any(run.raw_info.memo.fields for run in runs)
    handles = [client.get_workflow_handle(run.id, run_id=run.run_id) for run in runs]
    histories = [[event async for event in handle.fetch_history_events()] for handle in handles]
    messages = [*(run.raw_info for run in runs), *(event for events in histories for event in events)]
    return "\n".join(json_format.MessageToJson(message, ensure_ascii=False) for message in messages)
