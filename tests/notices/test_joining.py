"""From codes to values: what a text says is what the journey knows, and nothing is made up."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.codes import Addressee, Goal, Side, TalkKind
from domain.decisions import StepPlan, Upcoming
from domain.errors import Permanent
from domain.facts import AppointmentFact, CaseFacts, CommitmentFact
from domain.ids import derived_id
from notices.joining import Joined, Office, entry_for, values_for
from notices.texts import render

APPOINTMENT = derived_id("appointment", "one")
COMMITMENT = derived_id("commitment", "one")
AT = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
FACTS = CaseFacts(
    journey=derived_id("journey", "one"),
    office="off_testhausen",
    ags="08115003",
    t0=date(2026, 11, 20),
    opened_on=date(2026, 11, 20),
    programme="p2026_0",
    appointments=(
        AppointmentFact(
            id=APPOINTMENT,
            talk=TalkKind.REVIEW,
            start=datetime(2027, 2, 3, 23, 30, tzinfo=UTC),
            offered_on=date(2027, 1, 20),
        ),
    ),
    commitments=(
        CommitmentFact(
            id=COMMITMENT,
            side=Side.PARTICIPANT,
            goal=Goal.WORK,
            agreed_on=date(2027, 1, 10),
            due=date(2027, 2, 10),
        ),
    ),
)


@dataclass
class Asked:
    """A notice as its row has it."""

    text: str
    matter: str
    rule: str | None = None
    refers_to: date | None = None


def joined(**changes: Any) -> Joined:
    """What the journey knows."""
    return Joined(
        **{"office": Office("Testhausen"), "contact": "Sabine Maier", "name": "N", "facts": FACTS, **changes}
    )


def text_of(asked: Asked, known: Joined, language: str = "de") -> str:
    """The notice as it would be read."""
    return render(asked.text, language, values_for(asked, known)).text


def test_an_appointment_is_named_with_its_berlin_day_and_its_talk() -> None:
    text = text_of(Asked("appointment_reminder", f"appointment/{APPOINTMENT}"), joined())
    assert "Donnerstag, 4. Februar 2027, 0:30 Uhr" in text
    assert "ein Gespräch darüber, wo Sie stehen" in text


def test_a_moved_appointment_is_named_with_its_new_start() -> None:
    moved = FACTS.appointments[0].model_copy(update={"start": datetime(2027, 2, 9, 8, 0, tzinfo=UTC)})
    facts = FACTS.model_copy(update={"appointments": (moved,)})
    text = text_of(Asked("appointment_reminder", f"appointment/{APPOINTMENT}"), joined(facts=facts))
    assert "Dienstag, 9. Februar 2027, 9:00 Uhr" in text


def test_a_promise_is_named_by_its_goal_and_the_day_that_holds_now() -> None:
    asked = Asked("commitment_reminder", f"commitment/{COMMITMENT}", refers_to=date(2027, 2, 1))
    text = text_of(asked, joined())
    assert "Thema Arbeit" in text
    assert "bis Mittwoch, 10. Februar 2027" in text


@pytest.mark.parametrize(
    ("step", "words"), [("course_registration", "Anmeldung"), ("half_year_review/2", "wo Sie")]
)
def test_a_step_is_named_in_words_with_its_planned_day(step: str, words: str) -> None:
    plan = (StepPlan(step=step, due=date(2027, 3, 1), raw_due=date(2027, 2, 28)),)
    text = text_of(Asked("step_reminder", f"step/{step}"), joined(plan=plan))
    assert words in text
    assert "bis Montag, 1. März 2027" in text


def test_a_demand_asks_for_an_answer_before_the_same_rule_would_speak_again() -> None:
    matter = f"commitment/{COMMITMENT}"
    asked = Asked("mit_08_1", matter, rule="MIT-08")
    later = [
        _coming(date(2027, 2, 27), "MIT-08", matter),
        _coming(date(2027, 2, 20), "MIT-08", matter),
        _coming(date(2027, 2, 12), "MIT-02", "entitlement"),
    ]
    assert "am besten bis Samstag, 20. Februar 2027" in text_of(asked, joined(upcoming=later))
    assert "am besten in den nächsten Tagen" in text_of(asked, joined())


def test_the_course_demand_needs_nothing_but_the_office() -> None:
    text = text_of(Asked("mit_02_1", "entitlement", rule="MIT-02"), joined(), "en")
    assert "Testhausen" in text
    assert "ideally in the next few days" in text


@pytest.mark.parametrize("matter", ["appointment/apt_0", "commitment/com_0", "entitlement"])
def test_what_the_journey_does_not_know_is_refused_and_not_guessed(matter: str) -> None:
    with pytest.raises(Permanent, match="notice_value_missing"):
        text_of(Asked("appointment_reminder", matter), joined())


def test_how_the_office_is_reached_stands_in_every_notice() -> None:
    asked = Asked("mit_02_1", "entitlement", rule="MIT-02")
    office = Office("Testhausen", "Rathausplatz 1", "74072 Testhausen", "07131 1", "amt@pakt.invalid")
    text = text_of(asked, joined(office=office))
    assert "So erreichen Sie uns: Telefon 07131 1, E-Mail amt@pakt.invalid." in text
    assert "Testhausen, Rathausplatz 1, 74072 Testhausen" in text
    assert "Sie erreichen uns persönlich: Testhausen." in text_of(asked, joined())


def test_only_an_appointment_to_come_is_put_into_a_calendar() -> None:
    matter = f"appointment/{APPOINTMENT}"
    entry = entry_for(Asked("appointment_invitation", matter), joined(), title="T", at=AT)
    assert entry is not None
    assert (entry.uid, entry.start) == (APPOINTMENT, FACTS.appointments[0].start)
    assert entry_for(Asked("mit_01_1", matter, rule="MIT-01"), joined(), title="T", at=AT) is None
    assert entry_for(Asked("step_reminder", "step/profile"), joined(), title="T", at=AT) is None


def test_what_is_joined_shows_no_name() -> None:
    assert "Öztürk" not in repr(joined(name="Öztürk"))


def _coming(on: date, rule: str, subject: str) -> Upcoming:
    return Upcoming(
        on=on,
        what="notice",
        code="again",
        subject=subject,
        addressee=Addressee.PARTICIPANT,
        rule=rule,
        stage=2,
    )
