"""Recorded facts in words: which of several, a day as a day, and a week day by day."""

import pytest

from web.facts_said import fact_said, value_said, week_said
from web.naming import Naming
from web.sentences import sentence


def test_a_fact_about_one_of_several_names_which_one() -> None:
    assert fact_said("child_place", "de", "child/2") == "Kind 2: Platz vorhanden"
    assert fact_said("child_place", "en") == "Child: place found"
    assert fact_said("term_decision", "de", "term/24") == "Laufzeit, 24 Monate: Entscheidung"
    assert fact_said("course_place", "de") == "Kursplatz"


@pytest.mark.parametrize(
    ("letters", "german"),
    [
        ("aaaai--", "Mo–Do anwesend, Fr krank"),
        ("a-a-a--", "Mo anwesend, Mi anwesend, Fr anwesend"),
        ("-------", "kein Kurs"),
        ("cn-----", "Mo Kurs fiel aus, Di gefehlt, ohne Grund"),
        ("short", "short"),
    ],
)
def test_a_week_is_told_day_by_day(letters: str, german: str) -> None:
    assert week_said(letters, "de") == german


def test_a_value_is_told_by_the_word_of_its_fact() -> None:
    assert value_said("course_place", "none", "de") == "keiner"
    assert value_said("course_entitlement", "none", "de") == "keine"
    assert value_said("exam_date", "2027-03-04", "en") == "04.03.2027"
    assert value_said("course_week", "aaaaa--", "en") == "Mon–Fri attended"


@pytest.mark.parametrize(
    ("subject", "german", "english"),
    [
        ("child/2", "Kind 2", "Child 2"),
        ("letter/1", "Schreiben 1", "Letter 1"),
        ("term/24", "Laufzeit, 24 Monate", "Term, 24 months"),
        ("registration/2027_01_04", "Anmeldung zum Kurs vom 04.01.2027", "Course registration of 04.01.2027"),
        ("claim", "Anspruch auf den Kurs", "Claim to the course"),
        ("rule/foe_06", "Regel FOE-06", "Rule FOE-06"),
        ("report/2027", "Jahresbericht 2027", "Yearly report 2027"),
    ],
)
def test_what_a_rule_is_about_is_told_in_both_languages(subject: str, german: str, english: str) -> None:
    assert Naming("de").subject(subject) == german
    assert Naming("en").subject(subject) == english


def test_a_retention_names_what_is_kept_and_never_an_id() -> None:
    said = Naming("de").subject("retention/jrn_" + "a1" * 16 + "/access_log")

    assert said == "Aufbewahrung von Daten: Zugriffe, IM-A1A1-A1A1"


def test_a_worker_is_named_by_name() -> None:
    names = Naming("de", people={"usr_" + "1" * 32: "Sabine Maier"})

    assert names.subject("worker/usr_" + "1" * 32) == "Fachkraft: Sabine Maier"


def test_a_refused_number_week_or_book_says_what_helps() -> None:
    number = {"field": "about", "fact": "child_place", "allowed": "child/1 … child/99"}
    needless = {"field": "about", "fact": "course_place", "allowed": "–"}
    week = {"field": "value", "fact": "course_week", "allowed": "aaaaa-- (a n r i u d c -)"}

    far = {"field": "valid_from", "fact": "course_week", "allowed": "2015-01-01 … 2049-12-31"}

    assert "vom 01.01.2015 bis zum 31.12.2049" in sentence("bad_value", far, "de")
    assert "zum Beispiel child/1." in sentence("bad_value", number, "de")
    assert "Bitte die Nummer weglassen" in sentence("bad_value", needless, "de")
    assert "i ill; u unexcused" in sentence("bad_value", week, "en")
    assert "Montag der Woche" in sentence("not_a_monday", {"field": "valid_from"}, "de")
    assert "schon" in sentence("already_settled", {"field": "book", "state": "b2026_1"}, "de")
