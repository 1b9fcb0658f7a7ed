"""Letters are tagged, say the same as the mail, and put the address where the window is."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from activities.send_notice import Notices
from domain.codes import Channel
from domain.errors import Permanent
from notices.letters import render_letter
from notices.mail import MailChannel
from store.database import Store
from tests.notices.post import NAME, planned
from tests.notices.test_texts import APPOINTMENT, CLOSING, CODES, values_of
from tests.support.mail_server import MailServer

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="apt-get install poppler-utils")


@dataclass(frozen=True)
class Person:
    """Somebody with an envelope."""

    name: str = "Änne-Marie #Öztürk $x$ [y]"
    address: str | None = "Lindenweg 3, 74072 Musterstadt"


WRITTEN = APPOINTMENT.model_copy(update={"written_on": date(2026, 11, 30)})


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_text_becomes_a_tagged_letter(code: str, language: str) -> None:
    pdf = render_letter(code, language, values_of(code), Person())
    assert pdf.startswith(b"%PDF-")
    assert b"/MarkInfo" in pdf
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>|pdfuaid:part=\"1\"", pdf)


@needs_poppler
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_letter_fits_on_one_page(code: str, language: str, tmp_path: Path) -> None:
    values = values_of(code).model_copy(update={"written_on": date(2026, 11, 30)})
    assert "\f" not in words(render_letter(code, language, values, Person()), tmp_path).rstrip("\f\n")


@needs_poppler
def test_german_comes_first_and_english_stands_beside_it(tmp_path: Path) -> None:
    text = words(render_letter("appointment_invitation", "en", WRITTEN, Person()), tmp_path)
    german, english = text.index("Einladung zu einem Gespräch"), text.index("Invitation to a talk")
    assert german < english
    assert text.count("\n", german, english) == 0
    for part in ("Dies ist kein Bescheid.", "This is not an official decision."):
        assert part in text


@needs_poppler
def test_a_german_letter_holds_no_english_and_an_unchecked_language_is_german(tmp_path: Path) -> None:
    german = words(render_letter("appointment_invitation", "de", WRITTEN, Person()), tmp_path)
    assert CLOSING["de"] in german
    assert "Invitation" not in german
    assert words(render_letter("appointment_invitation", "uk", WRITTEN, Person()), tmp_path) == german


@needs_poppler
def test_the_address_stands_in_the_window_and_is_data_only(tmp_path: Path) -> None:
    pdf = render_letter("appointment_invitation", "de", WRITTEN, Person())
    window = words(pdf, tmp_path, "-x", "57", "-y", "128", "-W", "241", "-H", "128")
    lines = [line.strip() for line in window.splitlines() if line.strip()]
    assert lines[-3:] == ["Änne-Marie #Öztürk $x$ [y]", "Lindenweg 3", "74072 Musterstadt"]


@pytest.mark.parametrize("name", ["أمل حسن", "Олена Шевченко", "Ngô Thị Hạnh", "Şêx Ûsiv"])
def test_names_in_the_scripts_of_the_region_are_printed(name: str) -> None:
    assert render_letter("step_reminder", "de", values_of("step_reminder"), Person(name=name))


def test_a_script_without_a_font_is_refused_by_code_and_never_by_quoting_the_name() -> None:
    name = "\U00012000\U00012001"  # cuneiform: no font of a desk has it
    with pytest.raises(Permanent) as refused:
        render_letter("step_reminder", "de", values_of("step_reminder"), Person(name=name))
    assert refused.value.code == "letter_font_missing"
    assert refused.value.__cause__ is None
    assert name not in f"{refused.value!r}"


def test_without_an_address_there_is_still_a_letter_to_hand_over() -> None:
    assert render_letter("step_reminder", "de", values_of("step_reminder"), Person(address=None))


@needs_poppler
def test_the_desk_gets_the_letter_of_a_notice(
    sqlite_store: Store, mail_server: MailServer, tmp_path: Path
) -> None:
    case = planned(sqlite_store, channel=Channel.LETTER)
    notices = Notices(sqlite_store, MailChannel(mail_server.settings()))
    text = words(notices.letter(case.notice), tmp_path)
    for part in (NAME, "Lindenweg 3", "Montag, 7. Dezember 2026, 10:30 Uhr"):
        assert part in text
    assert case.row().state == "planned"


def words(pdf: bytes, home: Path, *options: str) -> str:
    """The text of a PDF as it stands on the page."""
    path = home / "letter.pdf"
    path.write_bytes(pdf)
    command = ["pdftotext", "-r", "72", "-layout", *options, str(path), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
