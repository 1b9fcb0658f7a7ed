"""What acts over time: one stage a day, its distance kept after an outage, episodes that end and begin anew."""

from datetime import date
from typing import Any

from domain.codes import Addressee, Outcome
from domain.facts import CaseFacts
from rules.foresight import foresee
from rules.judge import decide, owed
from rules.why import sentences, why
from tests.support.facts import (
    BOOK,
    CALENDAR,
    EXCUSE,
    OFFICE_PROMISE,
    OWN_STEP,
    PAUSE,
    appointment,
    course,
    day,
    facts,
    office_promise,
    own_step,
    spoke,
    value,
)

STEP = f"commitment/{OWN_STEP}"
TALK_HELD = [{"id": "tlk_" + "1" * 32, "talk": "first_talk", "on": "2027-01-14"}]
PLAN_DONE = [{"step": "integration_plan", "on": "2027-02-01"}]
QUIET: dict[str, Any] = {"talks": TALK_HELD, "steps": PLAN_DONE}


def _acts(known: CaseFacts, on: str) -> list[tuple[str, int, str, str]]:
    ruling = decide(known, day(on), calendar=CALENDAR, book=BOOK)
    return [(d.rule, d.stage, d.outcome.value, d.addressee.value) for d in ruling.decisions]


def _stages(known: CaseFacts, on: str, rule: str) -> set[int]:
    return {stage for found, stage, _, _ in _acts(known, on) if found == rule}


def _lifted(known: CaseFacts, on: str) -> set[tuple[str, str, str]]:
    ruling = decide(known, day(on), calendar=CALENDAR, book=BOOK)
    return {(x.rule, x.subject, x.episode.isoformat()) for x in ruling.lifted}


def test_after_an_outage_the_first_stage_speaks_first_and_the_distances_are_kept() -> None:
    found = [
        (on.isoformat(), made.stage)
        for on, made in foresee(
            facts(talks=TALK_HELD), day("2027-07-01"), on=day("2027-06-01"), calendar=CALENDAR, book=BOOK
        )
        if made.rule == "FOE-04"
    ]

    assert found == [("2027-06-01", 1), ("2027-06-15", 2), ("2027-06-29", 3)]


def test_a_stage_acts_once_though_it_stays_in_force() -> None:
    known = facts(spoken=spoke("FOE-04", "plan", "2027-01-04", s1="2027-03-15"), talks=TALK_HELD)

    assert _stages(known, "2027-03-15", "FOE-04") == set()
    assert _stages(known, "2027-03-20", "FOE-04") == set()


def test_a_stage_with_two_outcomes_says_both_at_once() -> None:
    known = facts(
        **QUIET, commitments=[own_step()], spoken=spoke("MIT-08", STEP, "2027-03-01", s1="2027-03-04")
    )

    assert [act for act in _acts(known, "2027-03-11") if act[0] == "MIT-08"] == [
        ("MIT-08", 2, "remind", "participant"),
        ("MIT-08", 2, "task", "case_worker"),
    ]


def test_the_distance_runs_on_the_net_clock_too() -> None:
    paused = [{"id": PAUSE, "reason": "illness", "start": "2027-03-05", "ended_on": "2027-03-09"}]
    spoken = spoke("MIT-08", STEP, "2027-03-01", s1="2027-03-04")
    known = facts(**QUIET, commitments=[own_step()], spoken=spoken, pauses=paused)

    assert _stages(known, "2027-03-15", "MIT-08") == set()
    assert _stages(known, "2027-03-16", "MIT-08") == {2}


