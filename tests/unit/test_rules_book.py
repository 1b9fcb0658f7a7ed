"""A book refuses what it does not know, never changes under its hash, and its check finds what a reader misses."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.codes import Addressee, Outcome
from domain.errors import InvalidInput, NotFound
from domain.gate import DEMAND_RULES, HELP
from rules.book import Book, assemble, book, books, listing, read_citations
from rules.catalogue import RULES
from rules.check import Draft, check, draft_of
from rules.judge import decide, describe, explain
from rules.shape import Condition, Rule, Stage, asks_participant
from tests.support.facts import BOOK, CALENDAR, facts

ON = date(2027, 1, 4)
SOUND = draft_of(BOOK)


def _rule(rule_id: str, **changed: Any) -> Rule:
    return replace(BOOK.rule(rule_id), **changed)


def _with(rule: Rule) -> Draft:
    return replace(SOUND, rules=[rule if r.id == rule.id else r for r in SOUND.rules])


def _assemble(rule: Rule) -> Book:
    return assemble(
        "b2026_9", BOOK.valid_from, rules=[rule], parameters=SOUND.parameters, citations=SOUND.citations
    )


def test_a_rule_with_an_unknown_field_is_refused_by_its_name_with_a_remedy() -> None:
    wrong = _rule("FOE-04", cause=(Condition("plan_agred", "==", 0),))

    with pytest.raises(InvalidInput) as caught:
        _assemble(wrong)

    assert caught.value.code == "unknown_field"
    assert caught.value.params["rule"] == "FOE-04"
    assert caught.value.params["field"] == "plan_agred"
    assert "plan_agreed" in caught.value.params["remedy"]


def test_a_condition_of_one_stage_is_refused_and_hashed_like_any_other() -> None:
    first, *rest = BOOK.rule("FOE-04").stages
    wrong = replace(first, quiet=(Condition("pausd", "==", 0),))
    added = replace(first, quiet=(Condition("paused", "==", 0),))

    with pytest.raises(InvalidInput) as caught:
        _assemble(_rule("FOE-04", stages=(wrong, *rest)))

    assert caught.value.params["field"] == "pausd"
    changed = _assemble(_rule("FOE-04", stages=(added, *rest)))
    assert changed.sha256 != _assemble(BOOK.rule("FOE-04")).sha256
    assert [("paused", "==", 0) in row for row in changed.compiled[0].rows] == [False, True, False, False]


@pytest.mark.parametrize(
    ("code", "changed", "field"),
    [
        ("unknown_subject", {"subject": "plans"}, "plans"),
        ("unknown_parameter", {"cause": (Condition("plan_agreed", "==", "FOE-04.never"),)}, "FOE-04.never"),
        ("unknown_citation", {"basis": ("vwv_1999",)}, "vwv_1999"),
    ],
)
def test_whatever_a_rule_names_must_exist(code: str, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        _assemble(_rule("FOE-04", **changed))

    assert (caught.value.code, caught.value.params["field"]) == (code, field)
    assert caught.value.params["remedy"]


def test_the_hash_is_the_same_each_time_and_follows_every_change_but_cases() -> None:
    again = assemble(
        BOOK.id, BOOK.valid_from, rules=BOOK.rules, parameters=SOUND.parameters, citations=SOUND.citations
    )
    reworded = _assemble(_rule("FOE-04", title_de="Anders."))
    fewer_cases = _assemble(_rule("FOE-04", cases=()))

    assert again.sha256 == BOOK.sha256
    assert reworded.sha256 != _assemble(BOOK.rule("FOE-04")).sha256 == fewer_cases.sha256


def test_the_first_book_is_what_histories_were_written_with() -> None:
    assert (BOOK.id, BOOK.sha256) == (
        "b2026_1",
        "7f1139009774df77afd8ac676a59a095161bf8fab420a292a176636eceb50ffa",
    ), "a released book never changes: make a new one beside it"


def test_a_book_is_found_by_id_or_day_and_never_reaches_back() -> None:
    assert book() is book("b2026_1") is book(on=date(2027, 1, 4)) is books()[-1]
    with pytest.raises(NotFound):
        book("b1999_1")
    with pytest.raises(NotFound):
        book(on=date(2025, 12, 31))


def test_a_citation_carries_a_day_of_reading_only_where_somebody_read_it() -> None:
    unread = """[[citation]]
        key = "k"
        provision = "p"
        source = "s"
        since = 2023-06-06
        recheck_by = 2027-12-31
        """

    (before,), (after,) = read_citations(unread), read_citations(unread + "checked = 2027-02-01")

    assert (before.checked, after.checked) == (None, date(2027, 2, 1))


def test_the_list_has_the_form_that_others_build_on() -> None:
    rows = {row["id"]: row for row in listing(BOOK)}

    assert list(rows) == [rule.id for rule in RULES]
    expected = {"id", "side", "title_de", "title_en", "basis", "since", "until", "subject", "twin", "stages"}
    assert all(expected <= set(row) for row in rows.values())
    assert rows["MIT-08"]["side"] == "fordern"
    assert [(s["after"], s["outcome"], s["addressee"]) for s in rows["MIT-08"]["stages"]] == [
        ({"n": 3, "unit": "d", "from": "due"}, "remind", "participant"),
        ({"n": 10, "unit": "d", "from": "due"}, "remind", "participant"),
        ({"n": 10, "unit": "d", "from": "due"}, "task", "case_worker"),
        ({"n": 21, "unit": "d", "from": "due"}, "task", "case_worker"),
    ]


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_decision_has_a_sentence_without_gaps_in_both_languages(language: str) -> None:
    for rule in RULES:
        assert describe(rule.id, language)
        for case in (c for c in rule.cases if c.stage):
            known = facts().model_validate(case.facts)
            for made in decide(known, case.on, calendar=CALENDAR, book=BOOK).decisions:
                sentence = explain(made, language)
                assert "{" not in sentence
                assert BOOK.citations[made.basis[0]].provision in sentence
                open_twin = explain(made.model_copy(update={"twin_open": True}), language)
                assert len(open_twin) > len(sentence)


def test_the_rules_in_force_have_no_fault() -> None:
    assert check(SOUND, ON, calendar=CALENDAR) == ()


def test_the_gate_and_the_catalogue_agree_on_what_is_a_demand() -> None:
    asking = {rule.id for rule in RULES if asks_participant(rule)}

    assert asking == {*DEMAND_RULES, *HELP}
    for compiled in BOOK.compiled:
        for row in compiled.rows[1:]:
            assert (("gate_open", "==", 1) in row) == (compiled.rule.id in DEMAND_RULES)


FOE_04, MIT_02 = BOOK.rule("FOE-04"), BOOK.rule("MIT-02")
ESCALATES = replace(MIT_02.stages[0], outcomes=((Outcome.ESCALATE, Addressee.LEAD),))
TO_HEAD = replace(FOE_04.stages[1], outcomes=((Outcome.ESCALATE, Addressee.HEAD),))


def _swapped(rule: Rule) -> tuple[Stage, ...]:
    first, second, *rest = rule.stages
    return (replace(first, after=second.after), replace(second, after=first.after), *rest)


FAULTS: list[tuple[str, Draft]] = [
    ("unknown_field", _with(_rule("FOE-04", quiet=(Condition("consent", "==", 1),)))),
    ("unknown_citation", _with(_rule("FOE-04", basis=("vwv_1999",)))),
    ("duplicate_id", replace(SOUND, rules=[*SOUND.rules, FOE_04])),
    ("subsumed", replace(SOUND, rules=[*SOUND.rules, replace(FOE_04, id="FOE-44")])),
    ("unsatisfiable", _with(_rule("FOE-04", quiet=(Condition("plan_agreed", "==", 1),)))),
    ("value_out_of_range", _with(_rule("FOE-04", cause=(Condition("plan_agreed", "==", 2),)))),
    ("demand_called_help", _with(_rule("MIT-02", help="because"))),
    ("demand_past_shut_gate", _with(_rule("MIT-02", help="because"))),
    ("demand_without_twin", _with(_rule("MIT-02", twin=()))),
    ("demand_unknown_to_gate", replace(SOUND, rules=[*SOUND.rules, replace(MIT_02, id="MIT-22")])),
    ("ladder_order", _with(_rule("FOE-04", stages=_swapped(FOE_04)))),
    ("stages_misnumbered", _with(_rule("FOE-04", stages=FOE_04.stages[1:]))),
    ("level_skipped", _with(_rule("FOE-04", stages=(FOE_04.stages[0], TO_HEAD)))),
    ("escalates_first", _with(_rule("MIT-02", stages=(ESCALATES,)))),
    ("threshold_without_boundary", _with(_rule("FOE-04", cases=FOE_04.cases[5:-2]))),
    ("no_case_of_silence", _with(_rule("FOE-04", cases=FOE_04.cases[1:2]))),
    ("case_fails", _with(_rule("FOE-04", cases=(replace(FOE_04.cases[0], stage=1), *FOE_04.cases[1:])))),
    (
        "unit_mismatch",
        _with(_rule("FOE-05", stages=(replace(BOOK.rule("FOE-05").stages[0], after="FOE-10.task"),))),
    ),
    ("cited_before_in_force", _with(_rule("FOE-04", since=date(2020, 1, 1)))),
    ("value_out_of_range", replace(SOUND, parameters=[replace(p, value=999) for p in SOUND.parameters])),
    (
        "not_in_force",
        replace(SOUND, parameters=[replace(p, since=date(2030, 1, 1)) for p in SOUND.parameters]),
    ),
    ("expired", replace(SOUND, citations=[replace(c, until=date(2026, 12, 31)) for c in SOUND.citations])),
    (
        "source_check_overdue",
        replace(SOUND, citations=[replace(c, recheck_by=ON.replace(year=2026)) for c in SOUND.citations]),
    ),
]


@pytest.mark.parametrize(("code", "draft"), FAULTS, ids=[f"{n} {fault[0]}" for n, fault in enumerate(FAULTS)])
def test_each_fault_is_found_with_file_field_reason_and_remedy(code: str, draft: Draft) -> None:
    found = [f for f in check(draft, ON, calendar=CALENDAR) if f.reason.startswith(code)]

    assert found
    assert all(f.file.startswith("rules/") and f.field and f.remedy for f in found)


MUTANTS = [(name, step) for name in BOOK.parameters for step in (-1, 1)]


@pytest.mark.parametrize(("name", "step"), MUTANTS, ids=[f"{name} {step:+d}" for name, step in MUTANTS])
def test_a_threshold_off_by_one_is_caught_by_a_case(name: str, step: int) -> None:
    moved = [replace(p, value=p.value + step) if p.name == name else p for p in SOUND.parameters]
    draft = replace(SOUND, rules=[BOOK.rule(name.partition(".")[0])], parameters=moved)

    assert any(f.reason.startswith("case_fails") for f in check(draft, ON, calendar=CALENDAR))


HELD_TWICE = {
    ("MIT-01", "consented"): "the gate asks for consent, too",
    ("MIT-02", "consented"): "the gate asks for consent, too",
    ("MIT-08", "consented"): "the gate asks for consent, too",
    ("MIT-02", "registered"): "the days of a registered person are not even counted",
    ("MIT-08", "settled"): "the days of a settled promise are not even counted",
}
CONDITIONS = [
    (rule.id, condition)
    for rule in RULES
    for condition in (*rule.cause, *rule.quiet, *(own for stage in rule.stages for own in stage.quiet))
    if (rule.id, condition.field) not in HELD_TWICE
]


@pytest.mark.parametrize(("rule_id", "left_out"), CONDITIONS, ids=[f"{r} {c.field}" for r, c in CONDITIONS])
def test_a_condition_left_out_is_caught_by_a_case(rule_id: str, left_out: Condition) -> None:
    rule = BOOK.rule(rule_id)
    cause = tuple(c for c in rule.cause if c != left_out)
    quiet = tuple(c for c in rule.quiet if c != left_out)
    stages = tuple(replace(s, quiet=tuple(c for c in s.quiet if c != left_out)) for s in rule.stages)
    without = replace(rule, cause=cause, quiet=quiet, stages=stages)

    found = check(replace(SOUND, rules=[without]), ON, calendar=CALENDAR)

    assert any(f.reason.startswith("case_fails") for f in found)
