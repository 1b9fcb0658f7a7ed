"""How an office reacts to what its desk shows: tasks get done, escalations get an answer, or do not."""

from dataclasses import dataclass, field
from datetime import date

from domain.codes import Answer, ContactKind, PauseReason, Side
from domain.commands import AnswerEscalation, AssignCaseWorker, CompleteTask, Pause, RecordContact, Resume
from domain.facts import MatterFact, TaskFact
from ops.simulate.agenda import Act, Deed, Scene
from ops.simulate.alongside import REACHED, Alongside
from ops.simulate.play import Play, busy, days
from ops.simulate.promises import Promises

LEVEL_ROLES = {1: "lead", 2: "head"}
ANSWERS = (*(Answer.TAKE_OVER,) * 12, *(Answer.RETURN,) * 4, Answer.EXTEND, Answer.EXCUSE, Answer.CLOSE)
PASSES_UP = 6
ANSWER_IN = (2, 8)
SILENT_FOR = (10, 25)
LOOK_AGAIN = 30
OUT_OF_REACH = (40, 60)


@dataclass
class Desk:
    """The office's side of one life: it looks when something is foreseen, and at least once a month."""

    play: Play
    promises: Promises
    alongside: Alongside
    _seen: set[tuple[str, int]] = field(default_factory=set)
    _next_look: date | None = None

    def look(self, scene: Scene) -> None:
        """Notice what is new, and plan when to look again."""
        if scene.facts.closed_on is not None:
            return
        for task in scene.facts.tasks:
            if task.closed_on is None and self._is_new(task.id, 0):
                self._take_up(task, scene)
        for matter in scene.facts.matters:
            if matter.closed_on is None and self._is_new(matter.id, matter.level):
                self._think_about(matter, scene)
        self._plan_look(scene)

    def _is_new(self, id_: str, level: int) -> bool:
        new = (id_, level) not in self._seen
        self._seen.add((id_, level))
        return new

    def _plan_look(self, scene: Scene) -> None:
        foreseen = [u.on for u in scene.view.upcoming if u.what in ("task", "escalation")]
        later = (on for on in foreseen if on > scene.day)
        wanted = min(later, default=scene.day + days(LOOK_AGAIN))
        if self._next_look is None or not scene.day < self._next_look <= wanted:
            self._next_look = wanted
            self.play.agenda.plan(wanted, lambda _: None)

    def _take_up(self, task: TaskFact, scene: Scene) -> None:
        play = self.play
        if not play.chance.happens(play.life.office.does_tasks):
            return
        for act in self._work_on(task, scene):
            play.agenda.working_days_later(scene.day, 1 + min(play.office_late(), 12), act)
        play.agenda.working_days_later(scene.day, 2 + min(play.office_late(), 15), _complete(task.id))

    def _work_on(self, task: TaskFact, scene: Scene) -> list[Act]:
        """What a task asks for, beside ticking it off."""
        kind, _, ref = task.subject.partition("/")
        office_owes = any(c.id == ref and c.side == Side.OFFICE for c in scene.facts.commitments)
        if kind == "commitment" and office_owes:
            return [self.promises.keep(ref)]
        if task.rule == "FOE-01":
            return [self._name_stand_in]
        if task.rule == "MIT-10" and task.what == "propose_pause":
            return [self._pause_for_absence]
        if task.rule == "MIT-10":
            return [self._inquire]
        along = self.alongside.work_on(task.rule)
        return [along] if along else []

    def _inquire(self, scene: Scene) -> Deed | None:
        """Ask for the person by telephone; who is only late picks up now and then."""
        if scene.facts.closed_on is not None:
            return None
        reached = not self.play.silent(scene.day) and self.play.chance.happens(REACHED)
        kind = ContactKind.CALL if reached else ContactKind.ATTEMPT
        return Deed(RecordContact(contact=kind, on=scene.day))

    def _name_stand_in(self, scene: Scene) -> Deed | None:
        facts, other = scene.facts, self.play.stand_in
        if facts.closed_on is not None or facts.case_worker is None or other == facts.case_worker:
            return None
        return Deed(AssignCaseWorker(case_worker=facts.case_worker, substitute=other), "lead")

    def _pause_for_absence(self, scene: Scene) -> Deed | None:
        if not busy(scene.facts, scene.day):
            return None
        play = self.play
        until = scene.day + days(play.chance.between(OUT_OF_REACH))
        play.agenda.plan(until, resume)
        reason = PauseReason.CONTACT_LOST
        return Deed(Pause(pause=play.new_id("pause"), reason=reason, start=scene.day, until=until))

    def _think_about(self, matter: MatterFact, scene: Scene) -> None:
        play = self.play
        if play.chance.happens(play.life.office.answers):
            wait = play.chance.between(ANSWER_IN)
            play.agenda.working_days_later(scene.day, wait, self._answer(matter.id, matter.level))

    def _answer(self, escalation: str, level: int) -> Act:
        def act(scene: Scene) -> Deed | None:
            open_ = (m for m in scene.facts.matters if m.id == escalation and m.closed_on is None)
            found = next(open_, None)
            if found is None or found.level != level or scene.facts.closed_on is not None:
                return None
            return self._answered(found, scene.day)

        return act

    def _answered(self, matter: MatterFact, day: date) -> Deed:
        play = self.play
        passes = matter.level == 1 and play.chance.happens(PASSES_UP)
        answer = Answer.PASS_UP if passes else play.chance.one_of(ANSWERS)
        until = None
        if answer in (Answer.TAKE_OVER, Answer.RETURN, Answer.EXTEND):
            until = day + days(play.chance.between(SILENT_FOR))
            play.agenda.plan(until, lambda _: None)
        body = AnswerEscalation(escalation=matter.id, answer=answer, on=day, until=until)
        return Deed(body, LEVEL_ROLES[matter.level])


def resume(scene: Scene) -> Deed | None:
    """A named person ends the pause: this day counts again."""
    running = any(p.ended_on is None and p.start < scene.day for p in scene.facts.pauses)
    return Deed(Resume(on=scene.day)) if running and scene.facts.closed_on is None else None


def _complete(task: str) -> Act:
    def act(scene: Scene) -> Deed | None:
        open_ = any(t.id == task and t.closed_on is None for t in scene.facts.tasks)
        done = open_ and scene.facts.closed_on is None
        return Deed(CompleteTask(task=task, on=scene.day)) if done else None

    return act
