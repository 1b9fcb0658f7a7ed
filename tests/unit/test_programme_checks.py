"""What a whole programme is refused for: by line, field, kind of problem and remedy."""

from importlib.resources import files
from pathlib import Path

import pytest

from domain.errors import InvalidInput
from ops.console import sentence
from ops.own_programmes import read_checked
from store import editions

WHOLE = files("domain").joinpath("programmes/2026-1.yaml").read_text(encoding="utf-8")
BROKEN = [
    ("actor: lead", "actor: mayor", "unknown_value", "steps[assignment].actor"),
    ("n: 3, unit: AT}", "n: -3, unit: AT}", "number_too_small", "steps[assignment].due.n"),
    ("n: 3, unit: AT}", "n: 3, unit: AW}", "unknown_unit", "steps[assignment].due.unit"),
    ("n: 4, unit: W}", "n: 60, unit: M}", "due_outside_term", "steps[first_talk].due.n"),
    ("    due: {after: t0, n: 4, unit: W}\n", "", "missing_field", "steps[first_talk].due"),
    (
        "after: t0, n: 4, unit: W}",
        "after: close, n: 4, unit: W}",
        "not_in_a_journey",
        "steps[first_talk].due.after",
    ),
    (
        "after: t0, n: 4, unit: W}",
        "after: year, n: 4, unit: d}",
        "not_in_a_journey",
        "steps[first_talk].due.after",
    ),
    (
        "n: 3, unit: M, back: true}",
        "n: 30, unit: M, back: true}",
        "due_outside_term",
        "steps[handover].due.n",
    ),
    (
        "n: 3, unit: M, back: true}",
        "n: 3, unit: AT, back: true}",
        "back_in_working_days",
        "steps[handover].due.unit",
    ),
    (
        "after: t0, n: 21, unit: M}",
        "after: t0, n: 3, unit: M, back: true}",
        "back_from_nowhere",
        "steps[extension_check].due.back",
    ),
    ("extensions: [36, 48]", "extensions: [36, 24]", "extension_not_longer", "extensions[1]"),
    ("extensions: [36, 48]", "extensions: [24]", "extension_not_longer", "extensions[0]"),
    ("extensions: [36, 48]", "extensions: [72]", "number_too_large", "extensions[0]"),
    (
        'core: false\n    phase: language\n    due: {after: "fact:exam_date", n: 0',
        'core: true\n    phase: language\n    due: {after: "fact:exam_date", n: 0',
        "too_many_core_steps",
        "steps[final_report].core",
    ),
    (
        "    phase: arrival\n    due: {after: t0, n: 3",
        "    phase: arrived\n    due: {after: t0, n: 3",
        "unknown_phase",
        "steps[assignment].phase",
    ),
    ("- id: base_check", "- id: first_talk", "duplicate_step", "steps[first_talk].id"),
    (
        "fact: course_entitlement, value",
        "fact: course_right, value",
        "unknown_fact",
        "steps[course_registration].when.fact",
    ),
    (
        "value: [duty, claim, admission]",
        "value: [duty, perhaps]",
        "unknown_value",
        "steps[course_registration].when.value",
    ),
    (
        'after: "fact:exam_date", n: 0, unit: d',
        'after: "fact:exam_day", n: 0, unit: d',
        "unknown_reference",
        "steps[language_test].due.after",
    ),
    (
        'due: {after: "fact:bsk_issued", n: 3',
        'due: {after: "fact:bsk_paper", n: 3',
        "unknown_reference",
        "steps[work_course].parts[1].due.after",
    ),
    (
        "after: term, n: 0, unit: d}",
        'after: "step:handovers", n: 0, unit: d}',
        "unknown_reference",
        "steps[final_report].due.after",
    ),
    (
        "after: term, n: 0, unit: d}",
        'after: "step:quarterly_contact", n: 0, unit: d}',
        "unknown_reference",
        "steps[final_report].due.after",
    ),
    (
        "after: t0, n: 4, unit: W}",
        'after: "step:first_talk", n: 4, unit: W}',
        "cycle",
        "steps[first_talk].due.after",
    ),
    (
        "repeat: {every: {n: 3, unit: M}, until: term}",
        "repeat: {every: {n: 0, unit: M}, until: term}",
        "number_too_small",
        "steps[quarterly_contact].repeat.every.n",
    ),
    (
        "repeat: {every: {n: 3, unit: M}, until: term}",
        "repeat: {every: {n: 3, unit: M}, until: never}",
        "unknown_reference",
        "steps[quarterly_contact].repeat.until",
    ),
    (
        "repeat: {every: {n: 3, unit: M}, until: term}",
        "repeat: {every: {n: 3, unit: W}, until: term}",
        "mixed_units",
        "steps[quarterly_contact].repeat.every.unit",
    ),
    (
        "due: {after: t0, n: 3, unit: M}\n    repeat",
        "due: {after: term, n: 3, unit: M}\n    repeat",
        "repeat_without_end",
        "steps[quarterly_contact].repeat",
    ),
    (
        'until: "fact:course_ended"}',
        'until: "fact:course_started"}',
        "repeat_without_end",
        "steps[attendance].repeat",
    ),
    (
        "due: {after: t0, n: 6, unit: M}\n    repeat: {every: {n: 6, unit: M}, until: term}\n    talk",
        "due: {after: t0, n: 6, unit: d}\n    repeat: {every: {n: 6, unit: d}, until: term}\n    talk",
        "repeat_too_often",
        "steps[half_year_review].repeat.every.n",
    ),
    (
        "season: {from_month: 10, to_month: 3}",
        "season: {from_month: 10, to_month: 13}",
        "number_too_large",
        "steps[apprenticeship].repeat.season.to_month",
    ),
    (
        "season: {from_month: 10, to_month: 3}",
        "season: {from_month: 0, to_month: 3}",
        "number_too_small",
        "steps[apprenticeship].repeat.season.from_month",
    ),
    (
        "season: {from_month: 10, to_month: 3}",
        "season: {from_month: 10}",
        "missing_field",
        "steps[apprenticeship].repeat.season.to_month",
    ),
    (
        "due: {after: t0, n: 1, unit: M}\n    repeat:\n      every: {n: 1, unit: M}",
        "due: {after: t0, n: 4, unit: W}\n    repeat:\n      every: {n: 4, unit: W}",
        "season_without_months",
        "steps[apprenticeship].repeat.season",
    ),
    (
        "before: {n: 3, unit: d}",
        "before: {n: 0, unit: d}",
        "number_too_small",
        "steps[first_contact].notices[0].before.n",
    ),
    (
        "before: {n: 3, unit: d}",
        "before: {n: -3, unit: d}",
        "number_too_small",
        "steps[first_contact].notices[0].before.n",
    ),
    (
        "before: {n: 3, unit: d}",
        "before: {n: 30, unit: d}",
        "notice_too_early",
        "steps[first_contact].notices[0].before",
    ),
    (
        "before: {n: 3, unit: d}, to: case_worker",
        "before: {n: 3, unit: d}, to: police",
        "unknown_value",
        "steps[first_contact].notices[0].to",
    ),
    (
        "before: {n: 28, unit: d}, to: participant, text: step_reminder",
        "before: {n: 28, unit: d}, to: participant, text: step_threat",
        "unknown_text",
        "steps[language_test].notices[0].text",
    ),
    (
        "    foerdern: {de: Hilfe beim Wohnberechtigungsschein, en: Help with the housing certificate}\n",
        "",
        "fordern_without_foerdern",
        "steps[housing].fordern",
    ),
    (
        "foerdern: {de: Eigene Zusagen mit Datum, en: Own commitments with dates}",
        "foerdern: {de: Eigene Zusagen mit Datum}",
        "missing_field",
        "steps[integration_plan].foerdern.en",
    ),
    (
        "fordern: {de: Unterlagen mitbringen, en: Bring documents}",
        'fordern: {de: "", en: Bring documents}',
        "wrong_value",
        "steps[base_check].fordern.de",
    ),
    ("title: {de: Arbeit, en: Work}", "title: {en: Work}", "missing_field", "steps[work].title.de"),
    (
        "twins: [exam_told, exam_registered]",
        "twins: [exam_told, exam_paid]",
        "unknown_duty",
        "steps[language_test].twins[1]",
    ),
    ("rules: [FOE-19]", "rules: [FOE-91]", "unknown_rule", "steps[civic_offer].rules[0]"),
    (
        "rules: [FOE-19]",
        "rules: [FOE-19]\n    fordern: {de: Mitmachen, en: Take part}",
        "demand_on_voluntary",
        "steps[civic_offer].fordern",
    ),
    (
        "    voluntary: true\n    settled_by",
        "    settled_by",
        "civic_not_voluntary",
        "steps[civic_offer].voluntary",
    ),
    (
        "    voluntary: true\n    settled_by",
        "    voluntary: false\n    settled_by",
        "civic_not_voluntary",
        "steps[civic_offer].voluntary",
    ),
    (
        "rules: [FOE-19]",
        "notices:\n      - {before: {n: 7, unit: d}, to: participant, text: step_reminder}",
        "notice_on_voluntary",
        "steps[civic_offer].notices[0].to",
    ),
    (
        "rules: [FOE-19]",
        "notices:\n      - {before: {n: 7, unit: d}, to: case_worker, text: step_due}",
        "notice_without_date",
        "steps[civic_offer].notices[0]",
    ),
    (
        "    rules: [QS-03]",
        "    notices:\n      - {before: {n: 7, unit: d}, to: lead, text: step_due}",
        "notice_outside_journey",
        "steps[retention].notices[0]",
    ),
    ("    talk: handover\n", "", "no_talk_named", "steps[handover].settled_when"),
    (
        'settled_when: contact\n    foerdern: {de: "Nachfragen',
        'settled_when: talk_held\n    talk: review\n    foerdern: {de: "Nachfragen',
        "talk_settles_all",
        "steps[quarterly_contact].settled_when",
    ),
    (
        "    parts:\n      - title: {de: Lebenslauf",
        "    due: {after: t0, n: 6, unit: M}\n    parts:\n      - title: {de: Lebenslauf",
        "due_twice",
        "steps[work].parts",
    ),
    ("excuses:\n  - illness", "excuses:\n  - laziness", "unknown_value", "excuses[0]"),
    ("settled_when: staffed", "settled_when: guessed", "unknown_value", "steps[assignment].settled_when"),
    (
        "at: talk\n    settled_when: consent_answered",
        "at: dawn\n    settled_when: consent_answered",
        "unknown_value",
        "steps[consent_talk].at",
    ),
]


