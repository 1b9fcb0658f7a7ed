"""A course that moves again and again, or is cancelled: nobody is reminded in a storm, nobody is blamed."""

from datetime import date, timedelta

from domain.codes import Purpose
from tests.support.decided import Decided

COURSE = {
    "course_entitlement": "duty",
    "entitlement_explained": "yes",
    "course_place": "exists",
    "childcare": "not_needed",
    "course_registered": "yes",
}


def registered(**more: str) -> Decided:
    """A registration on the eighteenth of January."""
    life = Decided.start(email_address="known", **more).until("2027-01-18", "10:00")
    life.allow(Purpose.CASEWORK, Purpose.EMAIL)
    life.know(**COURSE)
    return life


def test_the_same_start_twice_is_one_and_the_latest_word_counts() -> None:
    life = registered()
    life.do("announce_course_start", start="2027-02-15", on="2027-01-18")
    seq = life.state.seq

    life.do("announce_course_start", start="2027-02-15", on="2027-01-18")
    assert life.state.seq == seq
    life.do("announce_course_start", start="2027-02-22", on="2027-01-18")

    assert life.facts.value("course_start_announced", date(2027, 1, 18)) == "2027-02-22"
    held = [v for v in life.facts.values if v.code == "course_start_announced" and not v.superseded]
    assert len(held) == 1


def test_ten_moves_in_a_week_make_no_storm() -> None:
    life = registered(programme="p2026_0")
    day = date(2027, 2, 15)
    for hour in range(10):
        life.until(f"2027-01-{18 + hour // 2}", f"1{hour % 2 + 1}:00")
        day += timedelta(days=7)
        life.do("announce_course_start", start=day.isoformat(), on=life.today)
        life.do("record_fact", code="course_section_starts", value=day.isoformat(), valid_from=life.today)

    life.until("2027-02-14")

    planned = [b for b in life.found("notice_planned") if "2027-01-18" <= str(b.on) <= "2027-02-14"]
    assert len(planned) <= 2
    assert len([t for t in life.facts.tasks if t.opened_on >= date(2027, 1, 18)]) <= 4


def test_a_cancelled_course_is_nobodys_fault_and_the_office_owes_another() -> None:
    life = registered().until("2027-02-10", "10:00")
    life.do("announce_course_start", start="2027-02-22", on="2027-02-10")

    assert life.do("cancel_course", on="2027-02-10") is None

    today = date(2027, 2, 10)
    held = {code: life.facts.value(code, today) for code in ("course_place", "course_registered")}
    assert held == {"course_place": "none", "course_registered": "no"}
    assert life.facts.value("course_start_announced", today) is None
    life.until("2027-06-30")
    assert life.found("decision_made", rule="MIT-02") == []
    assert life.days_of("decision_made", rule="FOE-08", stage=1) == ["2027-02-22"]


def test_what_was_to_come_of_a_cancelled_course_is_over() -> None:
    life = registered()
    life.know(
        course_section_starts="2027-03-01", exam_date="2027-09-01", exam_told="yes", exam_registered="yes"
    )

    life.do("cancel_course", day="2027-02-10", on="2027-02-10")

    for code in ("course_section_starts", "exam_date"):
        assert life.facts.value(code, date(2027, 2, 10)) is None
    life.until("2027-10-31")
    assert life.found("decision_made", rule="MIT-07") == []


def test_a_new_registration_after_it_begins_anew() -> None:
    life = registered()
    life.do("cancel_course", day="2027-02-10", on="2027-02-10")
    life.until("2027-03-01", "10:00")
    life.know(course_place="exists", course_registered="yes")

    life.until("2027-06-30")

    subjects = {
        body.subject for body in life.found("decision_made", rule="FOE-08") if str(body.on) > "2027-03-15"
    }
    assert "registration/2027_03_01" in subjects
