"""Who does not read is spoken with: a letter alone informs nobody, and nothing is counted from it."""

from domain.events import Event, NoticeSettled
from tests.support.decided import Decided, ident

APT = ident("apt")


def missed(*, called: bool) -> Decided:
    """An appointment to which nobody came; the case worker had called before, or had not."""
    life = Decided.start(reading="does_not_read", interpreter="not_needed").until("2027-01-18", "10:00")
    life.allow()
    life.until("2027-01-20", "10:00")
    life.do("offer_appointment", appointment=APT, talk="review", start="2027-02-03T10:00:00+01:00")
    if called:
        life.do("record_contact", day="2027-01-25", contact="call", on="2027-01-25")
    life.do("miss_appointment", day="2027-02-03", appointment=APT, on="2027-02-03")
    return life.until("2027-02-28")


def test_the_invitation_goes_by_a_person_and_asks_for_one() -> None:
    life = missed(called=True)

    invitation = life.found("notice_planned", text="appointment_invitation")[0]

    assert invitation.channel == "in_person"
    assert life.days_of("task_opened", what="speak_in_person")[:1] == ["2027-01-20"]


def test_a_letter_alone_is_no_invitation_and_nobody_asks_why_nobody_came() -> None:
    life = missed(called=False)

    assert life.found("decision_made", rule="MIT-01") == []


def test_who_was_told_is_asked_kindly() -> None:
    life = missed(called=True)

    assert life.days_of("decision_made", rule="MIT-01")[:1] == ["2027-02-05"]


def test_finishing_the_task_of_telling_is_telling() -> None:
    life = Decided.start(reading="does_not_read", interpreter="not_needed").until("2027-01-18", "10:00")
    life.allow()
    life.do("offer_appointment", appointment=APT, talk="review", start="2027-02-03T10:00:00+01:00")
    life.until("2027-01-22")
    task = next(t for t in life.facts.tasks if t.what == "speak_in_person")

    life.do("complete_task", task=task.id, on="2027-01-22")
    life.do("miss_appointment", day="2027-02-03", appointment=APT, on="2027-02-03")

    assert life.until("2027-02-10").days_of("decision_made", rule="MIT-01")[:1] == ["2027-02-05"]


def test_the_support_settles_notices_as_the_workflow_does() -> None:
    life = missed(called=True)

    settled = [e for e in life.events if isinstance(e, Event) and isinstance(e.body, NoticeSettled)]

    assert settled