def refused(tmp_path: Path, text: str) -> InvalidInput:
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as told:
        read_checked(file)
    return told.value


@pytest.mark.parametrize(("old", "new", "problem", "field"), BROKEN)
def test_a_broken_programme_is_refused_with_line_reason_and_remedy_in_both_languages(
    tmp_path: Path,
    old: str,
    new: str,
    problem: str,
    field: str,
) -> None:
    assert old in WHOLE
    told = refused(tmp_path, WHOLE.replace(old, new, 1))
    assert (told.params["problem"], told.params["field"]) == (problem, field)
    at = WHOLE[: WHOLE.index(old)].count("\n") + 1
    assert abs(int(told.params["line"]) - at) <= 30 or problem == "too_many_core_steps"
    german, english = sentence(told, "de"), sentence(told, "en")
    assert german != english
    assert all(
        f"mine.yaml, {word} {told.params['line']}" in line
        for word, line in (("Zeile", german), ("line", english))
    )
    assert problem not in german + english
    assert told.params["remedy"] in english


def test_two_steps_that_wait_for_each_other_are_a_cycle(tmp_path: Path) -> None:
    text = WHOLE.replace("due: {after: t0, n: 4, unit: W}", "due: {after: step:profile, n: 4, unit: W}", 1)
    text = text.replace("due: {after: t0, n: 8, unit: W}", "due: {after: step:first_talk, n: 8, unit: W}", 1)
    assert refused(tmp_path, text).params["problem"] == "cycle"


