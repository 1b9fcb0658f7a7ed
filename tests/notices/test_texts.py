"""What leaves the house asks kindly, says everything, threatens nothing, in each checked language."""

from datetime import UTC, date, datetime
from importlib import resources

import pytest

from domain.codes import Addressee
from domain.errors import InvalidInput, Permanent
from notices import texts
from notices.texts.library import build, frame, shelf, template
from notices.texts.wording import forbidden_words
from store import editions

CODES = (
    "appointment_invitation",
    "appointment_reminder",
    "commitment_reminder",
    "foe_06_claim",
    "foe_07_entitlement",
    "foe_09_costs",
    "foe_11_work_course",
    "mit_01_ask",
    "mit_02_register",
    "mit_03_absences",
    "mit_04_certificate",
    "mit_07_exam",
    "mit_08_step_1",
    "mit_08_step_2",
    "mit_12_letter",
    "step_reminder",
)
CLOSING = {
    "de": "Dies ist kein Bescheid. Unsere Beratung ist freiwillig.",
    "en": "This is not an official decision. Our counselling is voluntary.",
}
NAME = "Änne-Marie <b>Öztürk</b>"
APPOINTMENT = texts.Values(
    office="Musterstadt, Integrationsmanagement",
    street="Lange Straße 1",
    town="74072 Musterstadt",
    phone="07131 1234",
    email="office@pakt.invalid",
    contact="Sabine Maier",
    name=NAME,
    what="talk/first_talk",
    start=datetime(2026, 12, 7, 9, 30, tzinfo=UTC),
    answer_by=date(2026, 12, 11),
)
STEP = APPOINTMENT.model_copy(
    update={"start": None, "day": date(2027, 3, 1), "what": "step/course_registration"}
)
EVERYTHING = [(code, language) for code in CODES for language in ("de", "en")]


def values_of(code: str) -> texts.Values:
    """Values that the text can use."""
    return APPOINTMENT if code.startswith("appointment") else STEP


def test_every_text_that_the_house_needs_exists_in_german_and_english() -> None:
    assert texts.codes() == CODES
    for code in CODES:
        assert texts.languages(code) == ("de", "en")
        assert texts.checked(code, "de")
        assert texts.checked(code, "en-GB")
        assert not texts.checked(code, "uk")
    assert not texts.checked("no_such_text", "de")


@pytest.mark.parametrize(("code", "language"), EVERYTHING)
def test_every_notice_says_what_when_where_who_helps_and_what_if_nothing_happens(
    code: str, language: str
) -> None:
    notice = texts.render(code, language, values_of(code))
    heads = frame(language).headings
    for words in (*heads.model_dump().values(), "Sabine Maier", "07131 1234", "74072 Musterstadt"):
        assert words in notice.text
    assert CLOSING[language] in notice.text
    assert CLOSING[language] in notice.html
    assert "{" not in notice.text
    assert notice.language == language


@pytest.mark.parametrize(("code", "language"), EVERYTHING)
def test_no_notice_threatens_even_when_filled_in(code: str, language: str) -> None:
    notice = texts.render(code, language, values_of(code))
    assert forbidden_words(f"{notice.subject}\n{notice.text}", language) == ()


@pytest.mark.parametrize(("code", "language"), EVERYTHING)
def test_no_subject_names_a_person_or_a_day(code: str, language: str) -> None:
    subject = texts.render(code, language, values_of(code)).subject
    assert "Öztürk" not in subject
    assert "Maier" not in subject
    assert not any(char.isdigit() for char in subject)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Sonst droht eine Sanktion."),
        ("de", "Ihre Leistungen werden gekürzt, eine KÜRZUNG folgt."),
        ("de", "Das ist strafbar."),
        ("de", "Sie sind dazu verpflichtet, es ist Ihre Verpflichtung."),
        ("de", "Sie müssen kommen."),
        ("en", "There may be a sanction."),
        ("en", "You are obliged to come."),
        ("en", "Your benefits may be cut."),
        ("en", "You must come."),
    ],
)
def test_a_threatening_text_stops_the_start(language: str, words: str) -> None:
    files = _files()
    name = f"mit_02_register.{language}.yaml"
    files[name] = files[name].replace('bring: "', f'bring: "{words} ')
    with pytest.raises(InvalidInput) as refused:
        build(files)
    assert (refused.value.code, refused.value.params["field"]) == ("text_forbidden_word", name)


def test_a_text_that_lacks_a_language_stops_the_start() -> None:
    files = _files()
    del files["step_reminder.en.yaml"]
    with pytest.raises(InvalidInput) as refused:
        build(files)
    assert (refused.value.code, refused.value.params) == (
        "text_language_missing",
        {"field": "step_reminder", "language": "en"},
    )


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("if_nothing:", "if_noting:", "text_malformed"),
        ("{what}", "{salary}", "text_placeholder_unknown"),
        ("bis {day}", "bald", "text_languages_differ"),
        ("language: de", "language: en", "text_misfiled"),
        ("asks:", "asks: [", "text_malformed"),
    ],
)
def test_a_broken_text_is_named_and_stops_the_start(old: str, new: str, code: str) -> None:
    files = _files()
    name = "step_reminder.de.yaml"
    assert old in files[name]
    files[name] = files[name].replace(old, new)
    with pytest.raises(InvalidInput) as refused:
        build(files)
    assert refused.value.code == code
    assert refused.value.params["field"].startswith("step_reminder")


def test_the_texts_as_shipped_pass_the_same_check() -> None:
    assert build(_files()) == shelf()


