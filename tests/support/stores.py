"""Real databases for tests: SQLite in a file, and a private PostgreSQL cluster from Debian's packages."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from store.database import Store, migrate, open_store

MASTER_KEY = bytes(range(32))
_TEMPLATE = "pakt_template"


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """A store at the URL of a migrated database, closed at the end."""
    store = open_store(url, MASTER_KEY)
    try:
        yield store
    finally:
        store.close()


def sqlite_url(home: Path) -> str:
    """The URL of a migrated database file of its own in a directory."""
    file = home / "pakt.sqlite"
    if not file.exists():
        file.write_bytes(_migrated())
    return f"sqlite:///{file}"


@cache
def _migrated() -> bytes:
    """A migrated file, made once: copying it costs a hundredth of migrating again."""
    with tempfile.TemporaryDirectory() as home:
        file = Path(home) / "template.sqlite"
        migrate(f"sqlite:///{file}")
        return file.read_bytes()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """A migrated store in a SQLite file of its own."""
    with opened(sqlite_url(tmp_path)) as store:
        yield store


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A private cluster on loopback for the session; gives `postgresql://…:port` without a database."""
    programs = postgres_programs()
    if programs is None:
        pytest.skip("no PostgreSQL under /usr/lib/postgresql: apt-get install postgresql")
    with cluster(programs) as address:
        migrate(_fresh_database(address, _TEMPLATE))
        yield address


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A fresh, migrated database of its own in the session's cluster."""
    name = f"pakt_{uuid4().hex}"
    url = _fresh_database(postgres_server, name, template=_TEMPLATE)
    yield url
    _execute(postgres_server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A migrated, empty store: every test that takes it runs on both databases."""
    url = sqlite_url(tmp_path) if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with opened(url) as store:
        yield store


def postgres_programs() -> Path | None:
    """Where the newest installed PostgreSQL keeps its programs, or None."""
    found = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    return max(found, key=lambda path: float(path.parent.name), default=None)


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """A cluster in a temporary directory, owned by `postgres` where we are root; gone at the end."""
    home, port = Path(tempfile.mkdtemp(prefix="pakt-pg-")), _free_port()
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        account = pwd.getpwnam(user)
        os.chown(home, account.pw_uid, account.pw_gid)
    data = home / "data"
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {home} -c fsync=off -c full_page_writes=off"
    try:
        initdb = [programs / "initdb", "-D", data, "-U", "pakt", "-A", "trust", "-E", "UTF8", "--no-sync"]
        _run(initdb, user=user, home=home)
        _run(
            [programs / "pg_ctl", "-D", data, "-o", options, "-l", home / "log", "-w", "start"],
            user=user,
            home=home,
        )
        yield f"postgresql://pakt@127.0.0.1:{port}"
    finally:
        if (data / "postmaster.pid").exists():
            _run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], user=user, home=home)
        shutil.rmtree(home, ignore_errors=True)


def _run(command: list[object], *, user: str | None, home: Path) -> None:
    words = [str(word) for word in command]
    done = subprocess.run(
        words, user=user, group=user, cwd=home, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{words[0]} ended with {done.returncode}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _fresh_database(address: str, name: str, *, template: str = "template0") -> str:
    _execute(address, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return f"{address}/{name}"


def _execute(address: str, statement: str) -> None:
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(statement.encode())