def test_a_ladder_goes_on_where_it_stood_when_a_reason_is_rejected() -> None:
    reason = {"id": EXCUSE, "subject": STEP, "reason": "illness", "on": "2027-03-08"}
    decided = {**reason, "decided_on": "2027-03-18", "accepted": False}
    spoken = spoke("MIT-08", STEP, "2027-03-01", s1="2027-03-04")

    waiting = facts(**QUIET, commitments=[own_step()], spoken=spoken, excuses=[reason])
    going_on = facts(**QUIET, commitments=[own_step()], spoken=spoken, excuses=[decided])

    assert _stages(waiting, "2027-04-20", "MIT-08") == set()
    assert _stages(going_on, "2027-03-20", "MIT-08") == set()
    assert _stages(going_on, "2027-03-21", "MIT-08") == {2}


def test_an_episode_is_lifted_when_its_cause_is_gone_and_not_by_a_pause() -> None:
    spoken = spoke("MIT-08", STEP, "2027-03-01", s1="2027-03-04")
    kept = facts(**QUIET, commitments=[own_step(kept_on="2027-03-06")], spoken=spoken)
    paused = facts(
        **QUIET,
        commitments=[own_step()],
        spoken=spoken,
        pauses=[{"id": PAUSE, "reason": "illness", "start": "2027-03-05"}],
    )

    assert _lifted(kept, "2027-03-06") == {("MIT-08", STEP, "2027-03-01")}
    assert _lifted(paused, "2027-03-06") == set()


def test_a_new_due_date_begins_anew_at_the_first_stage() -> None:
    spoken = spoke("MIT-08", STEP, "2027-03-01", s1="2027-03-04", s2="2027-03-11")
    known = facts(**QUIET, commitments=[own_step("2027-04-01")], spoken=spoken)

    assert _lifted(known, "2027-04-06") == {("MIT-08", STEP, "2027-03-01")}
    assert _stages(known, "2027-04-06", "MIT-08") == {1}


def test_a_sign_of_life_ends_the_search_and_silence_begins_it_anew() -> None:
    spoken = spoke("MIT-10", "contact", "2027-01-14", s1="2027-02-13")
    known = facts(**QUIET, spoken=spoken, contacts=[{"kind": "call", "on": "2027-02-20"}])

    assert _lifted(known, "2027-02-20") == {("MIT-10", "contact", "2027-01-14")}
    assert _stages(known, "2027-03-21", "MIT-10") == set()
    assert _stages(known, "2027-03-22", "MIT-10") == {1}


def test_closing_silences_every_rule_and_lifts_what_was_spoken() -> None:
    spoken = spoke("FOE-04", "plan", "2027-01-04", s1="2027-03-15")
    known = facts(spoken=spoken, closed_on="2027-04-01", commitments=[office_promise()])

    assert _acts(known, "2027-06-01") == []
    assert _lifted(known, "2027-04-01") == {("FOE-04", "plan", "2027-01-04")}
    assert _acts(known, "2027-03-31") != []


def test_a_next_date_does_not_spare_the_question_why_somebody_was_away() -> None:
    missed = appointment("2027-02-03T09:00:00+01:00", status="missed", settled_on="2027-02-03")
    offered = {**missed, "id": "apt_" + "2" * 32, "start": "2027-02-10T09:00:00+01:00", "status": "offered"}
    known = facts(**QUIET, appointments=[missed, {**offered, "offered_on": "2027-02-03", "settled_on": None}])

    found = foresee(known, day("2027-06-01"), on=day("2027-02-03"), calendar=CALENDAR, book=BOOK)

    assert [(on.isoformat(), made.stage) for on, made in found if made.rule == "MIT-01"] == [
        ("2027-02-05", 1)
    ]


def test_the_inquiry_is_made_in_a_pause_too_and_the_proposal_waits_for_its_end() -> None:
    spoken = spoke("MIT-10", "contact", "2027-01-14", s1="2027-02-13", s2="2027-02-28")
    pause = [{"id": PAUSE, "reason": "illness", "start": "2027-03-16", "ended_on": "2027-03-20"}]
    asked_late = facts(**QUIET, pauses=pause)
    told_in_time = facts(**QUIET, pauses=pause, spoken=spoken)

    assert _stages(asked_late, "2027-03-18", "MIT-10") == {1}
    assert _stages(told_in_time, "2027-03-18", "MIT-10") == set()
    assert _stages(told_in_time, "2027-03-21", "MIT-10") == {3}
    (reason,) = why(told_in_time, "MIT-10", day("2027-03-18"), calendar=CALENDAR, book=BOOK).reasons
    assert (reason.state, reason.stage, [x.field for x in reason.lacking]) == ("held_back", 3, ["gate_open"])


