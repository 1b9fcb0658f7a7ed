"""`pakt up`: everything embedded, in the foreground; one address at the end, no process after it."""

import fcntl
import http.client
import os
import secrets
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from activities.shipped_books import enter_shipped_books
from domain.errors import Refusal
from ops import logging, ports
from ops.console import say
from ops.own_programmes import DIRECTORY, use_own_programmes
from ops.settings import Settings, ensure_master_key, load
from ops.supervisor import Part, PartFailureError, Supervisor
from ops.temporal_server import command as temporal_command
from ops.temporal_server import wait_ready_blocking
from store import clock, seed
from store.database import migrate, open_store

TEMPORAL_PORT, MAIL_PORT, DESK_PORT = 7233, 1025, 8080
ROOT = Path(__file__).resolve().parent.parent
log = logging.logger("up")


PartTable = Callable[[Settings], tuple[Part, ...]]


def run(*, data_dir: Path, port: int | None, demo: bool, table: PartTable | None = None) -> int:
    """Start all, print where, keep all alive until Ctrl-C; 0 if asked to end, 1 if a part cannot live."""
    home = data_dir.expanduser().resolve()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    logging.configure("up", file=home / "logs" / "up.log", screen=False, temporal=False)
    with _only_one(home):
        # Every part reads these files: a broken one is said here once, before any part starts.
        (home / DIRECTORY).mkdir(exist_ok=True, mode=0o700)
        use_own_programmes(home)
        settings = _choose(home, port=port, demo=demo)
        password = _prepare(settings)
        chosen = (table or parts)(settings)
        supervisor = Supervisor(
            chosen, logs=home / "logs", env=_environment(), cwd=ROOT, on_death=_tell_death
        )
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: supervisor.stop())
        return _live(supervisor, settings, password)


def _live(supervisor: Supervisor, settings: Settings, password: str | None) -> int:
    try:
        supervisor.start()
        if not supervisor.stopping:
            _welcome(settings, password)
            log.info("all_started", port=settings.desk_port)
        supervisor.watch()
    except PartFailureError as failed:
        _explain(failed, settings)
        return 1
    finally:
        supervisor.end()
    say("Pakt ist beendet. Alles ist gespeichert.", "Pakt has ended. Everything is kept.")
    return 0


@contextmanager
def _only_one(home: Path) -> Iterator[None]:
    """Hold the data directory: two sets of parts on one database would both act."""
    with (home / "up.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Refusal("already_up", directory=str(home), process=lock.read().strip() or "?") from None
        lock.seek(0)
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def is_up(home: Path) -> bool:
    """True while a `pakt up` holds this data directory."""
    try:
        with (home / "up.lock").open("a+") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


def _choose(home: Path, *, port: int | None, demo: bool) -> Settings:
    """Settle the ports and write the settings that every part then reads."""
    if port is not None and not ports.is_free(port):
        raise Refusal("port_taken", port=str(port))
    desk = port or ports.free_port(DESK_PORT)
    temporal = ports.free_port(TEMPORAL_PORT, taken=frozenset({desk}))
    mail = ports.free_port(MAIL_PORT, taken=frozenset({desk, temporal}))
    asked = load(home)
    settings = asked.model_copy(
        update={
            "temporal_address": f"{ports.LOOPBACK}:{temporal}",
            "smtp_host": ports.LOOPBACK,
            "smtp_port": mail,
            "desk_port": desk,
            "demo": demo,
        }
    )
    ensure_master_key(settings.master_key_file)
    settings.refuse_unsafe()
    settings.save()
    return settings


def _prepare(settings: Settings) -> str | None:
    """Migrate and seed; returns the demo's password, which stays the same over restarts."""
    migrate(settings.database_url)
    store = open_store(settings, settings.master_key())
    try:
        enter_shipped_books(store)
        if not settings.demo:
            return None
        password = _demo_password(settings.data_dir / "demo-password")
        seed.seed_demo(store, clock.now(store), password=password)
        return password
    finally:
        store.close()


def _demo_password(path: Path) -> str:
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(secrets.token_urlsafe(9))
    return path.read_text(encoding="ascii").strip()


def parts(settings: Settings) -> tuple[Part, ...]:
    """The processes of an embedded installation, in the order in which they need each other."""
    home, python = str(settings.data_dir), sys.executable
    temporal_port = int(settings.temporal_address.rsplit(":", 1)[1])
    server = temporal_command(settings.data_dir / "temporal.sqlite", temporal_port)
    mail = ("--port", str(settings.smtp_port), "--dir", str(settings.data_dir / "mail"))
    desk = ("--data-dir", home, "--port", str(settings.desk_port))
    catch = (python, "-m", "ops.mail_catcher", *mail)
    return (
        Part("temporal", tuple(server), lambda: wait_ready_blocking(settings.temporal_address)),
        Part("catcher", catch, lambda: ports.answers(settings.smtp_port)),
        Part("worker", (python, "-m", "worker", "--data-dir", home)),
        Part("relay", (python, "-m", "ops.relay_part", "--data-dir", home)),
        Part("desk", (python, "-m", "web.app", *desk), lambda: desk_ready(settings.desk_port)),
    )


def desk_ready(port: int) -> bool:
    """True once the desk says that it and what it needs are there."""
    connection = http.client.HTTPConnection(ports.LOOPBACK, port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)}


