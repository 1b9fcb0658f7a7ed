"""Words for codes: every task that the activities can open, every stage of the book, every reason of a message."""

import ast
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

import pytest

from domain.codes import Outcome
from domain.facts import PauseFact
from rules.book import book
from store import editions
from tests.web.conftest import Desk
from tests.web.filling import hidden_of
from web.naming import Naming
from web.wording import notice_reason, notice_text, task_text
from web.words import WORDS, Lang

GERMAN, ENGLISH = Naming("de"), Naming("en")
TASKS = {
    *("settle_appointment", "decide_excuse", "review_pause", "escalation_returned", "notice_failed"),
    *("notice_unknown", "end_of_term", "judgement_withheld", "explain_in_language"),
    *("speak_in_person", "step_due", "review_pause_end", "hand_over_lapsed", "hand_over_returned"),
    *("own_copy", "ask_own_consent", "settle_dispute", "take_over_review", "offer_advice"),
}
SHUT_BY = ("closed", "no_consent", "paused", "twin_open", "excuse_open", "disputed", "term_over")
ELSEWHERE = ("no_consent_channel", "cause_gone", "too_late", "asylum_rejected", "address_blocked")


def _trees() -> Iterator[ast.Module]:
    for file in files("activities").iterdir():
        if file.name.endswith(".py"):
            yield ast.parse(file.read_text(encoding="utf-8"))


def _opened() -> set[str]:
    """Every code in a call of `open_task`; a name stands for the codes of the loop or the rule around it."""
    found: set[str] = set()
    for tree in _trees():
        for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id == "open_task":
                found |= _codes(call.args[1], tree)
    return found


def _codes(what: ast.expr, tree: ast.Module) -> set[str]:
    match what:
        case ast.Constant(value=str(code)):
            return {code}
        case ast.JoinedStr(values=[ast.Constant(value="notice_"), *_]):
            return {"notice_failed", "notice_unknown"}
        case ast.Name(id="what"):
            return _looped(tree)
    raise AssertionError(ast.dump(what))


def _looped(tree: ast.Module) -> set[str]:
    loops = (n for n in ast.walk(tree) if isinstance(n, ast.For) and isinstance(n.iter, ast.Tuple))
    heads = (row.elts[0] for loop in loops for row in loop.iter.elts if isinstance(row, ast.Tuple))  # type: ignore[attr-defined]
    return {head.value for head in heads if isinstance(head, ast.Constant) and isinstance(head.value, str)}


def _of_rules() -> Iterator[str]:
    for rule in book().rules:
        for stage in rule.stages:
            for outcome, _ in stage.outcomes:
                plain = outcome in (Outcome.TASK, Outcome.REMIND)
                yield f"{rule.id.lower().replace('-', '_')}_{stage.no}" if plain else str(outcome)


def _unworded(code: str, text: str) -> bool:
    return not text.strip() or text == code.replace("_", " ")


def test_every_task_that_the_activities_open_is_called_something_in_both_languages() -> None:
    assert _opened() == TASKS
    for code in (*TASKS, *_of_rules(), *(str(o) for o in Outcome if o.startswith("propose"))):
        if code == Outcome.ESCALATE:
            continue
        german, english = task_text(code, GERMAN), task_text(code, ENGLISH)
        assert not _unworded(code, german), code
        assert not _unworded(code, english), code
        assert german != english, code


def test_a_task_without_words_would_be_noticed() -> None:
    assert _unworded("water_plants", task_text("water_plants", GERMAN))


def test_every_message_has_a_name_in_both_languages() -> None:
    texts = {
        file.name.split(".")[0] for file in files("notices.texts").iterdir() if file.name.endswith(".de.yaml")
    }
    for code in texts - {"frame"}:
        german, english = notice_text(code, GERMAN), notice_text(code, ENGLISH)
        assert not _unworded(code, german), code
        assert not _unworded(code, english), code


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_reason_why_a_message_lapses_has_words(lang: Lang) -> None:
    for code in (*SHUT_BY, *ELSEWHERE):
        assert code in WORDS["notice_reason"]
        assert notice_reason(code, Naming(lang)) == WORDS["notice_reason"][code][lang == "en"]
    assert "550" in notice_reason("smtp_550", Naming(lang))


def test_every_subject_of_a_rule_and_a_pause_are_named_without_their_ids(desk: Desk) -> None:
    facts = desk.journeys.states[desk.journey_of()].facts
    pause = PauseFact(id="pau_" + "1" * 32, reason="illness", start=date(2027, 1, 4))
    facts = facts.model_copy(update={"pauses": (pause,)})
    names = Naming("de", editions.newest_programme()[0], facts)

    assert names.subject(f"pause/{pause.id}") == "Pause seit 04.01.2027: Krankheit"
    for subject in ("offers", "plan", "childcare", "entitlement", "contact", "review", "journey"):
        assert names.subject(subject) != subject


async def test_a_lapsed_message_stands_in_the_story_with_its_reason(desk: Desk) -> None:
    """On a Sunday the invitation waits for Monday; the appointment is cancelled before it can leave."""
    desk.journeys.pass_days(6)
    browser, journey = await desk.as_("maier"), desk.journey_of()
    path = f"/faelle/{journey}/aktion"
    hidden = hidden_of((await browser.get(f"{path}/offer_appointment")).text)
    fields = {"talk": "first_talk", "start_day": "2027-01-27", "start_time": "10:30", "place": "office"}
    more = {"interpreter": "requested", "invited_in_language": "yes"}
    await browser.post(f"{path}/offer_appointment", data={**hidden, **fields, **more})
    about = hidden["new_id"]
    opened = hidden_of((await browser.get(f"{path}/cancel_appointment?appointment={about}")).text)

    done = await browser.post(
        f"{path}/cancel_appointment", data={**opened, "appointment": about, "by": "participant"}
    )

    assert done.status_code == 303
    german = (await browser.get(f"/faelle/{journey}")).text
    english = (await browser.get(f"/faelle/{journey}?lang=en")).text
    story = german[german.index('id="story"') : german.index("<details><summary>Vollständiges")]
    assert "Nachricht entfallen: Einladung zum Termin – Erstgespräch, 27.01.2027 10:30." in story
    assert "Grund: der Anlass ist weggefallen" in story
    assert "Reason: its cause is gone" in english
    notices = german[german.index('id="notices"') : german.index('id="facts"')]
    assert "der Anlass ist weggefallen" in notices
    assert "/briefe/" not in notices
