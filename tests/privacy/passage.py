"""One person's way through every part of a running Pakt, on real processes, with everything that goes wrong."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from subprocess import Popen
from typing import Any

import httpx

from domain.calendar import BERLIN
from domain.ids import NAMESPACE
from ops import children, ports
from ops.settings import Settings, ensure_master_key
from ops.temporal_server import command as temporal_command
from ops.temporal_server import wait_ready_blocking
from ops.up import desk_ready
from store import clock, ids, people
from store.database import Store, migrate, open_store
from store.tables import OfficeRow
from tests.privacy import needles as n
from tests.support.mail_server import Behaviour, MailServer

ROOT = Path(__file__).parents[2]
UNSEALED = ("-m", "tests.privacy.unsealed")
OFFICE, AGS, PASSWORD = "off_heilbronn", "08121000", "a-password-for-one-test"
BEGIN = datetime(2027, 1, 4, 9, 0, tzinfo=BERLIN)
PATIENCE_S = 60.0
MAILS = "mail"


@dataclass
class Passage:
    """The running parts, and what the test needs to know of the way."""

    settings: Settings
    store: Store
    mail: MailServer
    sealed: bool
    parts: list[Popen[bytes]] = field(default_factory=list)
    journey: str = ""
    commitment: str = ""
    refusals: list[int] = field(default_factory=list)
    letter: bytes = b""
    bundle: bytes = b""

    @property
    def home(self) -> Path:
        """The data directory, with logs and temporary files inside."""
        return self.settings.data_dir

    @property
    def namespace(self) -> str:
        """Where the journeys live."""
        return NAMESPACE

    def run(self, name: str, module: str, *arguments: str) -> None:
        """Start a part as a process; its temporary files stand below `tmp`."""
        off = () if self.sealed else UNSEALED
        module_argv = ("-m", module) if self.sealed else (*off, module)
        self.spawn(name, [sys.executable, *module_argv, *arguments])

    def spawn(self, name: str, argv: list[str]) -> None:
        """Start any program as a part."""
        env = {**os.environ, "TMPDIR": str(self.home / "tmp"), "PYTHONPATH": str(ROOT)}
        output = self.home / "logs" / f"{name}.out"
        self.parts.append(children.spawn(argv, output=output, env=env, cwd=ROOT))

    def forward(self, day: str, hour: int = 10) -> None:
        """Move the demo's clock; the relay carries every journey along."""
        target = datetime.fromisoformat(f"{day}T{hour:02}:00").replace(tzinfo=BERLIN)
        with self.store.write() as session:
            clock.begin_move(session, target)
        wait(lambda: clock.state(self.store).moving_to is None, f"the clock reaches {day}")


def wait(true: Callable[[], bool], what: str) -> None:
    """Wait for something to become true; fails by its name."""
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline, f"waited too long until {what}"
        time.sleep(0.1)


@contextmanager
def running(home: Path, *, sealed: bool) -> Iterator[Passage]:
    """All parts, from a fresh start; gone at the end."""
    for name in ("logs", "tmp", MAILS):
        (home / name).mkdir(parents=True)
    with MailServer() as mail:
        settings = _settled(home, mail)
        store = open_store(settings, settings.master_key())
        passage = Passage(settings, store, mail, sealed)
        try:
            _start(passage)
            yield passage
        finally:
            for part in reversed(passage.parts):
                children.end(part, patience_s=4)
            store.close()


def _settled(home: Path, mail: MailServer) -> Settings:
    desk, temporal = ports.free_port(), ports.free_port()
    settings = Settings(
        data_dir=home,
        demo=True,
        temporal_address=f"{ports.LOOPBACK}:{temporal}",
        smtp_port=mail.port,
        desk_port=desk,
    )
    ensure_master_key(settings.master_key_file)
    settings.save()
    migrate(settings.database_url)
    return settings


