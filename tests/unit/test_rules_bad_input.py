"""Whatever is wrong with a book or with facts is refused with file, field, reason and remedy, in German as well."""

import ast
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain.errors import InvalidInput
from ops import console
from rules.book import thawed
from rules.check import Draft, check, draft_of
from rules.cli import run
from rules.documents import to_document
from rules.finding import Finding
from rules.findings_said import REASONS, REMEDIES, finding_said
from rules.literals import person, value
from rules.shape import Citation, Condition, Rule, number
from store.editions import calendar
from tests.house.sources import python
from tests.support.facts import BOOK, CALENDAR

DAY = date(2026, 6, 1)
SOUND = draft_of(BOOK)
FOE_01, MIT_01 = "rules/catalogue/foe_01.py", "rules/catalogue/mit_01.py"
CITATIONS = "rules/citations.toml"


def _of(rule_id: str, **changes: object) -> Draft:
    """The book in force with one rule changed; the others stay away, for a short test."""
    (rule,) = (r for r in SOUND.rules if r.id == rule_id)
    return replace(SOUND, rules=[replace(rule, **changes)])  # type: ignore[arg-type]


def _rule(rule_id: str) -> Rule:
    return BOOK.rule(rule_id)


def _stages(rule_id: str, **changes: object) -> Draft:
    first, *rest = _rule(rule_id).stages
    return _of(rule_id, stages=(replace(first, **changes), *rest))  # type: ignore[arg-type]


def _numbers(rule_id: str, **changes: object) -> Draft:
    first, *rest = _rule(rule_id).parameters
    return _of(rule_id, parameters=(replace(first, **changes), *rest))  # type: ignore[arg-type]


def _expired() -> Draft:
    cited = [_ended(c) if c.key == "vwv_integrationsmanagement" else c for c in SOUND.citations]
    return replace(_of("FOE-01"), citations=cited)


def _ended(of: Citation) -> Citation:
    return replace(of, until=date(2026, 5, 31))


def _overlapping() -> Draft:
    old = replace(_rule("FOE-01"), until=date(2026, 12, 31))
    return replace(SOUND, rules=[old, replace(old, version=2, since=date(2026, 6, 1), until=None)])


WRONG: list[tuple[str, Callable[[], Draft], str, str, str, str]] = [
    (
        "an unknown field",
        lambda: _of("FOE-01", cause=(Condition("fully_stafed", "==", 0),)),
        FOE_01,
        "fully_stafed",
        "unknown_field",
        "dieses Feld gibt es nicht",
    ),
    (
        "a threshold out of range",
        lambda: _numbers("FOE-01", value=9),
        FOE_01,
        "FOE-01.task",
        "value_out_of_range",
        "einen Wert innerhalb der Grenzen setzen",
    ),
    (
        "a wrong unit",
        lambda: _numbers("FOE-01", unit="d"),
        FOE_01,
        "working_days_unstaffed",
        "unit_mismatch",
        "die Einheiten passen nicht zusammen",
    ),
    (
        "a missing citation",
        lambda: _of("FOE-01", basis=()),
        FOE_01,
        "basis",
        "missing_citation",
        "die Rechtsgrundlage fehlt",
    ),
    (
        "a citation that nobody has written down",
        lambda: _of("FOE-01", basis=("nowhere",)),
        FOE_01,
        "nowhere",
        "unknown_citation",
        "in rules/citations.toml aufnehmen",
    ),
    (
        "an expired citation",
        _expired,
        CITATIONS,
        "vwv_integrationsmanagement",
        "expired",
        "die Vorschrift gilt nicht mehr",
    ),
    (
        "overlapping versions",
        _overlapping,
        FOE_01,
        "FOE-01",
        "overlapping_versions",
        "zwei Fassungen gelten zugleich",
    ),
    (
        "a Fordern rule without a twin",
        lambda: _of("MIT-01", twin=()),
        MIT_01,
        "twin",
        "demand_without_twin",
        "die Pflicht der Stelle nennen",
    ),
    (
        "cases missing for a threshold",
        lambda: _of("FOE-01", cases=_rule("FOE-01").cases[:1]),
        FOE_01,
        "FOE-01.lead",
        "threshold_without_boundary",
        "Beispiele ergänzen für: den Tag davor und den Tag selbst und den Tag danach",
    ),
    (
        "a number that is not declared",
        lambda: _stages("FOE-01", after="FOE-01.nothing"),
        FOE_01,
        "FOE-01.nothing",
        "unknown_parameter",
        "in den Zahlen der Regel angeben",
    ),
    (
        "a number without a source",
        lambda: _numbers("FOE-01", source=""),
        FOE_01,
        "FOE-01.task",
        "parameter_without_source",
        "angeben, woher die Zahl kommt",
    ),
    (
        "a number of another rule",
        lambda: _of(
            "FOE-01",
            parameters=(
                *_rule("FOE-01").parameters,
                number("FOE-02.x", 3, "d", "t0", low=1, high=4, source="s"),
            ),
        ),
        FOE_01,
        "FOE-02.x",
        "foreign_parameter",
        "benennen als FOE-01.",
    ),
]


