"""Two languages: every German text of a page has its English, and codes that people see have words."""

import re
from importlib.resources import files

from domain import codes
from domain.calendar import ClosureReason
from rules.book import book
from rules.subjects import KINDS
from web.forms_office import FORMS, MENU
from web.naming import Naming
from web.pages import NAVIGATION
from web.routes.journeys import TILES
from web.texts import english
from web.wording import task_text
from web.words import LANGUAGE_NAMES, WORDS
from web.words_of_facts import ABOUT, COURSE_DAYS, OF_FACT
from web.words_of_subjects import SUBJECTS

SAME = {"Pause"}

ENUMS = {
    "side": codes.Side,
    "closure": ClosureReason,
    "purpose": codes.Purpose,
    "consent": codes.ConsentOutcome,
    "appointment": codes.AppointmentStatus,
    "interpreter": codes.Interpreter,
    "talk": codes.TalkKind,
    "contact": codes.ContactKind,
    "excuse": codes.ExcuseReason,
    "pause": codes.PauseReason,
    "close": codes.CloseReason,
    "answer": codes.Answer,
    "outcome": codes.Outcome,
    "addressee": codes.Addressee,
    "channel": codes.Channel,
    "goal": codes.Goal,
}


def german_texts() -> set[str]:
    """Every text that a template or a title asks to be translated."""
    found = {title for _, title, _ in NAVIGATION} | {title for _, title, _ in TILES}
    for file in files("web").joinpath("templates").iterdir():
        for double, single in re.findall(r'_\("([^"]*)"|_\(\'([^\']*)\'', file.read_text(encoding="utf-8")):
            found.add(double or single)
    return found


def test_every_text_of_a_page_has_its_english() -> None:
    assert german_texts() - english().keys() == set()


def test_no_english_is_left_over() -> None:
    assert english().keys() - german_texts() == set()


def test_placeholders_are_the_same_in_both_languages() -> None:
    for german, translated in english().items():
        assert sorted(re.findall(r"\{\w+\}", german)) == sorted(re.findall(r"\{\w+\}", translated)), german


def test_every_code_that_people_choose_from_has_its_words() -> None:
    for group, enum in ENUMS.items():
        assert set(enum) == WORDS[group].keys(), group
    for fact in codes.FACT_CODES.values():
        assert fact.code in WORDS["fact"]
        assert fact.is_day or fact.is_week or set(fact.values) <= WORDS["value"].keys(), fact.code
        assert not fact.about or fact.about in ABOUT, fact.code
    assert set(codes.COURSE_DAY) == COURSE_DAYS.keys()


def test_no_word_is_left_over_or_the_same_in_both_languages_by_mistake() -> None:
    values = {value for fact in codes.FACT_CODES.values() for value in fact.values}
    assert WORDS["fact"].keys() == codes.FACT_CODES.keys()
    assert WORDS["value"].keys() == values - {"day", "week"}
    assert all(value in codes.FACT_CODES[code].values for code, value in OF_FACT)
    for code, (german, translated) in (*WORDS["fact"].items(), *COURSE_DAYS.items(), *SUBJECTS.items()):
        assert german != translated or german in SAME, code


def test_every_kind_of_subject_that_a_rule_may_be_about_has_its_words() -> None:
    assert KINDS.keys() - SUBJECTS.keys() == set()


def test_every_rule_of_the_book_names_its_subject_and_its_task_in_both_languages() -> None:
    for rule in book().rules:
        assert rule.subject in SUBJECTS, rule.id
        what = f"{rule.id.lower().replace('-', '_')}_1"
        german, translated = task_text(what, Naming("de")), task_text(what, Naming("en"))
        assert what.replace("_", " ") not in (german, translated), rule.id
        assert german != translated, rule.id


def test_every_form_but_the_escalation_answer_stands_in_the_menu() -> None:
    listed = [kind for _, kinds in MENU for kind in kinds]
    assert set(FORMS) - set(listed) == {"answer_escalation"}
    assert len(listed) == len(set(listed))


def test_every_language_that_can_be_chosen_has_a_name() -> None:
    assert set(codes.LANGUAGES) == LANGUAGE_NAMES.keys()
