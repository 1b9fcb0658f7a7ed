"""The values of a made-up life: what is recorded about course, work, family, home and letters.

Days are offsets from T0. Most are drawn around the day on which the life begins to be looked at, so that a
threshold lies among the visits.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.oracle.dice import Dice, after

Row = dict[str, Any]
ALMOST_A_YEAR = 350


@dataclass
class Notebook:
    """Writes values down, now and then late, wrongly first, or under dispute."""

    dice: Dice
    t0: date
    focus: int
    term: int
    rows: list[Row] = field(default_factory=list)

    def note(self, code: str, text: str, day: int, about: str = "", late: int | None = None) -> None:
        """One value from a day on; a slip that is corrected by it may come before."""
        if late is None:
            late = self.dice.between(1, 10) if self.dice.chance(15) else 0
        recorded = after(self.t0, day + late)
        if self.dice.chance(4):
            early = after(self.t0, day - 5)
            self._write(code, text, day - 5, about=about, recorded=early, gone=recorded)
        self._write(code, text, day, about=about, recorded=recorded, gone=None)

    def day(self, code: str, value: int, known: int, about: str = "") -> None:
        """A value that is a day itself, known from another day on."""
        self.note(code, after(self.t0, value), known, about)

    def around(self, low: int, high: int) -> int:
        """A day around the one on which the life begins to be looked at."""
        return self.focus + self.dice.between(low, high)

    def _write(self, code: str, text: str, day: int, *, about: str, recorded: str, gone: str | None) -> None:
        self.rows.append(
            {
                "seq": len(self.rows) + 2,
                "code": code,
                "value": text,
                "valid_from": after(self.t0, day),
                "recorded_on": recorded,
                "source": "person",
                "superseded_on": gone,
                "disputed": False,
                "about": about,
            }
        )


def values(dice: Dice, t0: date, focus: int, term: int) -> list[Row]:
    """All values of a life."""
    book = Notebook(dice, t0, focus, term)
    _base(book)
    _course(book)
    for chance, theme in THEMES:
        if dice.chance(chance):
            theme(book)
    if dice.chance(6):
        _dispute(book)
    return book.rows


def _base(book: Notebook) -> None:
    dice = book.dice
    book.note("interpreter", dice.one_of(("needed", "not_needed")), 0)
    if dice.chance(15):
        book.note("interpreter", dice.one_of(("needed", "not_needed")), dice.between(5, 60))
    if dice.chance(25):
        start = book.around(30, 300)
        book.day("announced_absence_until", start + dice.between(5, 40), start)


def _dispute(book: Notebook) -> None:
    """Some entry is disputed; about half of the disputes end with a new entry."""
    row = book.dice.one_of(book.rows)
    row["disputed"] = True
    if book.dice.chance(50):
        day = (date.fromisoformat(row["valid_from"]) - book.t0).days + book.dice.between(1, 60)
        if row["code"] != "course_week":
            book.note(row["code"], row["value"], day, row["about"])


def _course(book: Notebook) -> None:
    """The way to the course: entitlement, explanation, place, care, registration."""
    dice = book.dice
    if not dice.chance(85):
        return
    day = book.around(-10, 80)
    entitlement = dice.one_of(("duty", "claim", "duty", "admission", "none"))
    early = entitlement == "admission" and dice.chance(40)
    stop = (date(2026, 2, 9) - book.t0).days
    book.note("course_entitlement", entitlement, stop + dice.between(-3, 2) if early else day)
    book.note("entitlement_explained", "yes", day + dice.between(0, 10))
    if dice.chance(90):
        place = dice.one_of(("exists", "exists", "exists", "none"))
        book.note("course_place", place, day + dice.between(0, 30))
    for _ in range(dice.between(1, 3)):
        care = dice.one_of(("not_needed", "covered", "open"))
        book.note("childcare", care, day + dice.between(-20, 90))
    if dice.chance(20):
        book.note("course_place", dice.one_of(("exists", "none")), day + dice.between(20, 70))
    if dice.chance(12):
        book.day("child_under_three_until", dice.between(0, 900), day)
        if dice.chance(50):
            book.note("parents_wish", dice.one_of(("yes", "no")), day + dice.between(0, 40))


def _registrations(book: Notebook) -> None:
    """One registration or two, a start that is announced, made and broken off."""
    dice = book.dice
    day = book.around(-ALMOST_A_YEAR, 60)
    book.note("course_registered", "yes", day)
    if dice.chance(30):
        day += dice.between(5, 50)
        book.note("course_registered", dice.one_of(("yes", "yes", "no")), day)
    if dice.chance(35):
        known = day + dice.between(-3, 20)
        book.day("course_start_announced", known + dice.between(5, 40), known)
    if dice.chance(45):
        start = day + dice.between(10, 70)
        book.note("course_started", dice.one_of(("yes", "yes", "yes", "no")), start)
        if dice.chance(50):
            book.note("course_interrupted", "yes", start + dice.between(5, 60))
            if dice.chance(30):
                book.note("course_interrupted", "no", start + dice.between(60, 200))
    if dice.chance(20):
        book.note("course_ended", "yes", book.around(0, 300))


def _claim(book: Notebook) -> None:
    book.day("course_claim_since", book.around(-330, 0), book.dice.between(0, 40))
    if book.dice.chance(15):
        book.day("course_claim_since", book.around(-330, 0), book.around(0, 90))


def _letter_of_admission(book: Notebook) -> None:
    book.day("course_entitlement_until", book.around(-10, 220), book.around(-60, 20))


def _section(book: Notebook) -> None:
    """What the person lives on, the next section and the two applications."""
    dice = book.dice
    book.note("benefit", dice.one_of(("sgb2", "asylblg", "sgb12", "other", "none")), dice.between(0, 30))
    if dice.chance(25):
        book.note("benefit", dice.one_of(("sgb2", "asylblg", "other")), book.around(0, 120))
    start = book.around(5, 120)
    book.day("course_section_starts", start, start - dice.between(3, 40))
    if dice.chance(30):
        book.day("course_section_starts", start + dice.between(10, 90), start + dice.between(-5, 20))
    states = ("applied", "granted", "refused", "not_needed")
    if dice.chance(55):
        book.note("cost_exemption", dice.one_of(states), start - dice.between(0, 30))
    if dice.chance(45):
        book.note("travel_grant", dice.one_of(states), start - dice.between(-10, 30))


def _work_course(book: Notebook) -> None:
    dice = book.dice
    issued = book.around(-80, 60)
    book.day("bsk_issued", issued, issued + dice.between(0, 10))
    if dice.chance(40):
        book.day("bsk_until", issued + dice.between(20, 110), issued + dice.between(0, 20))
    if dice.chance(35):
        book.note("bsk_registered", "yes", issued + dice.between(10, 100))


def _recognition(book: Notebook) -> None:
    dice = book.dice
    for number in range(1, dice.between(1, 2) + 1):
        about = f"recognition/{number}"
        filed = book.around(-60, 60)
        book.day("recognition_filed", filed, filed + dice.between(0, 10), about)
        if dice.chance(50):
            book.note("recognition_acknowledged", "yes", filed + dice.between(5, 60), about)
        if dice.chance(80):
            complete = filed + dice.between(0, 40)
            book.day("recognition_complete", complete, complete + dice.between(0, 5), about)
        if dice.chance(35):
            stop = filed + dice.between(5, 90)
            book.note("recognition_stopped", "yes", stop, about)
            if dice.chance(75):
                book.note("recognition_stopped", "no", stop + dice.between(1, 60), about)
        if dice.chance(25):
            book.day(
                "recognition_extended_until",
                filed + dice.between(90, 200),
                filed + dice.between(60, 100),
                about,
            )
        if dice.chance(30):
            book.note("recognition_decided", "yes", filed + dice.between(60, 200), about)


def _children(book: Notebook) -> None:
    dice = book.dice
    for number in range(1, dice.between(1, 3) + 1):
        about = f"child/{number}"
        known = dice.between(0, 40)
        if dice.chance(92):
            book.note("child_group", dice.one_of(("school", "daycare")), known, about)
        book.day("child_clock_from", book.around(-170, 20), known + dice.between(0, 10), about)
        if dice.chance(40):
            book.note("child_place", dice.one_of(("yes", "yes", "no")), book.around(0, 150), about)


def _term(book: Notebook) -> None:
    term = book.term * 30
    book.note(
        "term_decision",
        book.dice.one_of(("ends", "extended")),
        max(1, term - book.dice.between(0, 150)),
        f"term/{book.dice.one_of((book.term, book.term, book.term, 24))}",
    )


def _civic(book: Notebook) -> None:
    for _ in range(book.dice.between(1, 3)):
        kind = book.dice.one_of(("offered", "taken_up", "declined"))
        book.note("civic_offer", kind, max(1, book.around(-100, 250)))


def _school(book: Notebook) -> None:
    dice = book.dice
    end = book.around(60, 260)
    book.day("school_ends", end, max(0, book.focus - dice.between(0, 60)))
    if dice.chance(20):
        book.day("school_ends", end + dice.between(-30, 60), book.around(0, 60))
    if dice.chance(35):
        book.note("transition_talk", dice.one_of(("offered", "held")), end - dice.between(20, 150))


def _housing(book: Notebook) -> None:
    dice = book.dice
    book.note("housing", dice.one_of(("follow_up", "own", "other")), dice.between(0, 300))
    if dice.chance(40):
        book.note("housing_talk", dice.one_of(("offered", "held")), dice.between(60, 300))


def _move(book: Notebook) -> None:
    dice = book.dice
    for _ in range(dice.between(1, 2)):
        day = book.around(-20, 200)
        book.note("move_known", dice.one_of(("told", "returned_mail", "new_municipality")), day)
        if dice.chance(40):
            book.note("move_checked", "yes", day + dice.between(-2, 30))
    if dice.chance(50):
        book.note("residence_rule_explained", "yes", book.around(-60, 60))


def _letters(book: Notebook) -> None:
    dice = book.dice
    for number in range(1, dice.between(1, 2) + 1):
        about = f"letter/{number}"
        posted = book.around(-10, 150)
        shown = posted + dice.between(3, 12)
        if dice.chance(90):
            book.note("letter_body", dice.one_of(("sgb2", "asylblg")), shown, about)
        if dice.chance(45):
            book.day("letter_deadline", posted + dice.between(5, 40), shown, about)
        if dice.chance(70):
            book.day("letter_posted", posted, shown, about)
        if dice.chance(30):
            book.day("letter_received", posted + dice.between(2, 12), shown + dice.between(0, 4), about)
        if dice.chance(80):
            book.note("letter_period", dice.one_of(("two_weeks", "one_month")), shown, about)
        if dice.chance(40):
            book.note("letter_answered", "yes", shown + dice.between(1, 40), about)


def _referrals(book: Notebook) -> None:
    dice = book.dice
    for number in range(1, dice.between(1, 2) + 1):
        about, day = f"referral/{number}", book.around(0, 200)
        if dice.chance(75):
            book.note("referral_by", dice.one_of(("worker", "lead")), day, about)
        book.note("referral", "drafted", day, about)
        if dice.chance(60):
            end = dice.one_of(("approved", "sent", "withdrawn"))
            book.note("referral", end, day + dice.between(0, 30), about)


PROFILES = ("aaaaaaaaan", "aaannr", "aaaaun", "iiiia", "aaauuid", "aanriuc", "nnnna", "uuuua")


def _attendance(book: Notebook) -> None:
    """Weeks of a course by one or two habits; holidays in between, letters of days to come, corrections."""
    dice = book.dice
    first = book.t0 + timedelta(days=book.around(-70, 60))
    monday = (first - timedelta(days=first.weekday()) - book.t0).days
    habit = dice.one_of(PROFILES)
    if dice.chance(60):
        book.note("course_started", "yes", monday)
    for _ in range(dice.between(3, 26)):
        if dice.chance(20):
            habit = dice.one_of(PROFILES)
        if dice.chance(90):
            week = "".join(dice.one_of(habit) for _ in range(dice.one_of((5, 5, 5, 3, 6)))).ljust(7, "-")
            book.note("course_week", week, monday, late=dice.between(0, 9))
            if dice.chance(8):
                book.note("course_week", week.replace("n", "r"), monday, late=dice.between(9, 30))
        monday += 7
    for code, text, most in (("certificate_shown", "yes", 2), ("absence_talk", "held", 1)):
        for _ in range(dice.between(0, most)):
            book.note(code, text, book.around(-60, 200))


def _drop_out(book: Notebook) -> None:
    day = book.around(5, 150)
    book.note("course_dropped_out", "yes", day)
    if book.dice.chance(25):
        book.note("course_dropped_out", book.dice.one_of(("yes", "no")), day + book.dice.between(5, 60))


def _exam(book: Notebook) -> None:
    dice = book.dice
    exam = book.around(0, 160)
    book.day("exam_date", exam, exam - dice.between(5, 60))
    if dice.chance(20):
        book.day("exam_date", exam + dice.between(1, 60), exam + dice.between(-4, 10))
    if dice.chance(92):
        book.note("exam_told", "yes", exam - dice.between(-10, 40))
    if dice.chance(92):
        book.note("exam_registered", "yes", exam - dice.between(-5, 40))
    if dice.chance(45):
        result = dice.one_of(("sat", "passed", "failed", "not_sat"))
        book.note("exam_result", result, exam + dice.between(-10, 40))


THEMES: tuple[tuple[int, Callable[[Notebook], None]], ...] = (
    (40, _registrations),
    (35, _claim),
    (30, _letter_of_admission),
    (45, _section),
    (25, _work_course),
    (25, _recognition),
    (30, _children),
    (25, _term),
    (35, _civic),
    (25, _school),
    (35, _housing),
    (25, _move),
    (30, _letters),
    (20, _referrals),
    (55, _attendance),
    (35, _drop_out),
    (45, _exam),
)