def _start(passage: Passage) -> None:
    settings, home = passage.settings, str(passage.home)
    with passage.store.write() as session:
        clock.set_to(session, BEGIN)
        session.add(OfficeRow(id=OFFICE, name="Heilbronn", ags=AGS, kind="municipality"))
        session.flush()
        for role in ("case_worker", "auditor"):
            people.add_person(session, login=role, name=role, password=PASSWORD, role=role, office=OFFICE)
    port = int(settings.temporal_address.rpartition(":")[2])
    passage.spawn("temporal", temporal_command(passage.home / "temporal.sqlite", port))
    wait(lambda: wait_ready_blocking(settings.temporal_address), "Temporal serves")
    passage.run("worker", "tests.chaos.mortal_worker", "--data-dir", home)
    passage.run("relay", "ops.relay_part", "--data-dir", home)
    passage.run("desk", "web.app", "--data-dir", home, "--port", str(settings.desk_port))
    wait(lambda: desk_ready(settings.desk_port), "the desk serves")


@contextmanager
def browser(passage: Passage, login: str) -> Iterator[httpx.Client]:
    """Somebody who is signed in, after one try with what does not belong there."""
    address = f"http://{ports.LOOPBACK}:{passage.settings.desk_port}"
    headers = {"sec-fetch-site": "same-origin"}
    with httpx.Client(base_url=address, headers=headers, timeout=30) as client:
        passage.refusals.append(
            client.post("/anmelden", data={"login": n.MAIL, "password": n.NOTE}).status_code
        )
        answer = client.post("/anmelden", data={"login": login, "password": PASSWORD})
        assert answer.status_code == 303, answer.text
        yield client


FORM = {
    "name": n.NAME,
    "birth_date": n.BORN.isoformat(),
    "language": "de",
    "interpreter": "not_needed",
    "reading": "reads",
    "address": n.ADDRESS,
    "phone": n.PHONE,
    "email": n.MAIL,
    "municipality": AGS,
    "t0": "2027-01-04",
    "form_id": "0123456789abcdef" * 2,
}
WRONG = (
    {"municipality": n.STREET},
    {"email": f"{n.MAIL_USER}@@example.org"},
    {"birth_date": f"{n.BORN:%d.%m.%Y} {n.LAST_NAME}"},
    {"name": n.NAME * 20},
    {"t0": "1960-01-01"},
)


def walk(passage: Passage) -> None:
    """The whole way: typed wrongly and rightly, invited, spoken with, mailed, failed, searched and examined."""
    with browser(passage, "case_worker") as desk:
        _register(passage, desk)
        _invite_by_letter(passage, desk)
        _talk(passage, desk)
        _fail(passage, desk)
        _mail(passage, desk)
        _look_around(passage, desk)
    with browser(passage, "auditor") as desk:
        _examine(passage, desk)


def _register(passage: Passage, desk: httpx.Client) -> None:
    for wrong in WRONG:
        passage.refusals.append(desk.post("/faelle/neu", data={**FORM, **wrong}).status_code)
    odd = {**FORM, "name": [n.NAME], n.LAST_NAME: n.NOTE}
    passage.refusals.append(desk.post("/api/v1/journeys", json=odd).status_code)
    answers = [desk.post("/faelle/neu", data=FORM) for _ in range(2)]
    places = {answer.headers["location"].partition("?")[0] for answer in answers}
    assert len(places) == 1
    passage.journey = places.pop().rpartition("/")[2]
    wait(lambda: _told(passage, desk)["state"] == "open", "the journey has begun")


def _told(passage: Passage, desk: httpx.Client) -> dict[str, Any]:
    answer = desk.get(f"/api/v1/journeys/{passage.journey}")
    told: dict[str, Any] = answer.json()
    return told


def _order(passage: Passage, desk: httpx.Client, **body: Any) -> httpx.Response:
    asked = {"command_id": ids.new("command"), "body": body}
    return desk.post(f"/api/v1/journeys/{passage.journey}/commands", json=asked)


def _offer(passage: Passage, desk: httpx.Client, start: str, talk: str) -> None:
    fields = {"appointment": ids.new("appointment"), "talk": talk, "start": f"{start}T10:00:00+01:00"}
    answer = _order(passage, desk, kind="offer_appointment", **fields)
    assert answer.status_code == 200, answer.text


