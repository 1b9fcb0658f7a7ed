"""On PostgreSQL the same: no byte of a person in its data directory, its write-ahead log or its own log."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from store import notes, queries
from store.database import Store, migrate
from store.keys import KeyRing
from store.participants import Identity, change_identity, identity
from store.tables import ParticipantRow
from tests.privacy.needles import ADDRESS, BORN, FIRST_NAME, MAIL, NAME, NOTE, PHONE, TEXTS, Hit, search
from tests.privacy.unsealed import as_it_is
from tests.support.registered import house, journey
from tests.support.stores import cluster, opened, postgres_programs

PERSON: dict[str, Any] = {"name": NAME, "birth_date": BORN, "email": MAIL, "phone": PHONE, "address": ADDRESS}


@contextmanager
def kept(address: str) -> Iterator[Path]:
    """The data directory of a cluster in which she was registered, spoken of, changed, sought, and refused."""
    with psycopg.connect(f"{address}/postgres", autocommit=True) as admin:
        admin.execute("CREATE DATABASE pakt")
    migrate(f"{address}/pakt")
    with opened(f"{address}/pakt") as store:
        made = journey(store, house(store), programme="p2026_0", **PERSON)
        with store.write() as session:
            row = queries.journey(session, made)
            notes.add(session, store, row, text=NOTE, author=row.case_worker_id or "", about="journey")
            changed = Identity.model_validate({**PERSON, "name": FIRST_NAME})
            change_identity(session, store, made, new=changed, actor=row.case_worker_id or "")
            assert queries.journey_list(session, store, text=FIRST_NAME)
        with pytest.raises(IntegrityError, match="parameters hidden"):
            twice(store)
        assert identity(store, made).name == FIRST_NAME
    with psycopg.connect(f"{address}/pakt", autocommit=True) as admin:
        admin.execute("CHECKPOINT")
        found = admin.execute("SHOW data_directory").fetchone()
        assert found is not None
        yield Path(found[0]).parent


def twice(store: Store) -> None:
    """Write her row again, under a constraint that forbids it: the server's log then quotes what it refused."""
    with store.write() as session:
        row = session.exec(select(ParticipantRow)).one().model_dump()
        session.add(ParticipantRow(**{**row, "id": "par_" + "0" * 32, "form_id": None}))


def hits(patch: pytest.MonkeyPatch | None = None) -> list[Hit]:
    """What a cluster of its own holds of her; with a patch, with encryption off."""
    programs = postgres_programs()
    if programs is None:
        pytest.skip("no PostgreSQL under /usr/lib/postgresql: apt-get install postgresql")
    if patch is not None:
        patch.setattr(KeyRing, "seal", as_it_is)
        patch.setattr(KeyRing, "open", as_it_is)
    with cluster(programs) as address, kept(address) as home:
        return search(home, TEXTS, but=("1", "4", "5", "global"))


def test_no_byte_of_a_person_lies_in_postgresql() -> None:
    assert hits() == []


def test_with_encryption_off_postgresql_is_full_of_her(monkeypatch: pytest.MonkeyPatch) -> None:
    found = hits(monkeypatch)

    assert {hit.text for hit in found} >= {FIRST_NAME, PHONE, "Papageienflöten"}
    assert any("pg_wal" in hit.file for hit in found)
    assert any("base" in hit.file for hit in found)
