"""MIT-12: if another body threatens a cut, the office helps avert it; every stage is help and none computes a cut.

Two versions, for SGB II was changed on 1 July 2026: what is done is the same, the sources are not.
"""

from dataclasses import replace
from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import PAUSE, Facts, person, spoke, value
from rules.shape import CONSENTED, Case, Condition, Rule, Stage, number

_HELP = ((Outcome.REMIND, Addressee.PARTICIPANT), (Outcome.TASK, Addressee.CASE_WORKER))
_FIRST_FICTION = date(1981, 1, 1)
_PARAMETERS = (
    number(
        "MIT-12.first",
        14,
        "d",
        "letter_end",
        low=14,
        high=21,
        source="Arbeitsweise: zwei Wochen vor dem frühesten Ende",
    ),
    number(
        "MIT-12.second",
        7,
        "d",
        "letter_end",
        low=7,
        high=13,
        source="Arbeitsweise: eine Woche vor dem frühesten Ende",
    ),
    number(
        "MIT-12.last",
        3,
        "d",
        "letter_end",
        low=3,
        high=6,
        source="Arbeitsweise: drei Tage vor dem frühesten Ende",
    ),
    number(
        "MIT-12.post_sgb_x",
        3,
        "d",
        "letter_posted",
        low=3,
        high=3,
        source="§ 37 Abs. 2 SGB X (Fassung bis 31. Dezember 2024)",
        since=_FIRST_FICTION,
        until=date(2024, 12, 31),
    ),
    number(
        "MIT-12.post_sgb_x",
        4,
        "d",
        "letter_posted",
        low=4,
        high=4,
        source="§ 37 Abs. 2 SGB X",
        since=date(2025, 1, 1),
    ),
    number(
        "MIT-12.post_lvwvfg",
        3,
        "d",
        "letter_posted",
        low=3,
        high=3,
        source="§ 41 Abs. 2 LVwVfG; nach 2024 nicht geprüft, gewarnt wird nach dem früheren Tag",
        since=_FIRST_FICTION,
    ),
)
_STAGES = (
    Stage(
        no=1,
        field="days_to_end",
        after="MIT-12.first",
        op="<=",
        outcomes=_HELP,
        says_de="Ein Schreiben einer anderen Stelle bittet um eine Antwort (Tage bis zum frühesten Ende:"
        " {days_to_end}). Wir helfen dabei: gemeinsam lesen, Gründe und Nachweise sammeln,"
        " antworten oder um mehr Zeit bitten.",
        says_en="A letter of another body asks for an answer (days to the earliest end: {days_to_end}). We"
        " help with it: read it together, gather reasons and papers, answer or ask for more time.",
    ),
    Stage(
        no=2,
        field="days_to_end",
        after="MIT-12.second",
        op="<=",
        outcomes=_HELP,
        says_de="Das Schreiben der anderen Stelle ist noch nicht beantwortet (Tage bis zum frühesten"
        " Ende: {days_to_end}). Bitte einen Termin finden, um die Antwort gemeinsam zu schreiben.",
        says_en="The letter of the other body has not been answered yet (days to the earliest end:"
        " {days_to_end}). Please find a date to write the answer together.",
    ),
    Stage(
        no=3,
        field="days_to_end",
        after="MIT-12.last",
        op="<=",
        outcomes=_HELP,
        says_de="Für das Schreiben der anderen Stelle hilft jetzt jeder Schritt (Tage bis zum frühesten"
        " Ende: {days_to_end}). Eine kurze Antwort genügt für den Anfang; auch"
        " mehr Zeit oder ein neuer Anlauf lässt sich dort beantragen.",
        says_en="For the letter of the other body every step helps now (days to the earliest end:"
        " {days_to_end}). A short answer will do for a start;"
        " more time or a fresh start can be applied for there as well.",
    ),
)
_TO_FRIDAY = (
    value(1, "letter_body", "sgb2", "2027-02-01", about="letter/1"),
    value(2, "letter_deadline", "2027-02-26", "2027-02-01", about="letter/1"),
)
_S1 = spoke("MIT-12", "letter/1", "2027-02-26", s1="2027-02-12")
_S2 = spoke("MIT-12", "letter/1", "2027-02-26", s1="2027-02-12", s2="2027-02-19")
_LATE = spoke("MIT-12", "letter/1", "2027-02-26", s1="2027-02-15")
_LATER = spoke("MIT-12", "letter/1", "2027-02-26", s1="2027-02-12", s2="2027-02-21")
_PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2027-02-01"}]
_RECEIVED = value(4, "letter_received", "2027-02-10", "2027-02-10", about="letter/1")
_FICTION_OF_2024 = spoke(
    "MIT-12", "letter/1", "2025-01-17", s1="2027-01-20", s2="2027-01-27", s3="2027-01-31"
)
_FICTION_OF_2025 = spoke(
    "MIT-12", "letter/1", "2025-01-19", s1="2027-01-20", s2="2027-01-27", s3="2027-01-31"
)
_OLD_LAW = value(1, "letter_body", "sgb2", "2026-03-02", about="letter/1")
_OLD_FRIDAY = (_OLD_LAW, value(2, "letter_deadline", "2026-03-27", "2026-03-02", about="letter/1"))
_OLD_S1 = spoke("MIT-12", "letter/1", "2026-03-27", s1="2026-03-13")
_OLD_S2 = spoke("MIT-12", "letter/1", "2026-03-27", s1="2026-03-13", s2="2026-03-20")
_OLD_LATE = spoke("MIT-12", "letter/1", "2026-03-27", s1="2026-03-16")
_OLD_LATER = spoke("MIT-12", "letter/1", "2026-03-27", s1="2026-03-13", s2="2026-03-22")
_OLD_FICTION_OF_2024 = spoke(
    "MIT-12", "letter/1", "2025-01-17", s1="2026-02-02", s2="2026-02-09", s3="2026-02-13"
)
_OVER_JULY = (
    value(1, "letter_body", "sgb2", "2026-06-15", about="letter/1"),
    value(2, "letter_deadline", "2026-07-14", "2026-06-15", about="letter/1"),
)
_JULY_S1 = spoke("MIT-12", "letter/1", "2026-07-14", s1="2026-06-30")


