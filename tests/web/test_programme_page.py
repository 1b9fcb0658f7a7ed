"""The programme on the desk: a picture with a table beside it, in two languages and for each term."""

import re

import pytest

from domain.programme_picture import picture
from store import editions
from tests.web.conftest import Desk
from web.programme_band import WIDTH, draw


async def test_every_step_stands_in_the_picture_and_in_the_table(desk: Desk) -> None:
    page = (await (await desk.as_("maier")).get("/programm")).text
    programme, _ = editions.newest_programme()
    (drawn,) = re.findall(r'<svg viewBox="0 0 1040.*?</svg>', page, re.DOTALL)
    for step in programme.steps:
        assert f'<tr id="{step.id}">' in page
        assert f">{step.title.de[:30]}" in drawn, step.id


async def test_the_picture_is_named_described_and_free_of_inline_style_and_script(desk: Desk) -> None:
    answer = await (await desk.as_("maier")).get("/programm")
    (svg,) = re.findall(r'<svg viewBox="0 0 1040.*?</svg>', answer.text, re.DOTALL)
    assert 'role="img" aria-labelledby="pic-title pic-desc"' in svg
    assert '<title id="pic-title">' in svg
    assert '<desc id="pic-desc">' in svg
    assert not re.search(r"style=|<style|<script|on\w+=", svg)
    assert "unsafe" not in answer.headers["content-security-policy"]


async def test_what_is_voluntary_says_that_nobody_owes_it(desk: Desk) -> None:
    page = (await (await desk.as_("maier")).get("/programm?fassung=p2026_1")).text
    (row,) = re.findall(r'<tr id="civic_offer">.*?</tr>', page, re.DOTALL)
    assert "nichts, es ist freiwillig" in row


async def test_it_can_be_read_in_english_and_over_an_extended_term(desk: Desk) -> None:
    page = (await (await desk.as_("vogt")).get("/programm?fassung=p2026_1&monate=48&lang=en")).text
    assert "Half-year review" in page
    assert "Two years of support, 48 months" in page
    assert ">M48<" in page


async def test_an_earlier_version_can_be_read_too(desk: Desk) -> None:
    page = (await (await desk.as_("pruefer")).get("/programm?fassung=p2026_0")).text
    assert "9 Schritte" in page


@pytest.mark.parametrize(
    "query", ["fassung=p1999_1", "fassung=../x", "monate=30", "monate=x", "fassung=" + "x" * 50]
)
async def test_what_does_not_exist_is_answered_without_a_defect(desk: Desk, query: str) -> None:
    answer = await (await desk.as_("maier")).get(f"/programm?{query}")
    assert answer.status_code in (404, 422)


@pytest.mark.parametrize("term", [24, 36, 48])
def test_nothing_is_drawn_outside_the_picture(term: int) -> None:
    programme, _ = editions.programme("p2026_1")
    drawn = draw(picture(programme, term), "de")
    rows = [row for group in drawn.groups for row in group.rows]
    assert len(rows) == len(programme.steps)
    assert all(0 < row.y < drawn.bottom < drawn.height for row in rows)
    assert all(0 < mark.x <= WIDTH for row in rows for mark in row.marks)
    assert all(0 < row.span[0] < row.span[1] <= drawn.end_x for row in rows if row.span)
    assert all(row.marks or row.span or row.said for row in rows)


async def test_a_case_leads_to_the_programme_that_it_follows(desk: Desk) -> None:
    page = (await (await desk.as_("maier")).get(f"/faelle/{desk.journey_of()}")).text
    assert 'href="/programm?fassung=p2026_' in page