@pytest.mark.parametrize(
    ("draft", "file", "field", "reason", "german"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG]
)
def test_a_wrong_book_is_refused_with_file_field_reason_and_remedy(
    draft: Callable[[], Draft], file: str, field: str, reason: str, german: str
) -> None:
    found = [f for f in check(draft(), DAY, calendar=CALENDAR) if f.field == field and f.file == file]

    said = next(f for f in found if f.reason.startswith(reason))
    assert said.remedy
    assert german in finding_said(said, "de")
    assert finding_said(said, "de").startswith(f"{file}: {field}: ")
    assert finding_said(said, "en") == str(said)


def test_the_same_rules_are_sound_as_they_stand() -> None:
    for rule_id in ("FOE-01", "MIT-01"):
        assert check(_of(rule_id), DAY, calendar=CALENDAR) == ()


def _said_in_code() -> Iterator[tuple[str, Sequence[str]]]:
    """What the checks say: every text of a finding, and the codes and remedies that loading refuses with."""
    for one in python():
        if one.path.startswith("rules/check") or one.path == "rules/binding.py":
            words = [w.value for w in ast.walk(one.tree) if isinstance(w, ast.Constant)]
            yield one.path, [w for w in words if isinstance(w, str)]


def test_every_reason_and_remedy_of_the_checks_has_its_german() -> None:
    texts = [text for _, words in _said_in_code() for text in words]

    assert [reason for reason in REASONS if not any(t.startswith(reason) for t in texts)] == []
    assert [remedy for remedy in REMEDIES if not any(t.startswith(remedy.strip()) for t in texts)] == []
    for file, line in _findings():
        assert finding_said(Finding(file, "f", line[0], line[1]), "de").count(line[1]) == 0, line


def _findings() -> Iterator[tuple[str, tuple[str, str]]]:
    """Each pair of a literal reason and remedy in the checks, as far as it stands in the call itself."""
    for one in python():
        if not one.path.startswith("rules/check"):
            continue
        for call in (c for c in ast.walk(one.tree) if isinstance(c, ast.Call)):
            if ast.unparse(call.func) == "Finding" and all(
                isinstance(a, ast.Constant) for a in call.args[2:4]
            ):
                yield one.path, (ast.literal_eval(call.args[2]), ast.literal_eval(call.args[3]))


def test_a_finding_without_german_stays_readable() -> None:
    assert (
        finding_said(Finding("a.py", "x", "quite_new: so", "do it"), "de") == "a.py: x: quite_new: so; do it"
    )


FACTS: list[tuple[dict[str, object], str, str]] = [
    ({"talkz": []}, "talkz", "Das Feld „talkz“ gibt es nicht: gemeint ist vielleicht talks?"),
    ({"t0": "morgen"}, "t0", "hat einen Wert, der hier nicht passt"),
    (
        {"values": [value(1, "course_place", "none", "2027-03-02")]},
        "values.0.valid_from",
        "so kann es noch nicht gewesen sein",
    ),
    ({"closed_on": "2027-01-01"}, "closed_on", "liegt vor „opened_on“ (2027-01-04)"),
    (
        {
            "values": [
                value(1, "course_place", "none", "2027-02-02"),
                {**value(2, "course_place", "exists", "2027-02-02"), "source": "provider"},
            ]
        },
        "values.1.value",
        "widerspricht „values.0.value“",
    ),
]


@pytest.mark.parametrize("command", ["decide", "foresee", "why", "near-misses"])
@pytest.mark.parametrize("wrong", FACTS, ids=[f[1] for f in FACTS])
def test_wrong_facts_are_refused_with_file_and_field_in_the_readers_language(
    wrong: tuple[dict[str, object], str, str],
    command: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    recorded, field, german = wrong
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(person(**recorded)), encoding="utf-8")
    more = {"foresee": ["--until", "2027-04-01"], "why": ["--rule", "FOE-04"]}.get(command, [])
    words = [command, str(file), "--on", "2027-03-01", *more]

    for lang, told in (("de", german), ("en", "")):
        code = run(
            words, load_calendar=calendar, sentence=lambda error, lang=lang: console.sentence(error, lang)
        )
        said = capsys.readouterr()

        assert (code, said.out) == (2, "")
        assert said.err.count("\n") == 1
        assert str(file) in said.err
        assert field in said.err
        assert told in said.err


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("{", "document"),
        ("{}", ""),
        (to_document(BOOK).replace('"FOE-01.task"', '"FOE-01.tusk"', 1), ""),
        (to_document(BOOK) + " ", "document"),
    ],
    ids=["no JSON", "nothing in it", "a number misnamed", "not canonical"],
)
def test_a_broken_book_file_is_refused_with_file_field_reason_and_remedy(text: str, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        thawed(text, BOOK.id)

    refused = caught.value
    assert refused.code == "broken_book"
    assert refused.params["file"] == f"{BOOK.id}.json"
    assert refused.params["field"]
    assert refused.params["field"] == (field or refused.params["field"])
    assert refused.params["reason"]
    assert refused.params["remedy"]
    assert "ein Buch wird nie von Hand geändert" in console.sentence(refused, "de")