def _letter(*values: Facts, **more: object) -> Facts:
    return person(values=[*values], **more)


def _posted(day: str, period: str, *more: Facts, known: str = "2027-02-02") -> list[Facts]:
    return [
        value(2, "letter_posted", day, known, about="letter/1"),
        value(3, "letter_period", period, known, about="letter/1"),
        *more,
    ]


def _body(of: str, since: str = "2027-02-02") -> Facts:
    return value(1, "letter_body", of, since, about="letter/1")


def _in_2026(*values: Facts, **more: object) -> Facts:
    consents = [{"purpose": "casework", "outcome": "given", "on": "2026-01-12"}]
    fixed: Facts = {"t0": "2026-01-05", "opened_on": "2026-01-05", "consents": consents}
    return person(**{**fixed, "values": [*values], **more})


_CASES = (
    Case("fifteen days before the end", date(2027, 2, 11), 0, _letter(*_TO_FRIDAY)),
    Case("fourteen days before", date(2027, 2, 12), 1, _letter(*_TO_FRIDAY)),
    Case("thirteen days before", date(2027, 2, 13), 1, _letter(*_TO_FRIDAY)),
    Case("eight days before", date(2027, 2, 18), 0, _letter(*_TO_FRIDAY, spoken=_S1)),
    Case("seven days before", date(2027, 2, 19), 2, _letter(*_TO_FRIDAY, spoken=_S1)),
    Case("six days before", date(2027, 2, 20), 2, _letter(*_TO_FRIDAY, spoken=_S1)),
    Case("four days before", date(2027, 2, 22), 0, _letter(*_TO_FRIDAY, spoken=_S2)),
    Case("three days before", date(2027, 2, 23), 3, _letter(*_TO_FRIDAY, spoken=_S2)),
    Case("two days before", date(2027, 2, 24), 3, _letter(*_TO_FRIDAY, spoken=_S2)),
    Case("on the last day", date(2027, 2, 26), 3, _letter(*_TO_FRIDAY, spoken=_S2)),
    Case("after the end help goes on", date(2027, 3, 1), 3, _letter(*_TO_FRIDAY, spoken=_S2)),
    Case("six days after a late first word", date(2027, 2, 21), 0, _letter(*_TO_FRIDAY, spoken=_LATE)),
    Case("seven days after a late first word", date(2027, 2, 22), 2, _letter(*_TO_FRIDAY, spoken=_LATE)),
    Case("three days after a late second word", date(2027, 2, 24), 0, _letter(*_TO_FRIDAY, spoken=_LATER)),
    Case("four days after a late second word", date(2027, 2, 25), 3, _letter(*_TO_FRIDAY, spoken=_LATER)),
    Case(
        "fifteen days before a Sunday",
        date(2027, 2, 13),
        0,
        _letter(value(1, "letter_deadline", "2027-02-28", "2027-02-01", about="letter/1")),
    ),
    Case(
        "fourteen days before a Sunday, which does not move",
        date(2027, 2, 14),
        1,
        _letter(value(1, "letter_deadline", "2027-02-28", "2027-02-01", about="letter/1")),
    ),
    Case(
        "fifteen days before Easter Monday",
        date(2027, 3, 14),
        0,
        _letter(value(1, "letter_deadline", "2027-03-29", "2027-02-01", about="letter/1")),
    ),
    Case(
        "fourteen days before Easter Monday, which does not move",
        date(2027, 3, 15),
        1,
        _letter(value(1, "letter_deadline", "2027-03-29", "2027-02-01", about="letter/1")),
    ),
    Case(
        "answered",
        date(2027, 2, 12),
        0,
        _letter(*_TO_FRIDAY, value(3, "letter_answered", "yes", "2027-02-12", about="letter/1")),
    ),
    Case(
        "another letter was answered",
        date(2027, 2, 12),
        1,
        _letter(*_TO_FRIDAY, value(3, "letter_answered", "yes", "2027-02-12", about="letter/2")),
    ),
    Case(
        "the second letter",
        date(2027, 2, 12),
        1,
        _letter(value(1, "letter_deadline", "2027-02-26", "2027-02-01", about="letter/2")),
    ),
    Case(
        "SGB X, the fourth day: fifteen days before",
        date(2027, 2, 5),
        0,
        _letter(_body("sgb2"), *_posted("2027-02-02", "two_weeks")),
    ),
    Case(
        "SGB X, the fourth day: fourteen days before",
        date(2027, 2, 6),
        1,
        _letter(_body("sgb2"), *_posted("2027-02-02", "two_weeks")),
    ),
    Case(
        "AsylbLG, the third day: fifteen days before",
        date(2027, 2, 4),
        0,
        _letter(_body("asylblg"), *_posted("2027-02-02", "two_weeks")),
    ),
    Case(
        "AsylbLG, the third day: fourteen days before",
        date(2027, 2, 5),
        1,
        _letter(_body("asylblg"), *_posted("2027-02-02", "two_weeks")),
    ),
    Case(
        "nobody knows whose letter it is: the earlier day",
        date(2027, 2, 5),
        1,
        _letter(*_posted("2027-02-02", "two_weeks")),
    ),
    Case(
        "one month: fifteen days before",
        date(2027, 2, 19),
        0,
        _letter(_body("sgb2"), *_posted("2027-02-02", "one_month")),
    ),
    Case(
        "one month: fourteen days before",
        date(2027, 2, 20),
        1,
        _letter(_body("sgb2"), *_posted("2027-02-02", "one_month")),
    ),
    Case(
        "received later: fifteen days before",
        date(2027, 2, 23),
        0,
        _letter(_body("sgb2"), *_posted("2027-02-02", "one_month", _RECEIVED)),
    ),
    Case(
        "received later: fourteen days before",
        date(2027, 2, 24),
        1,
        _letter(_body("sgb2"), *_posted("2027-02-02", "one_month", _RECEIVED)),
    ),
    Case(
        "a day named in the letter goes before its period",
        date(2027, 2, 8),
        0,
        _letter(*_TO_FRIDAY, value(3, "letter_period", "two_weeks", "2027-02-01", about="letter/1")),
    ),
    Case(
        "no period is known",
        date(2027, 2, 6),
        0,
        _letter(_body("sgb2"), value(2, "letter_posted", "2027-02-02", "2027-02-02", about="letter/1")),
    ),
    Case(
        "posted on 31 December 2024: the third day, told before",
        date(2027, 2, 8),
        0,
        _letter(_body("sgb2"), *_posted("2024-12-31", "two_weeks"), spoken=_FICTION_OF_2024),
    ),
    Case(
        "posted on 1 January 2025: the fourth day, told before",
        date(2027, 2, 8),
        0,
        _letter(_body("sgb2"), *_posted("2025-01-01", "two_weeks"), spoken=_FICTION_OF_2025),
    ),
    Case("it runs on in a pause", date(2027, 2, 12), 1, _letter(*_TO_FRIDAY, pauses=_PAUSED)),
    Case("no consent", date(2027, 2, 12), 0, _letter(*_TO_FRIDAY, consents=[])),
    Case("the first day of this version", date(2026, 7, 1), 1, _in_2026(*_OVER_JULY)),
    Case("it goes on from the version before", date(2026, 7, 7), 2, _in_2026(*_OVER_JULY, spoken=_JULY_S1)),
)
_CASES_UNTIL_JUNE_2026 = (
    Case("fifteen days before the end", date(2026, 3, 12), 0, _in_2026(*_OLD_FRIDAY)),
    Case("fourteen days before", date(2026, 3, 13), 1, _in_2026(*_OLD_FRIDAY)),
    Case("thirteen days before", date(2026, 3, 14), 1, _in_2026(*_OLD_FRIDAY)),
    Case("eight days before", date(2026, 3, 19), 0, _in_2026(*_OLD_FRIDAY, spoken=_OLD_S1)),
    Case("seven days before", date(2026, 3, 20), 2, _in_2026(*_OLD_FRIDAY, spoken=_OLD_S1)),
    Case("six days before", date(2026, 3, 21), 2, _in_2026(*_OLD_FRIDAY, spoken=_OLD_S1)),
    Case("four days before", date(2026, 3, 23), 0, _in_2026(*_OLD_FRIDAY, spoken=_OLD_S2)),
    Case("three days before", date(2026, 3, 24), 3, _in_2026(*_OLD_FRIDAY, spoken=_OLD_S2)),
    Case("two days before", date(2026, 3, 25), 3, _in_2026(*_OLD_FRIDAY, spoken=_OLD_S2)),
    Case("six days after a late first word", date(2026, 3, 22), 0, _in_2026(*_OLD_FRIDAY, spoken=_OLD_LATE)),
    Case("three days after a late second", date(2026, 3, 25), 0, _in_2026(*_OLD_FRIDAY, spoken=_OLD_LATER)),
    Case(
        "answered",
        date(2026, 3, 13),
        0,
        _in_2026(*_OLD_FRIDAY, value(3, "letter_answered", "yes", "2026-03-13", about="letter/1")),
    ),
    Case(
        "SGB X, the fourth day: fifteen days before",
        date(2026, 3, 5),
        0,
        _in_2026(_OLD_LAW, *_posted("2026-03-02", "two_weeks", known="2026-03-02")),
    ),
    Case(
        "SGB X, the fourth day: fourteen days before",
        date(2026, 3, 6),
        1,
        _in_2026(_OLD_LAW, *_posted("2026-03-02", "two_weeks", known="2026-03-02")),
    ),
    Case(
        "AsylbLG, the third day: fifteen days before",
        date(2026, 3, 4),
        0,
        _in_2026(_body("asylblg", "2026-03-02"), *_posted("2026-03-02", "two_weeks", known="2026-03-02")),
    ),
    Case(
        "AsylbLG, the third day: fourteen days before",
        date(2026, 3, 5),
        1,
        _in_2026(_body("asylblg", "2026-03-02"), *_posted("2026-03-02", "two_weeks", known="2026-03-02")),
    ),
    Case(
        "posted on 31 December 2024: the third day, told before",
        date(2026, 3, 2),
        0,
        _in_2026(
            _OLD_LAW,
            *_posted("2024-12-31", "two_weeks", known="2026-01-12"),
            spoken=_OLD_FICTION_OF_2024,
        ),
    ),
    Case("no consent", date(2026, 3, 13), 0, _in_2026(*_OLD_FRIDAY, consents=[])),
    Case("the last day of this version", date(2026, 6, 30), 1, _in_2026(*_OVER_JULY)),
    Case("the day after is for the version that follows", date(2026, 7, 1), 0, _in_2026(*_OVER_JULY)),
)
_UNTIL_JUNE_2026 = Rule(
    id="MIT-12",
    version=1,
    title_de="Droht eine Kürzung durch andere, hilft die Stelle, sie abzuwenden.",
    title_en="If another body threatens a cut, the office helps avert it.",
    basis=("sgb2_31_32_2023", "asylblg_5b", "sgb10_37_2025", "lvwvfg_41"),
    since=date(2026, 1, 1),
    until=date(2026, 6, 30),
    subject="letter",
    cause=(Condition("answered", "==", 0),),
    quiet=(CONSENTED,),
    parameters=_PARAMETERS,
    stages=_STAGES,
    never=("compute_or_state_a_cut",),
    cases=_CASES_UNTIL_JUNE_2026,
)
RULES = (
    _UNTIL_JUNE_2026,
    replace(
        _UNTIL_JUNE_2026,
        version=2,
        basis=("sgb2_31_32_2026", "asylblg_5b", "sgb10_37_2025", "lvwvfg_41"),
        since=date(2026, 7, 1),
        until=None,
        cases=_CASES,
    ),
)
