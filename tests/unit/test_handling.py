"""What a journey does with a command: becomes events, or says why not, and never anything else."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter

from domain.codes import CloseReason, Purpose
from domain.commands import Body, Command, Receipt
from domain.errors import InvariantViolation, Refusal
from domain.events import Event, JourneyStarted
from domain.handling import handle
from domain.journey import JourneyState, begin, evolve, evolve_all, remember, with_plan

NOW = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
WORKER = "usr_" + "1" * 32
OTHER = "usr_" + "2" * 32
BODY: TypeAdapter[Body] = TypeAdapter(Body)


def ident(prefix: str, n: int = 1) -> str:
    return f"{prefix}_{n:032x}"


def started() -> JourneyState:
    body = JourneyStarted(
        ags="08116077",
        t0=date(2027, 1, 4),
        opened_on=date(2027, 1, 4),
        programme="p2026_0",
        term_months=24,
        language="ar",
        case_worker=WORKER,
    )
    at = datetime(2027, 1, 4, 8, 0, tzinfo=UTC)
    return begin("off_musterstadt", ident("jrn"), Event(seq=1, recorded_at=at, actor=WORKER, body=body))


def command(
    kind: str, *, rev: int | None = None, n: int = 1, approved: tuple[str, ...] = (), **fields: Any
) -> Command:
    return Command(
        command_id=ident("cmd", n),
        actor=WORKER,
        role="case_worker",
        rev=rev,
        approvals=approved,
        body=BODY.validate_python({"kind": kind, **fields}),
    )


def after(state: JourneyState, *commands: Command) -> JourneyState:
    for one in commands:
        events = handle(state, one, NOW)
        assert not isinstance(events, Refusal), events
        state = evolve_all(state, events)
    return state


def refused(state: JourneyState, one: Command) -> Refusal:
    result = handle(state, one, NOW)
    assert isinstance(result, Refusal), result
    return result


def consent(outcome: str = "given", purpose: str = "casework", **more: Any) -> Command:
    return command("take_consent", purpose=purpose, outcome=outcome, on="2027-01-11", **more)


def offer(n: int = 1, start: str = "2027-01-14T09:00:00+01:00") -> Command:
    return command("offer_appointment", appointment=ident("apt", n), talk="first_talk", start=start)


def test_a_fact_beyond_base_data_is_refused_before_consent_and_names_the_field() -> None:
    fact = command("record_fact", code="course_entitlement", value="duty", valid_from="2027-01-10")

    refusal = refused(started(), fact)

    assert (refusal.code, refusal.params["field"]) == ("consent_missing", "course_entitlement")


def test_base_data_may_be_recorded_before_consent() -> None:
    state = after(
        started(), command("record_fact", code="interpreter", value="not_needed", valid_from="2027-01-11")
    )

    assert state.facts.value("interpreter", date(2027, 1, 11)) == "not_needed"
    assert state.facts.value("interpreter", date(2027, 1, 10)) == "needed"


def test_a_partial_consent_opens_only_its_fields() -> None:
    state = after(started(), consent("partly", fields=["language"]))
    housing = command("record_fact", code="childcare", value="open", valid_from="2027-01-10")

    assert refused(state, housing).code == "consent_scope"
    after(state, command("record_fact", code="course_place", value="exists", valid_from="2027-01-10"))


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [("refused", CloseReason.CONSENT_REFUSED), ("withdrawn", CloseReason.CONSENT_WITHDRAWN)],
)
def test_refusing_or_withdrawing_casework_ends_the_journey_at_once(outcome: str, reason: CloseReason) -> None:
    state = after(started(), consent()) if outcome == "withdrawn" else started()

    state = after(state, consent(outcome))

    assert (state.facts.closed_on, state.facts.closed_reason) == (date(2027, 1, 11), reason)
    assert refused(state, offer()).code == "journey_closed"


def test_withdrawing_the_mail_consent_ends_only_the_mails() -> None:
    state = after(started(), consent(), consent(purpose="email"), consent("withdrawn", purpose="email"))

    assert not state.closed
    assert not state.facts.allows(Purpose.EMAIL)


def test_a_stale_form_is_told_who_changed_what() -> None:
    state = after(started(), offer(), command("confirm_appointment", appointment=ident("apt")))
    stale = command("cancel_appointment", rev=1, appointment=ident("apt"), by="office")

    refusal = refused(state, stale)

    assert refusal.code == "stale_rev"
    assert (refusal.params["by"], refusal.params["current"]) == (WORKER, "2")
    after(state, command("cancel_appointment", rev=2, appointment=ident("apt"), by="office"))


def test_a_change_elsewhere_does_not_make_a_form_stale() -> None:
    state = after(started(), offer(1), offer(2, "2027-01-15T09:00:00+01:00"))

    confirmed = after(state, command("confirm_appointment", rev=1, appointment=ident("apt", 1)))

    assert [a.status for a in confirmed.facts.appointments] == ["confirmed", "offered"]


def test_a_talk_settles_all_or_nothing() -> None:
    state = started()
    settles = [
        {"kind": "take_consent", "purpose": "casework", "outcome": "given", "on": "2027-01-11"},
        {"kind": "record_step", "step": "first_talk", "on": "2027-01-11"},
        {"kind": "record_fact", "code": "language_level", "value": "a1", "valid_from": "2027-01-11"},
    ]
    talk = {"talk": ident("tlk"), "about": "first_talk", "on": "2027-01-11"}
    broken = [
        *settles,
        {"kind": "record_fact", "code": "language_level", "value": "z9", "valid_from": "2027-01-11"},
    ]

    whole = after(state, command("record_talk", settles=settles, **talk))
    refusal = refused(state, command("record_talk", settles=broken, **talk))

    assert whole.facts.step_done("first_talk")
    assert whole.facts.allows(Purpose.CASEWORK)
    assert refusal.code == "bad_value"
    assert state.seq == 1


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        ("record_fact", {"code": "interpreter", "value": "needed", "valid_from": "2027-01-12"}, "future_day"),
        ("record_fact", {"code": "shoe_size", "value": "42", "valid_from": "2027-01-10"}, "unknown_code"),
        ("record_contact", {"contact": "call", "on": "2027-02-01"}, "future_day"),
        ("confirm_appointment", {"appointment": ident("apt", 9)}, "unknown_subject"),
        (
            "offer_appointment",
            {"appointment": ident("apt"), "talk": "review", "start": "2027-01-10T09:00:00+01:00"},
            "start_in_past",
        ),
        ("resume", {"on": "2027-01-11"}, "not_paused"),
        ("reopen", {"on": "2027-01-11"}, "journey_not_closed"),
        ("complete_task", {"task": ident("tsk", 3), "on": "2027-01-11"}, "unknown_subject"),
        (
            "agree_commitment",
            {
                "commitment": ident("com"),
                "side": "office",
                "goal": "language",
                "due": "2027-02-01",
                "on": "2027-01-11",
            },
            "consent_missing",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_a_code(kind: str, fields: dict[str, Any], code: str) -> None:
    assert refused(started(), command(kind, **fields)).code == code


def test_an_office_promise_moves_only_with_the_participants_agreement() -> None:
    promise = {"commitment": ident("com"), "side": "office", "goal": "language", "due": "2027-02-01"}
    state = after(started(), consent(), command("agree_commitment", on="2027-01-11", **promise))
    moved = {"commitment": ident("com"), "due": "2027-03-01"}

    assert (
        refused(state, command("move_commitment", agreed_with_participant=False, **moved)).code
        == "agreement_needed"
    )
    after(state, command("move_commitment", agreed_with_participant=True, **moved))


def test_a_pause_runs_until_a_person_ends_it_and_its_last_day_is_paused() -> None:
    state = after(started(), command("pause", pause=ident("pau"), reason="absence", start="2027-01-06"))

    assert (
        refused(state, command("pause", pause=ident("pau", 2), reason="absence", start="2027-01-07")).code
        == "already_paused"
    )
    state = after(state, command("resume", on="2027-01-10"))
    assert state.facts.paused(date(2027, 1, 9))
    assert not state.facts.paused(date(2027, 1, 10))


def test_a_missed_appointment_counts_from_its_own_day_however_late_it_is_recorded() -> None:
    early = datetime(2027, 1, 5, 8, 0, tzinfo=UTC)
    offered = handle(started(), offer(start="2027-01-06T09:00:00+01:00"), early)
    assert not isinstance(offered, Refusal)
    state = evolve_all(started(), offered)

    state = after(state, command("miss_appointment", appointment=ident("apt"), on="2027-01-11"))

    assert state.facts.appointments[0].settled_on == date(2027, 1, 6)


def test_a_missed_appointment_can_not_be_recorded_before_its_start() -> None:
    state = after(started(), offer())

    assert (
        refused(state, command("miss_appointment", appointment=ident("apt"), on="2027-01-11")).code
        == "too_early"
    )


def test_death_is_recorded_in_after_care_too_and_nothing_reopens_it() -> None:
    state = after(started(), command("close", approved=(OTHER,), reason="moved_away", on="2027-01-11"))
    state = after(state, command("close", reason="death", on="2027-01-11"))

    assert refused(state, command("reopen", on="2027-01-11")).code == "cannot_reopen"


def test_after_care_ends_with_the_follow_up_call_or_after_ninety_days() -> None:
    state = after(started(), command("close", approved=(OTHER,), reason="handed_over", on="2027-01-11"))

    assert not state.after_care_over(datetime(2027, 4, 11, 12, 0, tzinfo=UTC))
    assert state.after_care_over(datetime(2027, 4, 12, 12, 0, tzinfo=UTC))
    assert after(state, command("record_follow_up", on="2027-01-11")).after_care_over(NOW)


def test_a_gap_in_the_sequence_is_a_defect() -> None:
    event = handle(started(), offer(), NOW)
    assert not isinstance(event, Refusal)

    with pytest.raises(InvariantViolation):
        evolve(started(), event[0].model_copy(update={"seq": 9}))


def test_answers_are_remembered_and_the_oldest_forgotten_first() -> None:
    state = started()
    for n in range(1, 103):
        state = remember(state, Receipt(command_id=ident("cmd", n), first_seq=n, last_seq=n))

    assert state.receipt(ident("cmd", 2)) is None
    assert state.receipt(ident("cmd", 3)) is not None


def test_only_steps_that_the_programme_has_planned_can_be_done() -> None:
    state = with_plan(started(), ("first_contact", "first_talk"))

    refusal = refused(state, command("record_step", step="nostep", on="2027-01-11"))

    assert (refusal.code, refusal.params["known"]) == ("unknown_step", "first_contact, first_talk")
    after(state, command("record_step", step="first_contact", on="2027-01-11"))


def test_an_escalation_needs_a_date_unless_it_is_closed() -> None:
    state = started()
    raised = {
        "type": "escalation_raised",
        "escalation": ident("esc"),
        "rule": "FOE-02",
        "subject": "offers",
        "episode": "2027-01-04",
        "level": 1,
        "on": "2027-01-11",
        "answer_by": "2027-01-25",
        "because": "stage",
    }
    state = evolve(state, Event.model_validate({"seq": 2, "recorded_at": NOW, "body": raised}))
    answer = {"escalation": ident("esc"), "on": "2027-01-11"}

    assert refused(state, command("answer_escalation", answer="extend", **answer)).code == "until_missing"
    extended = after(state, command("answer_escalation", answer="extend", until="2027-02-01", **answer))
    closed = after(state, command("answer_escalation", answer="close", **answer))
    assert extended.facts.matters[0].silent_until == date(2027, 2, 1)
    assert closed.facts.matters[0].closed_on == date(2027, 1, 11)
