"""The mail catcher: what it answered 250 for stands on the disk, as often as it came."""

import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from ops import ports

ROOT = Path(__file__).resolve().parents[2]
MAIL = "Subject: Termin\r\nMessage-ID: <not_1@pakt.invalid>\r\n\r\nGuten Tag, schöne Grüße\r\n".encode()


class Catching:
    """The process and its folder."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        command = [sys.executable, "-m", "ops.mail_catcher", "--port", str(port), "--dir", str(folder)]
        self.process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        while not ports.answers(port):
            assert self.process.poll() is None
            time.sleep(0.05)

    def send(self, mail: bytes = MAIL) -> None:
        with smtplib.SMTP(ports.LOOPBACK, self.port, timeout=10) as post:
            post.sendmail("office@pakt.invalid", ["oksana@example.org"], mail)

    def caught(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.folder.glob("*.eml"))]


@pytest.fixture
def catcher(tmp_path: Path) -> Iterator[Catching]:
    catching = Catching(tmp_path / "mail", ports.free_port())
    yield catching
    catching.process.kill()
    catching.process.wait()


def test_the_same_mail_sent_twice_is_kept_twice(catcher: Catching) -> None:
    catcher.send()
    catcher.send()
    ids = [message_from_bytes(content)["Message-ID"] for content in catcher.caught()]
    assert ids == ["<not_1@pakt.invalid>"] * 2


def test_a_mail_is_kept_byte_for_byte_with_its_envelope(catcher: Catching) -> None:
    catcher.send()
    (kept,) = catcher.caught()
    assert kept.endswith(MAIL)
    assert message_from_bytes(kept)["X-Envelope-To"] == "oksana@example.org"


def test_what_was_confirmed_survives_a_kill_and_numbers_go_on(catcher: Catching) -> None:
    catcher.send()
    catcher.process.kill()
    catcher.process.wait()
    again = Catching(catcher.folder, ports.free_port())
    try:
        again.send()
    finally:
        again.process.kill()
        again.process.wait()
    assert [path.name[:6] for path in sorted(catcher.folder.glob("*.eml"))] == ["000001", "000002"]


def test_a_mail_that_is_too_large_is_refused_and_not_kept(catcher: Catching) -> None:
    with pytest.raises(smtplib.SMTPException):
        catcher.send(MAIL + b"x" * (11 * 1024 * 1024))
    assert catcher.caught() == []


def test_it_ends_when_asked(catcher: Catching) -> None:
    catcher.process.terminate()
    assert catcher.process.wait(timeout=10) == 0
