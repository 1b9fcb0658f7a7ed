"""The handbook: every rule complete in two languages, on the desk, as a page and as a tagged print."""

import re
from html import unescape
from pathlib import Path

import pytest

from domain.errors import InvalidInput
from rules.book import book
from rules.handbook import ids_of
from rules.shape import Rule
from rules.words import DUTIES as DUTY_WORDS
from rules.words import NEVER, SIDES
from store.editions import calendar
from tests.web.conftest import Desk
from web.handbook.content import Handbook, handbook
from web.handbook.pages import page, write
from web.handbook.told import told
from web.words import Lang

BOOK = book()
CALENDAR = calendar()[0]
BOTH = {lang: handbook(BOOK, lang, calendar=CALENDAR) for lang in ("de", "en")}
CODES = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")


@pytest.fixture(params=["de", "en"])
def made(request: pytest.FixtureRequest) -> Handbook:
    return BOTH[request.param]


def test_every_rule_stands_in_it_once_by_side(made: Handbook) -> None:
    assert sorted(c.id for c in made.chapters) == sorted(ids_of(BOOK))
    assert [part.side for part in made.parts] == ["foerdern", "fordern", "quality"]
    assert {len(part.chapters) for part in made.parts} == {21, 12, 4}


def test_every_rule_has_its_law_its_stages_and_what_is_not_verified(made: Handbook) -> None:
    for c in made.chapters:
        rule = BOOK.rule(c.id)
        assert len(c.steps) == len(rule.stages)
        assert all(step.when and step.effects and step.limits and step.sources for step in c.steps), c.id
        assert {law.key for law in c.laws} >= set(rule.basis)
        assert all(law.verified == (BOOK.citations[law.key].checked is not None) for law in c.laws)
        assert all(law.validity and law.source and law.checked and law.recheck for law in c.laws)
        assert len(c.never) == len(rule.never)
        assert len(c.twins) == len(rule.twin)
        assert c.editions
        assert {f.name for f in c.figures} >= {p.name for p in rule.parameters}


def test_every_rule_has_an_example_that_speaks_and_one_that_is_silent(made: Handbook) -> None:
    for c in made.chapters:
        shown = made.examples[c.id]
        assert {e.stage for e in shown} == {0, *(step.no for step in c.steps)}, c.id
        assert all(e.day and e.outcome and e.text for e in shown), c.id
        assert len(shown) <= 7, c.id


def test_no_code_is_left_among_the_words(made: Handbook) -> None:
    """Only the names of numbers, the book and the file name of a source may look like one."""
    for c in made.chapters:
        texts = [*c.cause, *c.silent_unless, *c.never, *c.twins, *c.asked]
        texts += [text for step in c.steps for text in (step.when, step.counted, *step.also)]
        texts += [outcome for step in c.steps for pair in step.effects for outcome in pair]
        for e in made.examples[c.id]:
            texts += [e.text, *e.recorded]
        assert [text for text in texts if CODES.search(text)] == [], c.id


def test_every_case_can_be_told(made: Handbook) -> None:
    lang = made.lang
    for rule in BOOK.rules:
        for case in rule.cases:
            for line in told(case.facts, lang, rule=rule.id):
                assert line.strip()
                assert not CODES.search(line), (rule.id, case.name, line)


def test_what_the_catalogue_names_has_words_and_no_word_is_left_over() -> None:
    assert {name for rule in BOOK.rules for name in rule.never} == NEVER.keys()
    twins = {name for rule in BOOK.rules for name in rule.twin if name.islower()}
    assert twins == DUTY_WORDS.keys()
    assert {rule.side for rule in BOOK.rules} == SIDES.keys()


def test_the_same_book_gives_the_same_bytes_and_another_book_others(made: Handbook) -> None:
    again = handbook(BOOK, made.lang, calendar=CALENDAR)
    other = BOTH["en" if made.lang == "de" else "de"]

    assert page(again) == page(made)
    assert page(other) != page(made)


def test_the_page_stands_alone_and_every_link_in_it_leads_somewhere(made: Handbook) -> None:
    text = page(made)
    ids = set(re.findall(r'\bid="([^"]+)"', text))

    assert set(re.findall(r'href="#([^"]+)"', text)) <= ids
    assert re.findall(r'(?:src|href)="(?!#)', text) == []
    assert f'<html lang="{made.lang}">' in text
    assert all(f'<article id="{c.id}"' in text for c in made.chapters)
    assert ("nicht geprüft" if made.lang == "de" else "not verified") in text


def test_four_files_are_written_and_the_prints_are_tagged(tmp_path: Path) -> None:
    written = write(BOOK, (), tmp_path / "out", calendar=CALENDAR)

    assert [Path(name).name for name in written] == [
        "handbook.de.html",
        "handbook.de.pdf",
        "handbook.en.html",
        "handbook.en.pdf",
    ]
    for lang in ("de", "en"):
        print_ = (tmp_path / "out" / f"handbook.{lang}.pdf").read_bytes()
        assert print_.startswith(b"%PDF-")
        assert b"/MarkInfo" in print_
        assert b"pdfuaid" in print_


def test_a_directory_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")

    with pytest.raises(InvalidInput, match="handbook_unwritable"):
        write(BOOK, (), taken, calendar=CALENDAR)


def test_a_book_without_its_cases_has_no_examples_and_still_a_handbook() -> None:
    from rules.documents import from_document, to_document  # noqa: PLC0415

    bare = handbook(from_document(to_document(BOOK)), "de", calendar=CALENDAR)

    assert not any(bare.examples.values())
    assert page(bare).count("<article id=") == 37


@pytest.mark.parametrize("lang", ["de", "en"])
async def test_the_desk_shows_every_rule_and_the_whole_of_each(desk: Desk, lang: Lang) -> None:
    browser = await desk.as_("maier")

    listed = await browser.get("/regeln/handbuch", params={"lang": lang})
    assert listed.status_code == 200
    for c in BOTH[lang].chapters:
        assert f'href="/regeln/handbuch/{c.id}"' in listed.text
    for rule_id in ("FOE-12", "MIT-12", "QS-02"):
        shown = await browser.get(f"/regeln/handbuch/{rule_id}", params={"lang": lang})
        rule: Rule = BOOK.rule(rule_id)
        assert shown.status_code == 200
        assert (rule.title_en if lang == "en" else rule.title_de) in unescape(shown.text)
        assert "{" not in shown.text.partition("<main")[2]


async def test_the_old_address_leads_to_the_same_page_and_a_wrong_rule_to_none(desk: Desk) -> None:
    browser = await desk.as_("vogt")

    assert '<tr id="FOE-01">' in (await browser.get("/regeln")).text
    assert (await browser.get("/regeln/handbuch/FOE-99")).status_code == 404


async def test_the_print_comes_from_the_desk_in_the_readers_language(desk: Desk) -> None:
    browser = await desk.as_("maier")

    answer = await browser.get("/regeln/handbuch.pdf", params={"lang": "en"})

    assert answer.headers["content-type"] == "application/pdf"
    assert f"handbuch-{BOOK.id}-en.pdf" in answer.headers["content-disposition"]
    assert answer.content.startswith(b"%PDF-")
