"""A book refuses what it does not know, never changes under its hash, and its check finds what a reader misses."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.codes import Addressee, Outcome
from domain.duties import DUTIES
from domain.errors import InvalidInput, NotFound
from rules.book import Book, assemble, book, books, listing, read_citations
from rules.catalogue import RULES
from rules.check import Draft, check, draft_of
from rules.check_cases import facts_of
from rules.check_ladder import gate_findings
from rules.judge import decide
from rules.sentences import describe, explain
from rules.shape import HELP, Condition, Parameter, Rule, Stage, asks_participant
from tests.support.facts import BOOK, CALENDAR

ON = date(2027, 1, 4)
SOUND = draft_of(BOOK)


def _rule(rule_id: str, **changed: Any) -> Rule:
    return replace(BOOK.rule(rule_id), **changed)


def _with(rule: Rule) -> Draft:
    """The rule alone: its faults are its own."""
    return replace(SOUND, rules=[rule])


def _assemble(rule: Rule) -> Book:
    return assemble("b2026_9", BOOK.valid_from, rules=[rule], citations=SOUND.citations)


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
    again = assemble(BOOK.id, BOOK.valid_from, rules=BOOK.rules, citations=SOUND.citations)
    reworded = _assemble(_rule("FOE-04", title_de="Anders."))
    fewer_cases = _assemble(_rule("FOE-04", cases=()))

    assert again.sha256 == BOOK.sha256
    assert reworded.sha256 != _assemble(BOOK.rule("FOE-04")).sha256 == fewer_cases.sha256


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

    assert list(rows) == sorted({rule.id for rule in RULES})
    assert [v["version"] for v in rows["MIT-12"]["versions"]] == [1, 2]
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
            known = facts_of(case)
            for made in decide(known, case.on, calendar=CALENDAR, book=BOOK).decisions:
                sentence = explain(made, language)
                assert "{" not in sentence
                assert BOOK.citations[made.basis[0]].provision in sentence
                open_twin = explain(made.model_copy(update={"twin_open": True}), language)
                shut = explain(made.model_copy(update={"twin_open": False}), language)
                assert len(open_twin) > len(shut)


def test_the_rules_in_force_have_no_fault() -> None:
    assert check(SOUND, ON, calendar=CALENDAR) == ()


def test_every_stage_that_asks_passes_the_gate_unless_it_is_help_by_its_reason() -> None:
    for compiled in BOOK.compiled:
        for number, row in enumerate(compiled.rows[1:], start=1):
            gated = asks_participant(compiled.rule) and number not in HELP.get(compiled.rule.id, ())
            assert (("gate_open", "==", 1) in row) == gated, (compiled.rule.id, number)


def test_a_compiler_that_forgets_the_gate_is_found_by_the_boxes() -> None:
    compiled = next(c for c in BOOK.compiled if c.rule.id == "MIT-02")
    forgot = replace(
        compiled, rows=tuple(tuple(c for c in row if c[0] != "gate_open") for row in compiled.rows)
    )

    assert [f.reason.split(":")[0] for f in gate_findings(forgot)] == ["demand_past_shut_gate"] * 3
    assert list(gate_findings(compiled)) == []


def test_only_the_stages_of_the_list_are_help() -> None:
    assert HELP == {"MIT-06": (1,), "MIT-10": (1, 2), "MIT-11": (1,), "MIT-12": (1, 2, 3)}


def test_every_twin_is_a_duty_that_the_gate_can_look_up() -> None:
    assert {name for rule in RULES for name in rule.twin} <= set(DUTIES)


FOE_04, MIT_02 = BOOK.rule("FOE-04"), BOOK.rule("MIT-02")
ESCALATES = replace(MIT_02.stages[0], outcomes=((Outcome.ESCALATE, Addressee.LEAD),))
TO_HEAD = replace(FOE_04.stages[1], outcomes=((Outcome.ESCALATE, Addressee.HEAD),))


def _swapped(rule: Rule) -> tuple[Stage, ...]:
    first, second, *rest = rule.stages
    return (replace(first, after=second.after), replace(second, after=first.after), *rest)


def _changed(rule_id: str, **changed: Any) -> tuple[Parameter, ...]:
    return tuple(replace(p, **changed) for p in BOOK.rule(rule_id).parameters)


def _named(rule_id: str, name: str) -> tuple[Parameter, ...]:
    return (*BOOK.rule(rule_id).parameters, replace(BOOK.rule(rule_id).parameters[0], name=name))


def _renamed(rule: Rule, new: str) -> Rule:
    """The same rule under another id, with numbers of its own."""
    stages = tuple(replace(s, after=s.after.replace(rule.id, new)) for s in rule.stages)
    parameters = tuple(replace(p, name=p.name.replace(rule.id, new)) for p in rule.parameters)
    return replace(rule, id=new, stages=stages, parameters=parameters)


GAPPED = (FOE_04.stages[0], replace(FOE_04.stages[1], gap="FOE-04.gap"))
LATER = date(2027, 6, 1)
GAP = (*FOE_04.parameters, replace(FOE_04.parameters[0], name="FOE-04.gap", unit="AT", value=6))
FAULTS: list[tuple[str, Draft]] = [
    ("unknown_field", _with(_rule("FOE-04", quiet=(Condition("consent", "==", 1),)))),
    ("unknown_citation", _with(_rule("FOE-04", basis=("vwv_1999",)))),
    ("duplicate_id", replace(SOUND, rules=[FOE_04, FOE_04])),
    ("subsumed", replace(SOUND, rules=[FOE_04, _renamed(FOE_04, "FOE-44")])),
    ("unsatisfiable", _with(_rule("FOE-04", quiet=(Condition("plan_agreed", "==", 1),)))),
    ("value_out_of_range", _with(_rule("FOE-04", cause=(Condition("plan_agreed", "==", 2),)))),
    ("unknown_twin", _with(_rule("MIT-02", twin=("FOE-99",)))),
    ("missing_citation", _with(_rule("FOE-04", basis=()))),
    ("demand_without_twin", _with(_rule("MIT-02", twin=()))),
    ("overlapping_versions", replace(SOUND, rules=[FOE_04, replace(FOE_04, version=2, since=LATER)])),
    ("foreign_parameter", _with(_rule("FOE-05", parameters=_named("FOE-05", "FOE-04.task")))),
    ("parameter_without_source", _with(_rule("FOE-04", parameters=_changed("FOE-04", source="")))),
    ("stage_without_mark", _with(_rule("FOE-04", stages=(replace(FOE_04.stages[0], field=""),)))),
    ("ladder_order", _with(_rule("FOE-04", stages=_swapped(FOE_04)))),
    ("stages_misnumbered", _with(_rule("FOE-04", stages=FOE_04.stages[1:]))),
    ("level_skipped", _with(_rule("FOE-04", stages=(FOE_04.stages[0], TO_HEAD)))),
    ("escalates_first", _with(_rule("MIT-02", stages=(ESCALATES,)))),
    ("threshold_without_boundary", _with(_rule("FOE-04", cases=FOE_04.cases[5:-2]))),
    ("no_case_of_silence", _with(_rule("FOE-04", cases=FOE_04.cases[1:2]))),
    ("case_fails", _with(_rule("FOE-04", cases=(replace(FOE_04.cases[0], stage=1), *FOE_04.cases[1:])))),
    ("unit_mismatch", _with(_rule("FOE-05", parameters=_changed("FOE-05", unit="d")))),
    (
        "unit_mismatch",
        _with(
            _rule(
                "FOE-04",
                stages=(FOE_04.stages[0], replace(FOE_04.stages[1], gap="FOE-04.gap")),
                parameters=GAP,
            )
        ),
    ),
    ("cited_before_in_force", _with(_rule("FOE-04", since=date(2020, 1, 1)))),
    ("value_out_of_range", _with(_rule("FOE-04", parameters=_changed("FOE-04", value=999)))),
    ("not_in_force", _with(_rule("FOE-04", parameters=_changed("FOE-04", since=date(2030, 1, 1))))),
    (
        "expired",
        replace(
            SOUND, rules=[FOE_04], citations=[replace(c, until=date(2026, 12, 31)) for c in SOUND.citations]
        ),
    ),
    (
        "source_check_overdue",
        replace(
            SOUND,
            rules=[FOE_04],
            citations=[replace(c, recheck_by=ON.replace(year=2026)) for c in SOUND.citations],
        ),
    ),
]


@pytest.mark.parametrize(("code", "draft"), FAULTS, ids=[f"{n} {fault[0]}" for n, fault in enumerate(FAULTS)])
def test_each_fault_is_found_with_file_field_reason_and_remedy(code: str, draft: Draft) -> None:
    found = [f for f in check(draft, ON, calendar=CALENDAR) if f.reason.startswith(code)]

    assert found
    assert all(f.file.startswith("rules/") and f.field and f.remedy for f in found)
