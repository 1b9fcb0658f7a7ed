"""The gate lets no demand pass while the office, a pause or an open question stands before it; help may pass."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.codes import Channel
from domain.facts import NoticeFact
from domain.gate import Ask, Candidate, Grant, Rank, budget, gate, net_days, of_text
from rules.shape import ask_of
from tests.support.facts import (
    BOOK,
    EXCUSE,
    OFFICE_OFFER,
    OFFICE_PROMISE,
    OWN_STEP,
    PAUSE,
    Facts,
    appointment,
    course,
    day,
    facts,
    office_promise,
    own_step,
    value,
)

STEP = f"commitment/{OWN_STEP}"
NO_SHOW = f"appointment/{OFFICE_OFFER}"
ON = day("2027-03-04")
MISSED = appointment("2027-02-03T09:00:00+01:00", status="missed")
PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2027-03-04"}]


INQUIRY = ask_of(BOOK.rule("MIT-10"), help=True)


def _ask(rule: str) -> Ask:
    return ask_of(BOOK.rule(rule))


def _excuse(subject: str, **more: object) -> list[Facts]:
    return [{"id": EXCUSE, "subject": subject, "reason": "illness", "on": "2027-03-02", **more}]


def test_nothing_in_the_way_leaves_it_open() -> None:
    for rule, subject in (("MIT-01", NO_SHOW), ("MIT-02", "entitlement"), ("MIT-08", STEP)):
        known = facts(appointments=[MISSED], commitments=[own_step()], values=course())

        assert gate(known, _ask(rule), subject, ON).shut_by == ()
        assert gate(known, _ask(rule), subject, ON).open


SHUT: list[tuple[str, str, str, dict[str, Any]]] = [
    ("closed", "MIT-08", STEP, {"closed_on": "2027-03-01", "commitments": [own_step()]}),
    ("no_consent", "MIT-08", STEP, {"consents": [], "commitments": [own_step()]}),
    ("paused", "MIT-08", STEP, {"pauses": PAUSED, "commitments": [own_step()]}),
    ("excuse_open", "MIT-08", STEP, {"excuses": _excuse(STEP), "commitments": [own_step()]}),
    (
        "excuse_open",
        "MIT-02",
        "entitlement",
        {"excuses": _excuse("step/course_registration"), "values": course()},
    ),
    ("twin_open", "MIT-08", STEP, {"commitments": [own_step(), office_promise()]}),
    ("twin_open", "MIT-02", "entitlement", {"values": course()[:2]}),
    ("twin_open", "MIT-02", "entitlement", {"values": course(value(4, "childcare", "open", "2027-02-01"))}),
    ("twin_open", "MIT-01", NO_SHOW, {"appointments": [{**MISSED, "interpreter": "failed"}]}),
    ("twin_open", "MIT-01", NO_SHOW, {"appointments": [{**MISSED, "cancelled_by": "office"}]}),
    ("twin_open", "MIT-01", NO_SHOW, {"appointments": [{**MISSED, "invited_in_language": False}]}),
    ("disputed", "MIT-02", "entitlement", {"values": [{**course()[0], "disputed": True}, *course()[1:]]}),
    ("term_over", "MIT-08", STEP, {"term_months": 1, "commitments": [own_step()]}),
]


@pytest.mark.parametrize(("code", "rule", "subject", "recorded"), SHUT, ids=[f"{s[0]} {s[1]}" for s in SHUT])
def test_one_thing_in_the_way_shuts_it(code: str, rule: str, subject: str, recorded: dict[str, Any]) -> None:
    found = gate(facts(**recorded), _ask(rule), subject, ON)

    assert not found.open
    assert found.shut_by == (code,)


def test_every_reason_is_named_not_only_the_first() -> None:
    known = facts(
        consents=[], pauses=PAUSED, commitments=[own_step(), office_promise()], excuses=_excuse(STEP)
    )

    assert gate(known, _ask("MIT-08"), STEP, ON).shut_by == (
        "no_consent",
        "paused",
        "twin_open",
        "excuse_open",
    )


def test_help_passes_an_open_reason_but_no_pause_and_no_end() -> None:
    assert gate(facts(excuses=_excuse("contact")), INQUIRY, "contact", ON).open
    assert gate(facts(pauses=PAUSED), INQUIRY, "contact", ON).shut_by == ("paused",)
    assert gate(facts(closed_on="2027-03-01"), INQUIRY, "contact", ON).shut_by == ("closed",)


def test_before_consent_only_the_first_talk_may_be_spoken_of() -> None:
    first = facts(consents=[], appointments=[appointment("2027-03-10T09:00:00+01:00", talk="first_talk")])
    other = facts(consents=[], appointments=[appointment("2027-03-10T09:00:00+01:00", talk="review")])

    assert gate(first, of_text("invitation", NO_SHOW), NO_SHOW, ON).open
    assert gate(other, of_text("invitation", NO_SHOW), NO_SHOW, ON).shut_by == ("no_consent",)
    assert gate(facts(consents=[]), of_text("step_note", "step/first_contact"), "step/first_contact", ON).open
    assert gate(facts(consents=[]), of_text("step_note", "step/profile"), "step/profile", ON).shut_by == (
        "no_consent",
    )


def test_a_promise_of_another_goal_that_is_not_paired_stands_in_nobodys_way() -> None:
    other = office_promise(goal="housing")

    assert gate(facts(commitments=[own_step(), other]), _ask("MIT-08"), STEP, ON).open
    assert not gate(facts(commitments=[own_step(twin=OFFICE_PROMISE), other]), _ask("MIT-08"), STEP, ON).open


def test_a_promise_of_the_office_blocks_from_the_day_after_its_date_until_it_is_kept() -> None:
    known = facts(commitments=[own_step(), office_promise("2027-03-02", kept_on="2027-03-05")])

    shut = [d for d in range(1, 9) if not gate(known, _ask("MIT-08"), STEP, date(2027, 3, d)).open]

    assert shut == [3, 4]


def test_an_open_reason_blocks_until_the_day_it_is_decided() -> None:
    decided = _excuse(STEP, decided_on="2027-03-05", accepted=False)
    known = facts(commitments=[own_step()], excuses=decided)

    shut = [d for d in range(1, 9) if not gate(known, _ask("MIT-08"), STEP, date(2027, 3, d)).open]

    assert shut == [2, 3, 4]
    assert net_days(known, _ask("MIT-08"), STEP, day("2027-03-01"), day("2027-03-08")) == 4


def test_days_before_consent_do_not_count() -> None:
    known = facts(consents=[{"purpose": "casework", "outcome": "given", "on": "2027-03-05"}])

    assert net_days(known, _ask("MIT-08"), STEP, day("2027-03-01"), day("2027-03-08")) == 4


def test_a_child_under_three_shuts_it_until_the_parents_wish() -> None:
    small = value(4, "child_under_three_until", "2027-03-04", "2027-02-01")
    care = value(5, "childcare", "covered", "2027-02-01")
    wish = value(6, "parents_wish", "yes", "2027-02-01")

    assert not gate(facts(values=course(small, care)), _ask("MIT-02"), "entitlement", ON).open
    assert not gate(facts(values=course(small, wish)), _ask("MIT-02"), "entitlement", ON).open
    assert gate(facts(values=course(small, care, wish)), _ask("MIT-02"), "entitlement", ON).open
    assert gate(facts(values=course(small, care)), _ask("MIT-02"), "entitlement", day("2027-03-05")).open


MONDAY = day("2027-03-01")


def _sent(*days: str, matter: str = "review", state: str = "sent") -> list[NoticeFact]:
    return [
        NoticeFact(
            id=f"not_{number:032x}",
            text="note",
            matter=matter,
            channel=Channel.EMAIL,
            planned_on=day(on),
            send_at=datetime.combine(day(on), datetime.min.time(), tzinfo=UTC) + timedelta(hours=9),
            state=state,
        )
        for number, on in enumerate(days)
    ]


def _wish(key: str, rank: Rank = Rank.DEMAND, matter: str = "plan", rule: str = "") -> Candidate:
    return Candidate(key, rank, matter, rule)


def _every_day(_: date) -> bool:
    return True


def _no_sunday(on: date) -> bool:
    return on.weekday() != 6


def _days(grants: tuple[Grant, ...]) -> dict[str, str | None]:
    return {grant.key: grant.on.isoformat() if grant.on else None for grant in grants}


def test_one_notice_a_day_and_two_in_seven_days() -> None:
    grants = budget([], MONDAY, [_wish("a"), _wish("b"), _wish("c", matter="x")], allowed=_every_day)

    assert _days(grants) == {"a": "2027-03-01", "b": "2027-03-02", "c": "2027-03-08"}


def test_the_rank_comes_before_the_rule_and_the_rule_before_the_key() -> None:
    wishes = [
        _wish("d", Rank.DEMAND, "w", "MIT-08"),
        _wish("c", Rank.DEMAND, "x", "MIT-01"),
        _wish("b", Rank.APPOINTMENT, "y"),
        _wish("a", Rank.STATUTORY, "z", "MIT-99"),
    ]

    grants = budget([], MONDAY, wishes, allowed=_every_day)

    assert [grant.key for grant in grants] == ["a", "b", "c", "d"]
    assert [str(grant.on) for grant in grants] == ["2027-03-01", "2027-03-02", "2027-03-08", "2027-03-09"]


def test_two_in_any_seven_days_looks_both_ways() -> None:
    ahead = _sent("2027-03-04", "2027-03-05", state="planned")

    assert _days(budget(ahead, MONDAY, [_wish("a")], allowed=_every_day)) == {"a": "2027-03-11"}


def test_six_in_thirty_days() -> None:
    before = _sent("2027-02-03", "2027-02-08", "2027-02-11", "2027-02-16", "2027-02-20", "2027-02-26")

    grants = budget(before, MONDAY, [_wish("a")], allowed=_every_day)

    assert _days(grants) == {"a": "2027-03-05"}


def test_the_fifth_notice_of_a_matter_becomes_a_task() -> None:
    before = _sent("2026-10-01", "2026-11-01", "2026-12-01", "2027-01-04", matter="plan")

    grants = budget(before, MONDAY, [_wish("a"), _wish("b", matter="contact")], allowed=_every_day)

    assert _days(grants) == {"a": None, "b": "2027-03-01"}


def test_what_lapsed_or_failed_uses_nothing_up() -> None:
    never = _sent("2027-03-01", "2027-03-02", state="lapsed") + _sent("2027-03-01", state="failed")

    assert _days(budget(never, MONDAY, [_wish("a")], allowed=_every_day)) == {"a": "2027-03-01"}


def test_a_notice_waits_for_a_sending_day() -> None:
    sunday = day("2027-03-07")

    assert _days(budget([], sunday, [_wish("a")], allowed=_no_sunday)) == {"a": "2027-03-08"}