def test_a_review_missed_today_is_asked_for_again_tomorrow() -> None:
    missed = appointment(
        "2027-07-20T09:00:00+02:00",
        talk="review",
        offered_on="2027-07-01",
        status="missed",
        settled_on="2027-07-20",
    )
    known = facts(**QUIET, appointments=[missed])

    found = foresee(known, day("2027-07-21"), on=day("2027-07-19"), calendar=CALENDAR, book=BOOK)

    assert [(on.isoformat(), d.stage) for on, d in found if d.rule == "FOE-14"] == [("2027-07-21", 1)]


def test_an_entry_put_right_on_its_own_day_begins_no_new_stretch_of_open_care() -> None:
    since = value(4, "childcare", "open", "2027-02-01")
    mistaken = value(5, "childcare", "not_needed", "2027-02-20")
    put_right = value(6, "childcare", "open", "2027-02-20")
    spoken = spoke("FOE-10", "childcare", "2027-02-01", s1="2027-02-15")
    still_open = facts(**QUIET, values=course(since, mistaken, put_right), spoken=spoken)
    covered = facts(**QUIET, values=course(since, mistaken), spoken=spoken)

    assert _lifted(still_open, "2027-03-15") == set()
    assert _stages(still_open, "2027-03-15", "FOE-10") == set()
    assert _lifted(covered, "2027-03-15") == {("FOE-10", "childcare", "2027-02-01")}


def _matter(**answer: str) -> dict[str, Any]:
    about = {"rule": "FOE-04", "subject": "plan", "episode": "2027-01-04", "level": 1}
    return {"id": "esc_" + "1" * 32, **about, "raised_on": "2027-03-29", "answer_by": "2027-04-14", **answer}


SPOKEN_TWICE = spoke("FOE-04", "plan", "2027-01-04", s1="2027-03-15", s2="2027-03-29")


def test_an_answer_with_a_date_silences_the_matter_until_then() -> None:
    known = facts(talks=TALK_HELD, spoken=SPOKEN_TWICE, matters=[_matter(silent_until="2027-04-20")])

    assert _stages(known, "2027-04-20", "FOE-04") == set()
    assert _stages(known, "2027-04-21", "FOE-04") == {3}


def test_a_matter_that_a_person_closed_stays_closed_but_a_new_cause_speaks() -> None:
    by_hand = facts(talks=TALK_HELD, spoken=SPOKEN_TWICE, matters=[_matter(closed_on="2027-04-01")])
    lifted_before = facts(talks=TALK_HELD, matters=[_matter(closed_on="2027-04-01")])

    assert _stages(by_hand, "2027-05-01", "FOE-04") == set()
    assert _stages(lifted_before, "2027-05-01", "FOE-04") == {1}


def test_without_consent_only_the_offers_and_the_question_for_it_are_spoken_of() -> None:
    known = facts(
        consents=[],
        commitments=[own_step(), office_promise()],
        values=course(value(4, "childcare", "open", "2027-02-01")),
        appointments=[appointment("2027-02-03T09:00:00+01:00", status="missed")],
    )
    ahead = foresee(known, day("2028-01-04"), on=day("2027-01-04"), calendar=CALENDAR, book=BOOK)

    assert {made.rule for _, made in ahead} == {"FOE-02", "FOE-03"}


def test_after_the_term_demands_stop_and_the_duties_of_the_office_go_on() -> None:
    known = facts(talks=TALK_HELD, commitments=[own_step()], term_months=2)

    assert _stages(known, "2027-03-04", "MIT-08") == {1}
    assert {rule for rule, *_ in _acts(known, "2027-03-15")} == {"FOE-04", "FOE-15", "FOE-16", "MIT-10"}


