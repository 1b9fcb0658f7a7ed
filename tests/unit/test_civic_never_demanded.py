"""Civic engagement is offered and never demanded: every path on which something could be asked is walked."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from activities import day as living
from activities.draft import Draft, Editions
from domain.codes import Addressee, Goal, Outcome, Side
from domain.directory import CIVIC_KINDS
from domain.facts import CaseFacts, CommitmentFact
from domain.programme import Programme
from rules.book import book
from rules.shape import Condition, Rule
from store import editions
from tests.house.sources import Source, of_rooms, uses
from tests.oracle import fordern
from tests.support.facts import BOOK, CALENDAR, OWN_STEP, facts, own_step, person, value
from tests.support.lived import live
from web.promises import promises

CIVIC = ("civic", "offer_made", "volunt", "ehrenamt", "club", "tandem")
REF = f"commitment/{OWN_STEP}"
AGREED, DUE, YEARS = date(2027, 1, 20), date(2027, 3, 1), 800
AT_PEACE: dict[str, Any] = {
    "talks": [{"id": "tlk_" + "1" * 32, "talk": "first_talk", "on": "2027-01-14"}],
    "steps": [{"step": "integration_plan", "on": "2027-02-01"}],
}
LONG_OFFERED = [
    {"id": "ofr_" + str(n) * 32, "kind": kind, "offered_on": "2027-02-01"}
    for n, kind in enumerate(sorted(CIVIC_KINDS))
]
PROGRAMMES = [programme.id for programme, _ in editions.programmes()]


def names_of(rule: Rule) -> Iterator[str]:
    """The subject and every field that a rule looks at."""
    yield rule.subject
    conditions: list[Condition] = [*rule.cause, *rule.quiet]
    for stage in rule.stages:
        yield stage.field
        conditions += stage.quiet
    yield from (condition.field for condition in conditions)


def about_civic_life(rule: Rule) -> bool:
    return any(word in name for name in names_of(rule) for word in CIVIC)


def test_no_rule_that_asks_the_person_looks_at_civic_life() -> None:
    asking = [rule.id for rule in book().rules if rule.side == "fordern" and about_civic_life(rule)]

    assert asking == []


def test_the_rules_that_do_ask_the_office_alone_to_offer_it() -> None:
    found = [rule for rule in book().rules if about_civic_life(rule)]

    assert [rule.id for rule in found] == ["FOE-19"]
    outcomes = {outcome for rule in found for stage in rule.stages for outcome in stage.outcomes}
    assert outcomes == {(Outcome.TASK, Addressee.CASE_WORKER)}
    assert {"demand_civic_engagement", "count_a_refusal"} <= set(found[0].never)
    assert "demand_civic_engagement" in book().rule("MIT-08").never


def readers_of_offers(sources: Iterable[Source]) -> list[str]:
    """Places that read what was offered to a person from the directory."""
    return [f"{one.path}:{line}" for one in sources for line, name in uses(one) if name.endswith(".offers")]


def test_nothing_that_judges_plans_or_sends_reads_what_was_offered() -> None:
    assert readers_of_offers(of_rooms("rules", "activities", "notices", "workflows")) == []


def test_a_rule_or_a_reader_that_did_so_would_be_found() -> None:
    assert about_civic_life(replace(book().rule("MIT-08"), subject="civic"))
    assert not about_civic_life(book().rule("MIT-08"))
    assert readers_of_offers([Source("rules/bad.py", "def f(facts): return len(facts.offers)")])


def civic_steps(programme: Programme) -> list[Any]:
    return [step for step in programme.steps if step.voluntary or any(w in step.id for w in CIVIC)]


@pytest.mark.parametrize("programme_id", PROGRAMMES)
def test_no_step_of_a_programme_asks_the_person_for_civic_engagement(programme_id: str) -> None:
    programme = editions.programme(programme_id)[0]
    sides = {rule.id: rule.side for rule in book().rules}

    for step in civic_steps(programme):
        assert step.voluntary, step.id
        assert step.actor == "office", step.id
        assert not [notice for notice in step.notices if notice.to == Addressee.PARTICIPANT], step.id
        assert step.fordern is None, step.id
        assert {sides[rule] for rule in step.rules} <= {"foerdern"}, step.id


def test_the_newest_programme_offers_it() -> None:
    assert civic_steps(editions.newest_programme()[0])


def promised(goal: Goal) -> CaseFacts:
    """A person who meant to do something by 1 March 2027 and never did; nothing else is open."""
    return facts(**AT_PEACE, commitments=[own_step(goal=str(goal))], offers=LONG_OFFERED)


def said_by_rules(known: CaseFacts) -> list[tuple[str, str, str]]:
    """Whatever any rule says about the promise in eight hundred days."""
    return [
        (made.rule, str(made.outcome), str(made.addressee))
        for day in live(known, DUE, DUE + timedelta(days=YEARS))
        for made in day.ruling.decisions
        if OWN_STEP in made.subject
    ]


def planned(known: CaseFacts, programme_id: str) -> list[str]:
    """Whatever the journey itself plans, opens or raises about the promise, each day acted on."""
    made_by = Editions(editions.programme(programme_id)[0], CALENDAR, BOOK)
    found: list[str] = []
    for number in range(YEARS):
        on = AGREED + timedelta(days=number)
        now = datetime(on.year, on.month, on.day, 9, 0, tzinfo=UTC)
        draft = Draft(known, 1, now, on, made_by)
        living.live(draft, (), None, acting=True)
        known = draft.facts
        found += [event.body.type for event in draft.events if OWN_STEP in event.body.model_dump_json()]
    return found


def test_no_rule_speaks_of_a_civic_promise_however_long_it_is_overdue() -> None:
    assert said_by_rules(promised(Goal.PARTICIPATION)) == []


def test_the_same_promise_about_the_language_is_asked_about() -> None:
    """The control: the walk above can find something."""
    said = said_by_rules(promised(Goal.LANGUAGE))

    assert ("MIT-08", "remind", "participant") in said
    assert {rule for rule, _, _ in said} == {"MIT-08"}


@pytest.mark.parametrize("programme_id", PROGRAMMES)
def test_no_notice_task_or_escalation_is_about_a_civic_promise(programme_id: str) -> None:
    known = promised(Goal.PARTICIPATION).model_copy(update={"programme": programme_id})

    assert planned(known, programme_id) == []


def test_the_same_promise_about_the_language_brings_notices() -> None:
    assert {"notice_planned", "decision_made"} <= set(planned(promised(Goal.LANGUAGE), PROGRAMMES[0]))


def test_no_answer_to_an_offer_and_no_refusal_make_any_rule_speak_to_the_person() -> None:
    """Refused twice, open for years: everything the rules say is what they say to somebody who was never asked."""
    refused = [value(n, "civic_offer", "declined", f"2027-0{n}-10") for n in (2, 3)]
    offers = [{**offer, "outcome": "declined", "settled_on": "2027-03-10"} for offer in LONG_OFFERED] + [
        {**offer, "offered_on": "2027-04-01"} for offer in LONG_OFFERED
    ]
    until = DUE + timedelta(days=YEARS)

    def to_the_person(known: CaseFacts) -> list[tuple[date, str, str]]:
        return [
            (day.on, made.rule, made.subject)
            for day in live(known, DUE, until)
            for made in day.ruling.decisions
            if made.rule != "FOE-19"
        ]

    never_asked = facts(**AT_PEACE)
    asked = facts(**AT_PEACE, values=refused, offers=offers)
    assert to_the_person(asked) == to_the_person(never_asked)


def test_the_independent_model_knows_no_ladder_for_a_civic_promise() -> None:
    for goal, expected in ((Goal.PARTICIPATION, []), (Goal.LANGUAGE, ["MIT-08"])):
        raw = person(**AT_PEACE, commitments=[own_step(goal=str(goal))])
        found = [one.rule for one in fordern.ladders(raw, DUE + timedelta(days=30)) if one.subject == REF]
        assert found == expected


def test_what_is_voluntary_is_never_shown_as_late() -> None:
    on = DUE + timedelta(days=YEARS)

    (civic,) = promises(promised(Goal.PARTICIPATION), on)[Side.PARTICIPANT]
    (language,) = promises(promised(Goal.LANGUAGE), on)[Side.PARTICIPANT]

    assert (civic.state, civic.days_late) == ("open", 0)
    assert (language.state, language.days_late) == ("late", YEARS)


def test_only_the_participants_own_civic_promise_is_voluntary() -> None:
    """The office's promise to make a contact is owed like any other."""
    office = CommitmentFact.model_validate(own_step(side="office", goal="participation"))
    own = CommitmentFact.model_validate(own_step(goal="participation"))

    assert (own.voluntary, office.voluntary) == (True, False)