def _invite_by_letter(passage: Passage, desk: httpx.Client) -> None:
    _offer(passage, desk, "2027-01-15", "first_talk")
    passage.forward("2027-01-08")
    letters = desk.get("/briefe").text
    place = letters.partition('href="/briefe/')[2].partition('"')[0]
    passage.letter = desk.get(f"/briefe/{place}").content


def _talk(passage: Passage, desk: httpx.Client) -> None:
    passage.commitment = ids.new("commitment")
    posted = {
        "command_id": ids.new("command"),
        "talk_id": ids.new("talk"),
        "about": "first_talk",
        "on": "2027-01-08",
        "consent_casework": "given",
        "consent_email": "given",
        "steps": "first_talk",
        "new0_id": passage.commitment,
        "new0_side": "participant",
        "new0_goal": "language",
        "new0_due": "2027-03-01",
        "new0_what": n.NOTE,
    }
    broken = {**posted, "on": n.NOTE, "new0_goal": n.LAST_NAME}
    passage.refusals.append(desk.post(f"/faelle/{passage.journey}/gespraech", data=broken).status_code)
    answer = desk.post(f"/faelle/{passage.journey}/gespraech", data=posted)
    assert answer.status_code == 303, answer.text


def _fail(passage: Passage, desk: httpx.Client) -> None:
    """An activity that fails with a text in its message, a value that no vocabulary knows, a lost page."""
    traps = passage.home / "traps"
    traps.mkdir()
    (passage.home / "trap").write_text(n.FAILURE, encoding="utf-8")
    (passage.home / "trap").rename(traps / "fail_in_decide")
    _offer(passage, desk, "2027-01-25", "review")
    wait(lambda: not any(traps.iterdir()), "the activity has failed")
    odd = {"code": "reading", "value": n.NAME, "valid_from": "2027-01-08"}
    passage.refusals.append(_order(passage, desk, kind="record_fact", **odd).status_code)
    passage.refusals.append(_order(passage, desk, kind=n.LAST_NAME, note=n.NOTE).status_code)
    passage.refusals.append(desk.get(f"/faelle/{n.LAST_NAME}?q={n.MAIL}").status_code)


def _mail(passage: Passage, desk: httpx.Client) -> None:
    """Refused for now, refused for good with the address in the reply, then taken: here, and by the catcher."""
    passage.mail.script(Behaviour.LATER_450, Behaviour.REFUSED_550, Behaviour.OK)
    passage.forward("2027-01-20")
    passage.mail.stop()
    port, folder = str(passage.settings.smtp_port), str(passage.home / MAILS)
    passage.run("catcher", "ops.mail_catcher", "--port", port, "--dir", folder)
    wait(lambda: ports.answers(passage.settings.smtp_port), "the catcher serves")
    passage.forward("2027-01-26")


def _look_around(passage: Passage, desk: httpx.Client) -> None:
    for text in (n.NAME, n.LAST_NAME, n.BORN.isoformat(), n.MAIL, n.PHONE):
        assert desk.get("/faelle", params={"q": text}).status_code == 200
    for page in (f"/faelle/{passage.journey}", "/aufgaben", "/briefe"):
        assert desk.get(page).status_code == 200
    assert n.LAST_NAME in desk.get("/faelle", params={"q": n.LAST_NAME, "wer": "alle"}).text


def _examine(passage: Passage, desk: httpx.Client) -> None:
    found = desk.post("/pruefung", data={"q": n.NAME, "grund": "Stichprobe der Revision"})
    assert passage.journey in found.text
    assert desk.get(f"/pruefung/{passage.journey}").status_code == 200
    assert desk.post(f"/pruefung/{passage.journey}/nachrechnen").status_code == 200
    answer = desk.post(f"/pruefung/{passage.journey}/paket")
    assert answer.status_code == 200, answer.text
    passage.bundle = answer.content
    (passage.home / "bundle.json").write_bytes(answer.content)