def test_an_appointment_at_midnight_falls_on_its_berlin_day() -> None:
    late = appointment("2027-02-03T23:30:00Z", status="missed")

    assert _stages(facts(**QUIET, appointments=[late]), "2027-02-05", "MIT-01") == set()
    assert _stages(facts(**QUIET, appointments=[late]), "2027-02-08", "MIT-01") == {1}


def test_why_names_the_threshold_that_is_missing() -> None:
    answer = why(facts(), "FOE-02", day("2027-01-20"), calendar=CALENDAR, book=BOOK)

    assert not answer.spoke
    assert [(r.state, r.lacking[0].found, r.lacking[0].bound) for r in answer.reasons] == [
        ("not_reached", 16, 21)
    ]
    assert sentences(answer, "en") == (
        "offers: stage 1 has not been reached – net_days_since_t0 = 16 d (>= 21)",
    )


def test_why_names_what_shut_the_gate() -> None:
    known = facts(**QUIET, commitments=[own_step(), office_promise()])

    answer = why(known, "MIT-08", day("2027-03-04"), calendar=CALENDAR, book=BOOK)

    assert [(r.state, r.shut_by) for r in answer.reasons] == [("held_back", ("twin_open",))]
    assert "die Stelle hat ihren eigenen Teil noch nicht getan" in sentences(answer, "de")[0]


def test_why_knows_a_rule_that_spoke_that_day_before_and_after_it_was_written_down() -> None:
    before = facts(talks=TALK_HELD)
    after = facts(talks=TALK_HELD, spoken=spoke("FOE-04", "plan", "2027-01-04", s1="2027-03-15"))

    for known in (before, after):
        answer = why(known, "FOE-04", day("2027-03-15"), calendar=CALENDAR, book=BOOK)
        assert answer.spoke
        assert [(r.state, r.stage) for r in answer.reasons] == [("spoke", 1)]


def test_why_says_that_a_later_stage_waits_for_its_distance() -> None:
    known = facts(talks=TALK_HELD, spoken=spoke("FOE-04", "plan", "2027-01-04", s1="2027-06-01"))

    answer = why(known, "FOE-04", day("2027-06-10"), calendar=CALENDAR, book=BOOK)

    assert [(r.state, r.stage, r.lacking[0].found) for r in answer.reasons] == [("waits_for_distance", 2, 9)]


def test_why_of_a_closed_journey_and_of_a_subject_that_does_not_exist() -> None:
    closed = why(facts(closed_on="2027-02-01"), "FOE-04", day("2027-03-15"), calendar=CALENDAR, book=BOOK)
    nothing = why(facts(), "MIT-08", day("2027-03-15"), calendar=CALENDAR, book=BOOK)

    assert sentences(closed, "en") == ("the journey has ended",)
    assert sentences(nothing, "en") == ("there is no cause",)


def test_what_the_office_owes_is_named() -> None:
    known = facts(talks=TALK_HELD, commitments=[office_promise()])

    found = owed(known, day("2027-03-15"), calendar=CALENDAR, book=BOOK)

    assert set(found) == {("FOE-04", "plan"), ("FOE-05", f"commitment/{OFFICE_PROMISE}")}


def test_no_escalation_about_a_person_comes_before_a_reminder() -> None:
    known = facts(
        **QUIET, values=course(), commitments=[own_step()], contacts=[{"kind": "call", "on": "2027-05-01"}]
    )
    first: dict[str, tuple[Outcome, Addressee]] = {}
    for _, made in foresee(known, day("2027-05-20"), on=date(2027, 1, 4), calendar=CALENDAR, book=BOOK):
        first.setdefault(made.rule, (made.outcome, made.addressee))

    assert first["MIT-02"] == first["MIT-08"] == (Outcome.REMIND, Addressee.PARTICIPANT)