def _welcome(settings: Settings, password: str | None) -> None:
    say("", "")
    say(
        f"Pakt läuft:  http://localhost:{settings.desk_port}",
        f"Pakt is up:  http://localhost:{settings.desk_port}",
    )
    if password is not None:
        _sign_ins(password)
        say(
            "Zuerst: als maier anmelden, einen Fall öffnen und „Erstgespräch anbieten“ wählen; dann die Uhr\n"
            "vorstellen (unten auf der Seite, oder in einem zweiten Terminal: pakt clock forward 30d).",
            "First: sign in as maier, open a case and offer a first talk; then move the clock\n"
            "(at the foot of the page, or in a second terminal: pakt clock forward 30d).",
        )
    say(f"Daten: {settings.data_dir}   Ende: Strg-C", f"Data: {settings.data_dir}   End: Ctrl-C")


def _sign_ins(password: str) -> None:
    say(f"Anmelden (Kennwort für alle: {password}):", f"Sign in (one password for all: {password}):")
    shown: set[str] = set()
    for person in seed.DEMO_PEOPLE:
        if person.role not in shown:
            shown.add(person.role)
            german, english = _ROLES.get(person.role, (person.role, person.role))
            say(f"  {person.login:<12} {german}", f"  {person.login:<12} {english}")


_ROLES = {
    "case_worker": ("Integrationsmanagerin (Fälle führen)", "case worker (runs journeys)"),
    "lead": ("Teamleitung (Eskalationen, Stufe 1)", "lead (escalations, level 1)"),
    "head": ("Fachdienstleitung (Eskalationen, Stufe 2)", "head (escalations, level 2)"),
    "auditor": ("Prüfung (Nachweise)", "auditor (evidence)"),
    "dpo": ("Datenschutz", "data protection"),
    "administrator": ("Verwaltung der Installation", "administration"),
}


def _tell_death(name: str, code: int) -> None:
    say(
        f"Der Teil „{name}“ ist ausgefallen ({code}) und wird neu gestartet.",
        f"The part “{name}” has died ({code}) and is started again.",
        to=sys.stderr,
    )


def _explain(failed: PartFailureError, settings: Settings) -> None:
    reasons = {
        "keeps_dying": ("stirbt immer wieder", "keeps dying"),
        "not_ready": ("antwortet nicht", "does not answer"),
    }
    german, english = reasons[failed.why]
    logs = settings.data_dir / "logs" / f"{failed.name}.out"
    say(
        f"Pakt beendet sich: der Teil „{failed.name}“ {german}. Seine letzten Zeilen ({logs}):",
        f"Pakt is ending: the part “{failed.name}” {english}. Its last lines ({logs}):",
        to=sys.stderr,
    )
    for line in failed.last_lines:
        say(f"  {line}", f"  {line}", to=sys.stderr)