def test_a_programme_without_talks_has_nothing_to_wait_for(tmp_path: Path) -> None:
    lines = [
        line for line in WHOLE.splitlines() if not line.startswith(("    talk:", "    settled_when: talk"))
    ]
    assert refused(tmp_path, "\n".join(lines)).params["problem"] == "no_talk_to_wait_for"


def test_the_published_programmes_pass_every_check() -> None:
    assert {edition.id for _, edition in editions.programmes()} >= {"p2026_0", "p2026_1"}


def test_a_new_step_is_one_row(tmp_path: Path) -> None:
    row = """
  - id: driving_licence
    title: {de: Führerschein, en: Driving licence}
    actor: office
    core: false
    phase: alongside
    due: {after: t0, n: 9, unit: M}
    at: talk
    chosen: true
    foerdern: {de: Auskunft, en: Information}
"""
    file = tmp_path / "mine.yaml"
    file.write_text(WHOLE.replace("\nappointment_notices:", f"{row}\nappointment_notices:"), encoding="utf-8")
    assert len(read_checked(file).steps) == 33


@pytest.mark.parametrize("text", [WHOLE + "\0", "[" * 5000], ids=["no-text", "too-deep"])
def test_a_file_that_no_reader_can_end_is_refused_like_any_broken_one(tmp_path: Path, text: str) -> None:
    told = refused(tmp_path, text)
    assert told.code == "yaml_broken"
    assert "mine.yaml" in sentence(told, "de")
    assert "mine.yaml" in sentence(told, "en")