def test_a_missing_value_is_refused_and_named() -> None:
    with pytest.raises(Permanent) as refused:
        texts.render("step_reminder", "de", STEP.model_copy(update={"day": None}))
    assert refused.value.params == {"text": "step_reminder", "value": "day"}


def test_an_unknown_text_is_refused() -> None:
    with pytest.raises(Permanent, match="text_unknown"):
        texts.render("no_such_text", "de", STEP)


def test_a_language_without_a_checked_text_gets_the_german_one() -> None:
    assert texts.render("mit_01_ask", "uk", STEP) == texts.render("mit_01_ask", "de", STEP)


@pytest.mark.parametrize(
    ("occasion", "code"),
    [
        ("mit_01_1", "mit_01_ask"),
        ("mit_02_1", "mit_02_register"),
        ("mit_08_2", "mit_08_step_2"),
        ("foe_06_1", "foe_06_claim"),
        ("foe_06_2", "foe_06_claim"),
        ("foe_07_1", "foe_07_entitlement"),
        ("foe_07_2", "foe_07_entitlement"),
        ("foe_07_3", "foe_07_entitlement"),
        ("foe_09_1", "foe_09_costs"),
        ("foe_09_2", "foe_09_costs"),
        ("foe_11_1", "foe_11_work_course"),
        ("foe_11_2", "foe_11_work_course"),
        ("foe_11_3", "foe_11_work_course"),
        ("mit_03_1", "mit_03_absences"),
        ("mit_04_1", "mit_04_certificate"),
        ("mit_07_1", "mit_07_exam"),
        ("mit_12_1", "mit_12_letter"),
        ("mit_12_2", "mit_12_letter"),
        ("mit_12_3", "mit_12_letter"),
    ],
)
def test_the_stage_of_a_rule_finds_its_text(occasion: str, code: str) -> None:
    assert texts.checked(occasion, "en")
    assert template(occasion, "de").code == code
    assert texts.version(occasion, "de") == texts.version(code, "de")


def test_no_text_speaks_for_a_stage_that_is_not_its_own() -> None:
    for code in ("foe_06_3", "foe_07_4", "mit_03_2", "mit_04_2", "mit_07_2"):
        assert not texts.checked(code, "de"), code


def test_a_second_text_for_a_stage_stops_the_start() -> None:
    files = _files()
    for language in ("de", "en"):
        name = f"mit_04_certificate.{language}.yaml"
        files[name] = files[name].replace("MIT-04", "MIT-03")
    with pytest.raises(InvalidInput) as refused:
        build(files)
    assert (refused.value.code, refused.value.params) == (
        "text_occasion_taken",
        {"field": "mit_04_certificate", "occasion": "mit_03_1"},
    )


def test_languages_that_speak_for_different_stages_stop_the_start() -> None:
    files = _files()
    files["mit_12_letter.en.yaml"] = files["mit_12_letter.en.yaml"].replace(
        "  - {rule: MIT-12, stage: 3}\n", ""
    )
    with pytest.raises(InvalidInput, match="text_languages_differ"):
        build(files)


def test_an_end_to_come_is_named_and_one_gone_by_is_not() -> None:
    ahead = STEP.model_copy(update={"ends": date(2027, 5, 3)})
    assert "bis Montag, 3. Mai 2027, gern früher" in texts.render("foe_06_claim", "de", ahead).text
    assert "by Monday, 3 May 2027, gladly earlier" in texts.render("foe_06_claim", "en", ahead).text
    assert "so bald wie möglich" in texts.render("foe_06_claim", "de", STEP).text


def test_every_text_of_the_programme_for_participants_is_there() -> None:
    chosen, _ = editions.programme("p2026_0")
    notices = (
        *chosen.appointment_notices,
        *chosen.commitment_notices,
        *(notice for step in chosen.steps for notice in step.notices if notice.to == Addressee.PARTICIPANT),
    )
    assert {notice.text for notice in notices} <= set(texts.codes())


def test_a_name_is_data_in_html_and_not_markup() -> None:
    html = texts.render("step_reminder", "de", STEP).html
    assert "&lt;b&gt;Öztürk" in html
    assert "<b>" not in html
    assert '<html lang="de"' in html


def test_a_brace_in_a_name_is_only_a_brace() -> None:
    odd = STEP.model_copy(update={"name": "{day}", "contact": "{0.__class__}"})
    text = texts.render("step_reminder", "de", odd).text
    assert "Guten Tag {day}," in text
    assert "{0.__class__} hilft Ihnen" in text


def test_days_and_times_are_said_in_the_words_of_the_language_and_in_berlin_time() -> None:
    summer = APPOINTMENT.model_copy(update={"start": datetime(2027, 7, 1, 22, 5, tzinfo=UTC)})
    assert "Freitag, 2. Juli 2027, 0:05 Uhr" in texts.render("appointment_reminder", "de", summer).text
    assert "Friday, 2 July 2027, 0:05" in texts.render("appointment_reminder", "en", summer).text


def test_every_change_of_a_text_or_its_frame_changes_the_version() -> None:
    versions = {texts.version(code, language) for code, language in EVERYTHING}
    assert len(versions) == len(EVERYTHING)
    assert all(len(version) == 64 for version in versions)


def test_the_values_show_no_name() -> None:
    assert "Öztürk" not in repr(STEP)


def _files() -> dict[str, str]:
    found = resources.files("notices.texts").iterdir()
    return {file.name: file.read_text("utf-8") for file in found if file.name.endswith(".yaml")}
