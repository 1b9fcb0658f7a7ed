"""The way to the German course: entitlement, explanation, place, childcare, registration, attendance."""

from dataclasses import dataclass
from datetime import date

from domain.codes import Purpose
from domain.commands import Item, RecordFact, RecordStep
from ops.simulate.agenda import Act, Deed, Scene
from ops.simulate.play import Play, busy, days

ENTITLED = ("duty", "duty", "duty", "claim", "claim", "admission", "none")
PLACE_AT_ONCE = 75
CHILDREN = 35
UNDER_THREE = 8


@dataclass
class Course:
    """The course of one life."""

    play: Play

    def family(self, day: date) -> tuple[Item, ...]:
        """What the first talk learns about children, where consent covers it."""
        chance = self.play.chance
        if not chance.happens(CHILDREN):
            return (_fact("childcare", "not_needed", day),)
        until = RecordFact(
            code="child_under_three_until", value=str(day + days(200)), valid_from=day, source="person"
        )
        small: tuple[Item, ...] = (
            (until, _fact("parents_wish", "yes", day)) if chance.happens(UNDER_THREE) else ()
        )
        found_in = chance.between((25, 90)) + self.play.office_late()
        self.play.agenda.plan(day + days(found_in), self.record("childcare", "covered"))
        return (_fact("childcare", "open", day), *small)

    def settle(self, day: date) -> tuple[Item, ...]:
        """What the profile talk settles: the entitlement, explained; often a place; then the person's turn."""
        entitlement = self.play.chance.one_of(ENTITLED)
        items = [_fact("course_entitlement", entitlement, day), _fact("entitlement_explained", "yes", day)]
        items_and_step: tuple[Item, ...] = (*items, RecordStep(step="course_entitlement", on=day))
        if entitlement == "none":
            return items_and_step
        if self.play.chance.happens(PLACE_AT_ONCE):
            self._register_from(day)
            return (*items_and_step, _fact("course_place", "exists", day))
        found = day + days(self.play.chance.between((20, 60)) + self.play.office_late())
        self.play.agenda.plan(found, self.record("course_place", "exists"))
        self._register_from(found)
        return (*items_and_step, _fact("course_place", "none", day))

    def _register_from(self, day: date) -> None:
        play = self.play
        registered = day + days(play.chance.between(play.life.person.registers))
        started = registered + days(play.chance.between((20, 50)))
        ended = started + days(play.chance.between((180, 320)))
        plans = (("course_registered", registered), ("course_started", started), ("course_ended", ended))
        for code, on in plans:
            play.agenda.plan(on, self.record(code, "yes", by_person=True))

    def record(self, code: str, value: str, *, by_person: bool = False) -> Act:
        """Note a fact on that day; what the person has to do does not happen once they are silent."""

        def act(scene: Scene) -> Deed | None:
            facts, day = scene.facts, scene.day
            stopped = by_person and (self.play.silent(day) or not _led_here(scene, code))
            if stopped or not busy(facts, day) or not facts.allows(Purpose.CASEWORK):
                return None
            return Deed(_fact(code, value, day))

        return act


def _led_here(scene: Scene, code: str) -> bool:
    """A course starts only for who registered, and ends only where it started."""
    before = {"course_started": "course_registered", "course_ended": "course_started"}.get(code)
    return before is None or scene.facts.value(before, scene.day) == "yes"


def _fact(code: str, value: str, day: date) -> RecordFact:
    return RecordFact(code=code, value=value, valid_from=day)
