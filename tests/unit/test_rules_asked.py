"""Only stages whose answer can matter today are asked for, and that changes no ruling."""

from collections.abc import Iterator
from datetime import date

import pytest

from domain.facts import CaseFacts
from rules import ladder
from rules.judge import decide, weigh
from rules.ladder import Memory, Weighed
from rules.plain import Asked, asking, holds, source_of, stages_asked
from rules.subjects import Subject
from tests.oracle import lives
from tests.support.facts import BOOK, CALENDAR, facts, spoke

WEEK_3 = date(2027, 1, 25)
WEEK_4 = date(2027, 2, 1)
LIVES = 12


def _asked_of(rule: str, known: CaseFacts, on: date) -> tuple[int, ...]:
    memory = Memory(known.spoken)
    weighed = weigh(known, on, memory, calendar=CALENDAR, book=BOOK)
    entry = next(e for e in weighed if e.compiled.rule.id == rule)
    return ladder.asked(entry, memory).stages


def test_before_anything_was_said_only_the_first_stage_is_asked_for() -> None:
    assert _asked_of("FOE-02", facts(), WEEK_3) == (1,)


def test_once_a_stage_has_spoken_the_cause_and_the_next_stage_are_asked_for() -> None:
    once = facts(spoken=spoke("FOE-02", "offers", "2027-01-04", s1="2027-01-25"))
    twice = facts(spoken=spoke("FOE-02", "offers", "2027-01-04", s1="2027-01-25", s2="2027-02-01"))

    assert _asked_of("FOE-02", once, WEEK_4) == (0, 2)
    assert _asked_of("FOE-02", twice, WEEK_4) == (0,)


def test_a_stage_that_stands_alone_is_always_asked_for_until_it_has_spoken() -> None:
    alone = next(c for c in BOOK.compiled if any(s.alone for s in c.rule.stages))
    number = next(n for n, s in enumerate(alone.rule.stages, 1) if s.alone)
    weighed = Weighed(alone, _any_subject(), {})

    assert number in ladder.asked(weighed, Memory()).stages


def _any_subject() -> Subject:
    return Subject("any", "any", WEEK_3, {}, lambda _: 0)


def _lived(seed: str) -> Iterator[tuple[CaseFacts, date]]:
    """A made-up life on the days on which it is looked at, with all that was said before."""
    whole = lives.life(seed)
    said: list[dict[str, object]] = []
    for on in lives.visits(seed, whole):
        known = CaseFacts.model_validate({**lives.known_by(whole, on), "spoken": said})
        yield known, on
        ruling = decide(known, on, calendar=CALENDAR, book=BOOK)
        gone = {(x.rule, x.subject, x.episode.isoformat()) for x in ruling.lifted}
        said = [s for s in said if (s["rule"], s["subject"], s["episode"]) not in gone]
        said += [
            {
                "rule": d.rule,
                "subject": d.subject,
                "episode": d.episode.isoformat(),
                "stage": d.stage,
                "on": on,
            }
            for d in ruling.decisions
        ]


def _ask_for_all(entry: Weighed, memory: Memory) -> Asked:
    return asking(entry.compiled, tuple(range(len(entry.compiled.rows))))


def test_asking_for_every_stage_would_decide_and_lift_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [pair for number in range(LIVES) for pair in _lived(f"asked/{number}")]
    sparing = [decide(known, on, calendar=CALENDAR, book=BOOK) for known, on in days]
    monkeypatch.setattr(ladder, "asked", _ask_for_all)

    assert [decide(known, on, calendar=CALENDAR, book=BOOK) for known, on in days] == sparing
    assert any(ruling.lifted for ruling in sparing)
    assert any(ruling.decisions for ruling in sparing)


def test_asking_for_too_little_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ladder, "asked", lambda entry, memory: asking(entry.compiled, (0,)))

    assert decide(facts(), WEEK_3, calendar=CALENDAR, book=BOOK).decisions == ()


def test_only_what_is_asked_for_is_written_out_and_answered() -> None:
    rule = BOOK.compiled[0]
    some = asking(rule, (0, 2))

    assert stages_asked(some) == (0, 2)
    assert some is asking(rule, (0, 2))
    assert source_of(some).count("found.append") == 2
    values = {field: bound for row in rule.rows for field, _, bound in row}
    assert {stage for _, stage in holds([(some, values)])} <= {0, 2}
