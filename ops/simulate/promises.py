"""Commitments as they are lived: made by both sides, kept, kept late, moved, excused or left open."""

from dataclasses import dataclass
from datetime import date

from domain.codes import Goal, Side
from domain.commands import AgreeCommitment, Item, KeepCommitment, MoveCommitment
from domain.facts import CommitmentFact
from ops.simulate.agenda import Act, Deed, Scene
from ops.simulate.meetings import Meetings
from ops.simulate.play import Play, days

DUE_IN = (21, 75)
GOALS = (Goal.LANGUAGE, Goal.SCHOOL, Goal.TRAINING, Goal.WORK, Goal.HOUSING, Goal.HEALTH, Goal.PARTICIPATION)


@dataclass
class Promises:
    """The commitments of one life."""

    play: Play
    meetings: Meetings

    def agree(self, day: date, *, own: int, office: int) -> tuple[Item, ...]:
        """What a talk agrees: the office's promises, then the person's, the first of both as a pair."""
        given = [self._promise(day, Side.OFFICE) for _ in range(office)]
        twin = given[0] if given else None
        taken = [self._promise(day, Side.PARTICIPANT, twin if n == 0 else None) for n in range(own)]
        return (*given, *taken)

    def _promise(self, day: date, side: Side, twin: AgreeCommitment | None = None) -> AgreeCommitment:
        play = self.play
        due = day + days(play.chance.between(DUE_IN))
        if twin is not None:
            due = max(due, twin.due + days(7))
        body = AgreeCommitment(
            commitment=play.new_id("commitment"),
            side=side,
            goal=twin.goal if twin else play.chance.one_of(GOALS),
            due=due,
            on=day,
            twin=twin.commitment if twin else None,
        )
        self._live_with(body)
        return body

    def _live_with(self, body: AgreeCommitment) -> None:
        play = self.play
        if body.side == Side.OFFICE:
            if play.chance.happens(play.life.office.keeps_promises):
                late = play.office_late()
                play.agenda.working_days_later(body.due, late, self.keep(body.commitment))
            return
        person, subject = play.life.person, f"commitment/{body.commitment}"
        if play.chance.happens(person.keeps_promises):
            late = play.chance.between(person.late)
            play.agenda.plan(max(body.due + days(late), body.on + days(1)), self.keep(body.commitment))
        elif play.chance.happens(person.excuses):
            play.agenda.plan(body.due + days(5), lambda scene: self.meetings.excuse(scene, subject))
            play.agenda.plan(body.due + days(16), self._put_off(body.commitment))

    def keep(self, commitment: str) -> Act:
        """The promise is kept on that day, unless it is settled or its person has fallen silent."""

        def act(scene: Scene) -> Deed | None:
            found = _open(scene, commitment)
            if found is None or (found.side == Side.PARTICIPANT and self.play.silent(scene.day)):
                return None
            return Deed(KeepCommitment(commitment=commitment, on=scene.day))

        return act

    def _put_off(self, commitment: str) -> Act:
        def act(scene: Scene) -> Deed | None:
            if _open(scene, commitment) is None or self.play.silent(scene.day):
                return None
            due = scene.day + days(self.play.chance.between((10, 30)))
            self.play.agenda.plan(due - days(1), self.keep(commitment))
            return Deed(MoveCommitment(commitment=commitment, due=due, agreed_with_participant=True))

        return act


def _open(scene: Scene, commitment: str) -> CommitmentFact | None:
    facts = scene.facts
    if facts.closed_on is not None:
        return None
    unsettled = (c for c in facts.commitments if c.kept_on is None and c.released_on is None)
    return next((c for c in unsettled if c.id == commitment), None)
