"""What a list of running cases says, line by line, and how the first reviews are spread."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from domain.allocation_list import Around as AllocationAround
from domain.allocation_list import read_allocations
from domain.errors import InvalidInput
from domain.list_cells import Cell, Table, Unread, of_age
from domain.take_over import Running, first_reviews
from domain.take_over_reading import Around, Line, read_cases, steps_of
from store import editions

TODAY = date(2027, 1, 13)
PROGRAMME = editions.newest_programme()[0]
LANGUAGES = {"ar": "ar", "arabisch": "ar", "de": "de", "dari": "fa-AF"}
AROUND = Around(editions.municipalities(), LANGUAGES, PROGRAMME, TODAY, "08115003")
GOOD: dict[str, Cell] = {
    "Name": "Probe, Nadia",
    "Geburtsdatum": "04.05.1990",
    "Sprache": "Arabisch",
    "Gemeinde": "08115003",
    "Zuweisung am": "2026-03-02",
    "Fachkraft": "maier",
    "Anschrift": "Beispielweg 3",
    "Einwilligung am": "20.03.2026",
}


def table(*lines: dict[str, Cell]) -> Table:
    heading = tuple(dict.fromkeys(name for line in lines for name in line))
    rows = tuple(
        (no, tuple(line.get(name, "") for name in heading)) for no, line in enumerate(lines, start=2)
    )
    return Table(heading, rows)


def read(*lines: dict[str, Cell]) -> tuple[Line, ...]:
    return read_cases(table(*lines), AROUND)[1]


def case(**changed: Cell) -> Running:
    (line,) = read({**GOOD, **{name.replace("_", " "): cell for name, cell in changed.items()}})
    assert line.case is not None, [str(fault) for fault in line.faults]
    return line.case


def faults(changed: dict[str, Cell]) -> list[tuple[str, str]]:
    (line,) = read({**GOOD, **changed})
    return [(fault.code, fault.params["field"]) for fault in line.faults]


def test_a_good_line_becomes_a_case_with_what_is_known_of_it() -> None:
    found = case(
        erledigte_Schritte="A1, A2; D2/1 C4/1-3",
        Kursanspruch="Pflicht",
        Kurs_angemeldet_am="01.04.2026",
        Kursbeginn="04.05.2026",
        letzter_Kontakt_am="07.01.2027",
        Aktenzeichen="MU-1",
    )

    assert found.steps[:3] == ("assignment", "first_contact", "half_year_review/1")
    assert found.steps[3:] == ("attendance/1", "attendance/2", "attendance/3")
    assert {known.code: known.value for known in found.known} == {
        "course_entitlement": "duty",
        "course_registered": "yes",
        "course_started": "yes",
    }
    assert [consent.on for consent in found.consents] == [date(2026, 3, 20)]
    assert found.last_contact_on == date(2027, 1, 7)
    assert found.number == "MU-1"


def test_a_case_that_is_shown_names_nobody() -> None:
    assert "Nadia" not in repr(case())
    assert "Nadia" not in repr(table(GOOD))
    assert "1990" not in repr(case())


@pytest.mark.parametrize(
    ("column", "cell", "code", "field"),
    [
        ("Name", "", "required", "name"),
        ("Geburtsdatum", "04.05.90", "year_too_short", "birth_date"),
        ("Geburtsdatum", "31.02.1990", "not_a_day", "birth_date"),
        ("Geburtsdatum", "14.01.2027", "birth_in_future", "birth_date"),
        ("Geburtsdatum", "14.01.1890", "birth_too_early", "birth_date"),
        ("Sprache", "Klingonisch", "list_language_unknown", "language"),
        ("Gemeinde", "09162000", "unknown_ags", "municipality"),
        ("Zuweisung am", "14.01.2027", "allocation_in_future", "t0"),
        ("Zuweisung am", "01.05.1990", "allocation_before_birth", "t0"),
        ("Zuweisung am", "45678", "not_a_day", "t0"),
        ("Zuweisung am", "13.01.2025", "term_over", "t0"),
        ("Zuweisung am", "13.01.2023", "term_over_for_good", "t0"),
        ("Fachkraft", " ", "required", "case_worker"),
        ("Anschrift", "", "contact_missing", "address"),
        ("E-Mail", "nadia@beispiel", "not_an_email", "email"),
        ("Telefon", "null711", "not_a_phone", "phone"),
        ("Dolmetschen", "vielleicht", "neither_yes_nor_no", "interpreter"),
        ("Einwilligung am", "14.01.2027", "future_day", "consent_on"),
        ("Einwilligung am", "01.03.2026", "before_allocation", "consent_on"),
        ("E-Mail-Einwilligung am", "20.03.2026", "email_missing", "email"),
        ("Laufzeit Monate", "30", "term_unknown", "term_months"),
        ("Laufzeit Monate", "24,5", "not_whole", "term_months"),
        ("erledigte Schritte", "A1, X9", "step_unknown", "steps"),
        ("erledigte Schritte", "D2", "step_number_missing", "steps"),
        ("erledigte Schritte", "A1/1", "step_number_wrong", "steps"),
        ("erledigte Schritte", "D8/3", "step_number_wrong", "steps"),
        ("Kursanspruch", "mal sehen", "entitlement_unknown", "entitlement"),
        ("volljährig am", "05.05.2008", "of_age_differs", "of_age_on"),
        ("Name", Unread(), "cell_computes", "name"),
        ("Name", "x" * 201, "too_long", "name"),
    ],
)
def test_each_mistake_is_refused_with_its_field(column: str, cell: Cell, code: str, field: str) -> None:
    assert faults({column: cell}) == [(code, field)]


def test_all_mistakes_of_a_line_are_said_at_once() -> None:
    found = faults({"Name": "", "Geburtsdatum": "4.5.90", "Laufzeit Monate": "7"})
    assert [code for code, _ in found] == ["required", "year_too_short", "term_unknown"]


def test_the_last_day_of_the_term_is_taken_and_the_day_after_it_is_not() -> None:
    assert faults({"Zuweisung am": "14.01.2025", "Einwilligung am": ""}) == []
    assert faults({"Zuweisung am": "13.01.2025", "Einwilligung am": ""}) == [("term_over", "t0")]


def test_an_extension_that_was_granted_lets_an_older_case_in() -> None:
    older: dict[str, Cell] = {"Zuweisung am": "13.01.2025", "Einwilligung am": "", "Laufzeit Monate": "36"}
    assert faults(older) == []


@pytest.mark.parametrize("column", ["erledigte Schritte", "Kursanspruch", "Kurs angemeldet am", "Kursbeginn"])
def test_without_consent_only_base_data_come_along(column: str) -> None:
    cells: dict[str, Cell] = {"erledigte Schritte": "B3", "Kursanspruch": "Anspruch"}
    found = faults({"Einwilligung am": "", column: cells.get(column, "04.05.2026")})
    assert [code for code, _ in found] == ["consent_not_given"]


def test_the_first_steps_need_no_consent() -> None:
    assert faults({"Einwilligung am": "", "erledigte Schritte": "A1, A2, A3, A4"}) == []


def test_a_course_that_has_not_begun_is_announced() -> None:
    found = case(Kursbeginn="01.03.2027")
    assert [(k.code, k.value) for k in found.known] == [("course_start_announced", "2027-03-01")]


def test_the_parents_consented_for_somebody_who_was_not_of_age() -> None:
    found = case(Geburtsdatum="21.03.2008")
    assert [consent.by for consent in found.consents] == ["parents"]
    assert found.of_age_on is None
    assert case(Geburtsdatum="14.01.2009").of_age_on == date(2027, 1, 14)


def test_who_was_born_on_29_february_comes_of_age_on_1_march() -> None:
    assert of_age(date(2008, 2, 29)) == date(2026, 3, 1)
    assert of_age(date(2008, 2, 28)) == date(2026, 2, 28)


def test_a_spreadsheet_may_drop_the_zero_of_a_municipality_and_give_dates_as_dates() -> None:
    found = case(Gemeinde="8115003", Geburtsdatum=date(1990, 5, 4))
    assert (found.ags, found.birth_date) == ("08115003", date(1990, 5, 4))


def test_an_empty_municipality_is_that_of_the_office() -> None:
    assert case(Gemeinde="").ags == "08115003"


def test_the_same_person_twice_in_a_list_is_refused_the_second_time() -> None:
    first, second = read({**GOOD, "Aktenzeichen": "1"}, {**GOOD, "Aktenzeichen": "2", "Name": "NADIA Probe"})
    assert first.case is not None
    assert [(f.code, f.params["line"]) for f in second.faults] == [("line_twice", "2")]


def test_the_same_number_twice_in_a_list_is_refused_the_second_time() -> None:
    _, second = read(
        {**GOOD, "Aktenzeichen": "mu-1"}, {**GOOD, "Aktenzeichen": "MU-1", "Name": "Andere, Eva"}
    )
    assert [(f.code, f.params["field"]) for f in second.faults] == [("line_twice", "number")]


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        (("Name", "Geburtsdatum", "Sprache", "Zuweisung am"), "list_column_missing"),
        (("Name", "Name", "Geburtsdatum", "Sprache", "Zuweisung am", "Fachkraft"), "list_column_twice"),
        (
            ("Name", "Geburtsdatum", "Sprache", "Zuweisung am", "Fachkraft", "Blutgruppe"),
            "list_column_unknown",
        ),
    ],
)
def test_a_heading_that_does_not_fit_refuses_the_list(heading: tuple[str, ...], code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_cases(Table(heading, ((2, ("x",)),)), AROUND)
    assert refused.value.code == code


def test_english_headings_and_those_with_brackets_are_known() -> None:
    heading = (
        "name",
        "date of birth",
        "LANGUAGE",
        "Zuweisung am (T0)",
        "Fachkraft (login)",
        "E-Mail",
        "Zeile",
    )
    row = ("Probe, Nadia", "1990-05-04", "ar", "2026-03-02", "maier", "nadia@example.org", "7")
    _, (line,) = read_cases(Table(heading, ((2, row),)), AROUND)
    assert line.case is not None


def test_a_line_with_more_cells_than_the_heading_is_refused() -> None:
    known = table(GOOD)
    _, (line,) = read_cases(Table(known.heading, ((2, (*known.rows[0][1], "mehr")),)), AROUND)
    assert [fault.code for fault in line.faults] == ["list_cells_over"]


def test_a_code_may_stand_for_several_steps_and_an_id_for_itself() -> None:
    assert steps_of("C2", PROGRAMME) == ("cost_exemption", "travel_grant")
    assert steps_of("profile,profile", PROGRAMME) == ("profile",)


def spread(cases: int, *, planned: dict[str, list[date]] | None = None, on: date = TODAY) -> tuple[date, ...]:
    calendar = editions.calendar()[0]
    return first_reviews(
        ["maier"] * cases, planned or {}, taken_over_on=on, calendar=calendar, office="off_musterstadt"
    )


def test_first_reviews_are_at_most_five_a_week_from_the_next_week_on() -> None:
    days = spread(110)

    weeks = Counter(day - timedelta(days=day.weekday()) for day in days)
    assert days[0] == date(2027, 1, 18)
    assert max(weeks.values()) == 5
    assert max(Counter(days).values()) == 1
    assert all(editions.calendar()[0].is_working_day(day) for day in days)


def test_a_week_with_a_holiday_takes_fewer_first_reviews() -> None:
    days = spread(10, on=date(2027, 3, 17))
    week = [day for day in days if date(2027, 3, 22) <= day <= date(2027, 3, 28)]
    assert len(week) == 4
    assert date(2027, 3, 26) not in days


def test_first_reviews_of_an_earlier_take_over_count() -> None:
    planned = list(spread(7))
    assert spread(2, planned={"maier": planned}) == (date(2027, 1, 27), date(2027, 1, 28))


def test_each_case_worker_has_a_week_of_their_own() -> None:
    days = first_reviews(
        ["maier", "okafor", "maier"],
        {},
        taken_over_on=TODAY,
        calendar=editions.calendar()[0],
        office="off_musterstadt",
    )
    assert days == (date(2027, 1, 18), date(2027, 1, 18), date(2027, 1, 19))


def test_nobody_reviews_on_a_closure_day() -> None:
    closed = editions.calendar()[0].with_closures({"off_musterstadt": (date(2027, 1, 18),)})
    days = first_reviews(["maier"], {}, taken_over_on=TODAY, calendar=closed, office="off_musterstadt")
    assert days == (date(2027, 1, 19),)


def allocations(*lines: dict[str, Cell]) -> Any:
    return read_allocations(table(*lines), AllocationAround(editions.municipalities(), LANGUAGES, TODAY))[1]


ALLOCATED: dict[str, Cell] = {
    "Name": "Probe, Nadia",
    "Geburtsdatum": "04.05.1990",
    "Sprache": "Dari",
    "Gemeinde": "Böblingen",
    "Zuweisung am": "11.01.2027",
}


def test_an_allocation_needs_a_person_a_language_a_municipality_and_a_day() -> None:
    (line,) = allocations(ALLOCATED)
    assert line.person is not None
    assert (line.person.ags, line.person.language, line.person.t0) == ("08115003", "fa-AF", date(2027, 1, 11))


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("Gemeinde", "", "required"),
        ("Zuweisung am", "14.01.2027", "allocation_in_future"),
        ("Zuweisung am", "01.01.2026", "allocation_too_old"),
        ("Geburtsdatum", "1.1.90", "year_too_short"),
    ],
)
def test_a_wrong_allocation_is_refused(column: str, cell: str, code: str) -> None:
    (line,) = allocations({**ALLOCATED, column: cell})
    assert [fault.code for fault in line.faults] == [code]


def test_the_same_person_twice_in_an_allocation_list_is_refused_the_second_time() -> None:
    _, second = allocations(ALLOCATED, ALLOCATED)
    assert [fault.code for fault in second.faults] == ["line_twice"]
