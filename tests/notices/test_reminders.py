"""Every stage of the book that reminds a person has its text, and the text finds all that it names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest

from domain.codes import Addressee, Outcome
from domain.decisions import Decision
from domain.facts import CaseFacts, SpokenFact
from notices import texts
from notices.joining import Joined, Office, values_for
from notices.texts.library import frame
from notices.texts.wording import forbidden_words
from rules.book import book
from rules.judge import decide
from rules.literals import person, value
from rules.shape import Rule
from store.editions import calendar

CALENDAR = calendar()[0]
LANGUAGES = ("de", "en")
REMINDS = (Outcome.REMIND, Addressee.PARTICIPANT)


@dataclass
class Asked:
    """A notice as its row has it."""

    text: str
    matter: str
    rule: str | None
    refers_to: date | None = None


def reminding(rules: Sequence[Rule]) -> list[str]:
    """The stages that remind a person, as text codes."""
    return [
        f"{rule.id.lower().replace('-', '_')}_{stage.no}"
        for rule in rules
        for stage in rule.stages
        if REMINDS in stage.outcomes
    ]


def without_a_text(rules: Sequence[Rule]) -> list[tuple[str, str]]:
    """The stages that remind a person and have no text in a language."""
    return [(code, lang) for code in reminding(rules) for lang in LANGUAGES if not texts.checked(code, lang)]


def reminders() -> Iterator[tuple[str, Decision, CaseFacts, date]]:
    """Every reminder of every literal case, with the facts as they stand once it is made."""
    for rule in book().rules:
        for case in rule.cases:
            if "journey" in case.facts:
                facts = CaseFacts.model_validate(case.facts)
                for made in decide(facts, case.on, calendar=CALENDAR, book=book()).decisions:
                    if (made.rule, made.outcome) == (rule.id, Outcome.REMIND):
                        yield f"{rule.id} {case.name}", made, _told(facts, made, case.on), case.on


def _told(facts: CaseFacts, made: Decision, on: date) -> CaseFacts:
    spoken = SpokenFact(rule=made.rule, subject=made.subject, episode=made.episode, stage=made.stage, on=on)
    return facts.model_copy(update={"spoken": (*facts.spoken, spoken)})


def read(asked: Asked, facts: CaseFacts, on: date, language: str = "de") -> str:
    """The notice as the person reads it."""
    joined = Joined(Office("Musterkreis"), contact="Sabine Maier", name="N", facts=facts, written_on=on)
    return texts.render(asked.text, language, values_for(asked, joined)).text


def told(rule: str, matter: str, episode: str, *, on: date, **recorded: object) -> str:
    """What the person reads of a rule that spoke on a day about a matter."""
    spoken = [{"rule": rule, "subject": matter, "episode": episode, "stage": 1, "on": on.isoformat()}]
    facts = CaseFacts.model_validate(person(spoken=spoken, **recorded))
    return read(Asked(f"{rule.lower().replace('-', '_')}_1", matter, rule), facts, on)


def test_every_stage_that_reminds_has_a_text_in_german_and_english() -> None:
    assert without_a_text(book().rules) == []


def test_a_reminding_stage_without_a_text_is_found() -> None:
    known = book().rule("MIT-02")
    nobodys = replace(known, id="MIT-99")
    one_more = replace(known, stages=(*known.stages, replace(known.stages[0], no=4)))
    assert without_a_text([nobodys]) == [("mit_99_1", "de"), ("mit_99_1", "en")]
    assert without_a_text([one_more]) == [("mit_02_4", "de"), ("mit_02_4", "en")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_reminder_of_each_case_is_complete_names_its_matter_and_threatens_nothing(language: str) -> None:
    seen = set()
    for name, made, facts, on in reminders():
        code = f"{made.rule.lower().replace('-', '_')}_{made.stage}"
        text = read(Asked(code, made.subject, made.rule), facts, on, language)
        assert frame(language).other not in text, name
        assert forbidden_words(text, language) == (), name
        assert "{" not in text, name
        seen.add(code)
    assert seen == set(reminding(book().rules))


def test_the_claim_is_named_with_the_day_one_year_after_the_permit() -> None:
    text = told("FOE-06", "claim", "2027-01-11", on=date(2027, 10, 11))
    assert "bis Dienstag, 11. Januar 2028" in text
    assert "Ihre Teilnahme an einem Integrationskurs" in text


@pytest.mark.parametrize(
    ("rule", "matter"),
    [("FOE-07", "entitlement_end"), ("FOE-11", "work_course"), ("MIT-12", "letter/2")],
)
def test_an_end_is_named_as_long_as_it_is_to_come_and_its_own_day_included(rule: str, matter: str) -> None:
    assert "bis Freitag, 30. April 2027" in told(rule, matter, "2027-04-30", on=date(2027, 4, 1))
    assert "bis Freitag, 30. April 2027" in told(rule, matter, "2027-04-30", on=date(2027, 4, 30))
    after = told(rule, matter, "2027-04-30", on=date(2027, 5, 1))
    assert "so bald wie möglich" in after
    assert "April" not in after


def test_an_end_that_moved_is_named_as_it_was_last_spoken_of() -> None:
    spoken = [
        {"rule": "FOE-07", "subject": "entitlement_end", "episode": day, "stage": 1, "on": on}
        for day, on in (
            ("2027-09-30", "2027-07-02"),
            ("2027-08-31", "2027-07-05"),
            ("2027-12-31", "2027-07-01"),
        )
    ]
    facts = CaseFacts.model_validate(person(spoken=spoken))
    text = read(Asked("foe_07_1", "entitlement_end", "FOE-07"), facts, date(2027, 7, 5))
    assert "bis Dienstag, 31. August 2027" in text


@pytest.mark.parametrize(
    ("recorded", "words"),
    [
        ({}, "die Anmeldung zum Integrationskurs"),
        ({"values": [value(1, "course_registered", "yes", "2027-02-01")]}, "für den Sie angemeldet sind"),
        ({"steps": [{"step": "course_registration", "on": "2027-02-01"}]}, "für den Sie angemeldet sind"),
        (
            {
                "values": [
                    value(1, "course_registered", "yes", "2027-02-01"),
                    value(2, "course_started", "yes", "2027-03-01"),
                ]
            },
            "die Fortsetzung Ihres Integrationskurses",
        ),
        (
            {
                "values": [
                    value(1, "course_registered", "yes", "2027-02-01"),
                    value(2, "course_started", "yes", "2027-06-01"),
                ]
            },
            "für den Sie angemeldet sind",
        ),
    ],
)
def test_what_keeps_an_entitlement_alive_is_named(recorded: dict[str, object], words: str) -> None:
    assert words in told("FOE-07", "entitlement_end", "2027-09-30", on=date(2027, 5, 1), **recorded)


@pytest.mark.parametrize(
    ("matter", "words"),
    [("cost_exemption", "die Befreiung von den Kurskosten"), ("travel_grant", "die Fahrtkosten zum Kurs")],
)
def test_the_open_application_is_named_with_the_day_before_which_it_is_made(matter: str, words: str) -> None:
    text = told("FOE-09", matter, "2027-04-12", on=date(2027, 3, 29))
    assert words in text
    assert "am Montag, 12. April 2027 beginnt" in text
    assert "bis Sonntag, 11. April 2027" in text
    assert "so bald wie möglich" in told("FOE-09", matter, "2027-04-12", on=date(2027, 4, 12))


def test_the_day_of_the_exam_is_named() -> None:
    assert "am Freitag, 9. April 2027 war" in told("MIT-07", "exam", "2027-04-09", on=date(2027, 4, 16))


def test_absences_and_illness_are_asked_about_without_a_day() -> None:
    for rule, matter in (("MIT-03", "absences/2027_03_01"), ("MIT-04", "spell/2027_03_01")):
        text = told(rule, matter, "2027-03-01", on=date(2027, 3, 9))
        assert "am besten in den nächsten Tagen" in text
        assert "2027" not in text
