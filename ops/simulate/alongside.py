"""What accompanies the two years: the home, civic contacts, the end of the term, a call in the quarter.

Noted where consent reaches; what an office misses it misses by chance, and the rules speak of it as everywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.calendar import add_months
from domain.codes import FACT_CODES, ConsentOutcome, ContactKind, Purpose
from domain.commands import Item, RecordContact, RecordFact
from domain.facts import CaseFacts
from ops.simulate.agenda import Act, Deed, Scene
from ops.simulate.play import Play, busy, days

HOMES = ("follow_up", "follow_up", "follow_up", "own", "other")
DECIDED_BY_MONTH = 19
QUARTERS = (3, 9, 15)
REACHED = 85


@dataclass
class Alongside:
    """The side of one life that no single step of the programme holds."""

    play: Play

    def begin(self) -> None:
        """Plan what the office does of itself: a call in a quarter without a review, and the decision."""
        play = self.play
        for months in QUARTERS:
            on = add_months(play.t0, months) - days(10) + days(play.office_late())
            play.agenda.plan(on, self.call)
        if play.chance.happens(play.life.office.keeps_promises):
            decided = add_months(play.t0, DECIDED_BY_MONTH) + days(play.office_late())
            play.agenda.plan(decided, self.decide_the_end)

    def at_profile(self, scene: Scene) -> tuple[Item, ...]:
        """Where the person lives."""
        return _within(scene, "housing", self.play.chance.one_of(HOMES))

    def at_plan(self, scene: Scene) -> tuple[Item, ...]:
        """The way out of follow-up housing."""
        thought_of = self.play.chance.happens(self.play.life.office.does_tasks)
        return tuple(self._about_home(scene)) if thought_of else ()

    def at_review(self, scene: Scene) -> tuple[Item, ...]:
        """One talk settles what belongs to it: an offer of a civic contact, the home, at last the end of the term."""
        if not self.play.chance.happens(self.play.life.office.does_tasks):
            return ()
        offer = _within(scene, "civic_offer", "offered")
        return (*offer, *self._about_home(scene), *self._about_the_end(scene))

    def work_on(self, rule: str | None) -> Act | None:
        """What the task of a rule asks for, beside ticking it off."""
        match rule:
            case "FOE-15":
                return self.decide_the_end
            case "FOE-19":
                return _noting("civic_offer", "offered")
            case "FOE-21":
                return _noting("housing_talk", "offered")
            case _:
                return None

    def decide_the_end(self, scene: Scene) -> Deed | None:
        """The decision whether the term is extended; in these lives it ends."""
        return Deed(_ends(scene)) if _undecided(scene) and busy(scene.facts, scene.day) else None

    def _about_home(self, scene: Scene) -> Iterator[Item]:
        facts, day = scene.facts, scene.day
        if facts.value("housing", day) == "follow_up" and facts.value("housing_talk", day) is None:
            yield from _within(scene, "housing_talk", "held")

    def _about_the_end(self, scene: Scene) -> Iterator[Item]:
        if scene.day >= add_months(self.play.t0, 17) and _undecided(scene):
            yield _ends(scene)

    def call(self, scene: Scene) -> Deed | None:
        """Ring up: reached, unless the person has fallen silent or does not pick up this time."""
        if not busy(scene.facts, scene.day):
            return None
        reached = not self.play.silent(scene.day) and self.play.chance.happens(REACHED)
        kind = ContactKind.CALL if reached else ContactKind.ATTEMPT
        return Deed(RecordContact(contact=kind, on=scene.day))


def _noting(code: str, value: str) -> Act:
    def act(scene: Scene) -> Deed | None:
        noted = _within(scene, code, value) if busy(scene.facts, scene.day) else ()
        return Deed(noted[0]) if noted else None

    return act


def _within(scene: Scene, code: str, value: str) -> tuple[RecordFact, ...]:
    """The fact, where consent covers its field of life."""
    return (_fact(code, value, scene.day),) if _covered(scene.facts, code) else ()


def _covered(facts: CaseFacts, code: str) -> bool:
    answer = facts.consent(Purpose.CASEWORK)
    if answer is None or not facts.allows(Purpose.CASEWORK):
        return False
    return answer.outcome == ConsentOutcome.GIVEN or FACT_CODES[code].field in answer.fields


def _undecided(scene: Scene) -> bool:
    return _covered(scene.facts, "term_decision") and not scene.facts.value(
        "term_decision", scene.day, _term(scene)
    )


def _ends(scene: Scene) -> RecordFact:
    return RecordFact(
        code="term_decision", value="ends", valid_from=scene.day, source="office", about=_term(scene)
    )


def _term(scene: Scene) -> str:
    return f"term/{scene.facts.term_months}"


def _fact(code: str, value: str, day: date) -> RecordFact:
    return RecordFact(code=code, value=value, valid_from=day, source="office")
