"""Two years of one life: what people mean to do, derived from the seed and from what they see."""

from datetime import date, timedelta

from domain.calendar import add_months
from domain.codes import CloseReason, ConsentOutcome, ContactKind, Goal, PauseReason, Purpose, TalkKind
from domain.commands import (
    CloseJourney,
    Item,
    Pause,
    RecordContact,
    RecordFollowUp,
    RecordStep,
    TakeConsent,
)
from ops.simulate.agenda import Act, Deed, Scene
from ops.simulate.alongside import Alongside
from ops.simulate.course import Course
from ops.simulate.desk import Desk, resume
from ops.simulate.meetings import Invitation, Meetings, Settles
from ops.simulate.play import Play, busy, days
from ops.simulate.promises import Promises

TERM_MONTHS = 24
REVIEW_MONTHS = (6, 12, 18)
HANDOVER_MONTH = 21
INVITED_BEFORE = 30
HELD_BEFORE = 18
NEXT_TALK = (15, 21)
REPORTED_BEFORE = 33
CONSENTS = (*(ConsentOutcome.GIVEN,) * 17, *(ConsentOutcome.PARTLY,) * 2, ConsentOutcome.REFUSED)
PART = (Goal.LANGUAGE, Goal.CHILDREN, Goal.ORGANISATION, Goal.WORK)
WANTS_MAIL = 75
SIGNS = (ContactKind.MESSAGE, ContactKind.MESSAGE, ContactKind.CALL, ContactKind.VISIT)
FOLLOWED_UP = 70
REASONS = (PauseReason.ILLNESS, PauseReason.ABSENCE, PauseReason.CARE)


class Story:
    """One life: `begin` plans it, `react` lets the office see what its desk shows."""

    def __init__(self, play: Play) -> None:
        """Bring the parts together."""
        self.play = play
        self.meetings = Meetings(play)
        self.promises = Promises(play, self.meetings)
        self.course = Course(play)
        self.alongside = Alongside(play)
        self.desk = Desk(play, self.promises, self.alongside)

    def begin(self) -> None:
        """Plan what does not depend on anything yet."""
        play, agenda = self.play, self.play.agenda
        if play.life.falls_silent is not None:
            play.silent_from = play.t0 + days(play.chance.between(play.life.falls_silent))
        agenda.working_days_later(play.t0, 3 + min(play.office_late(), 8), _step("first_contact"))
        first = agenda.calendar.add_working_days(play.t0, 3 + play.office_late())
        agenda.plan(first, self.alongside.call)
        self.meetings.invite(Invitation(TalkKind.FIRST, self._first_talk, attempts=4), first)
        agenda.plan(play.t0 + days(play.chance.between(play.life.person.writes)), self._write)
        self._plan_turns()
        self.alongside.begin()
        self._plan_end()

    def react(self, scene: Scene) -> None:
        """Let the office look at its desk."""
        self.desk.look(scene)

    def _first_talk(self, scene: Scene) -> tuple[Item, ...]:
        play, day = self.play, scene.day
        outcome = play.chance.one_of(CONSENTS)
        step = RecordStep(step="first_talk", on=day)
        if outcome == ConsentOutcome.REFUSED:
            return (step, TakeConsent(purpose=Purpose.CASEWORK, outcome=outcome, on=day))
        fields = PART if outcome == ConsentOutcome.PARTLY else ()
        consent = TakeConsent(purpose=Purpose.CASEWORK, outcome=outcome, on=day, fields=fields)
        wants = ConsentOutcome.GIVEN if play.chance.happens(WANTS_MAIL) else ConsentOutcome.REFUSED
        mail = TakeConsent(purpose=Purpose.EMAIL, outcome=wants, on=day)
        self._invite_next(Invitation(TalkKind.OTHER, self._profile_talk, ahead=NEXT_TALK), day)
        return (step, consent, mail, *self.course.family(day))

    def _invite_next(self, invitation: Invitation, day: date) -> None:
        """The next appointment is arranged at the end of the talk, or thought of later and written."""
        play = self.play
        late = 0 if play.chance.happens(play.life.office.does_tasks) else 2 + play.office_late()
        self.meetings.invite(invitation, play.agenda.calendar.add_working_days(day, late))

    def _call_and_invite(self, invitation: Invitation, due: date) -> None:
        """Well before a date the office calls, and offers the appointment on the same day."""
        play = self.play
        day = play.agenda.calendar.add_working_days(due - days(INVITED_BEFORE), play.office_late())
        play.agenda.plan(day, self.alongside.call)
        self.meetings.invite(invitation, day)

    def _profile_talk(self, scene: Scene) -> tuple[Item, ...]:
        day = scene.day
        self._invite_next(Invitation(TalkKind.OTHER, self._plan_talk, ahead=NEXT_TALK), day)
        self._plan_reviews(day)
        self._plan_handover()
        home = self.alongside.at_profile(scene)
        return (RecordStep(step="profile", on=day), *self.course.settle(day), *home)

    def _plan_talk(self, scene: Scene) -> tuple[Item, ...]:
        step = RecordStep(step="integration_plan", on=scene.day)
        return (step, *self.promises.agree(scene.day, own=3, office=2), *self.alongside.at_plan(scene))

    def _plan_handover(self) -> None:
        due = add_months(self.play.t0, HANDOVER_MONTH)
        self._call_and_invite(Invitation(TalkKind.HANDOVER, _nothing_more), due)

    def _plan_reviews(self, known: date) -> None:
        for number, months in enumerate(REVIEW_MONTHS, start=1):
            due = add_months(self.play.t0, months)
            if due > known + days(20):
                # Each is counted from the one before, which was held before its mark.
                earlier = due - days((number - 1) * HELD_BEFORE)
                self._call_and_invite(Invitation(TalkKind.REVIEW, self._review(number)), earlier)
        closing = add_months(self.play.t0, TERM_MONTHS) - days(len(REVIEW_MONTHS) * HELD_BEFORE)
        self._call_and_invite(Invitation(TalkKind.REVIEW, _closing_talk, if_heard_of=True), closing)

    def _review(self, number: int) -> Settles:
        def settle(scene: Scene) -> tuple[Item, ...]:
            name = f"half_year_review/{number}"
            steps = () if scene.facts.step_done(name) else (RecordStep(step=name, on=scene.day),)
            belongs = self.alongside.at_review(scene)
            return (*steps, *self.promises.agree(scene.day, own=2, office=1), *belongs)

        return settle

    def _write(self, scene: Scene) -> Deed | None:
        """A sign of life, and the next one planned; who is silent writes no more."""
        play = self.play
        if scene.facts.closed_on is not None or play.silent(scene.day):
            return None
        play.agenda.plan(scene.day + days(play.chance.between(play.life.person.writes)), self._write)
        return Deed(RecordContact(contact=play.chance.one_of(SIGNS), on=scene.day))

    def _plan_turns(self) -> None:
        play = self.play
        if play.chance.happens(play.life.pauses):
            play.agenda.plan(play.t0 + days(play.chance.between((60, 400))), self._pause)
        if play.chance.happens(play.life.moves_away):
            play.agenda.plan(
                play.t0 + days(play.chance.between((240, 600))), self._close(CloseReason.MOVED_AWAY)
            )

    def _pause(self, scene: Scene) -> Deed | None:
        play, facts = self.play, scene.facts
        if not busy(facts, scene.day) or not facts.allows(Purpose.CASEWORK):
            return None
        until = scene.day + days(play.chance.between(play.life.paused))
        self.meetings.cancel_open(facts, scene.day)
        play.agenda.plan(until, resume)
        reason = play.chance.one_of(REASONS)
        return Deed(Pause(pause=play.new_id("pause"), reason=reason, start=scene.day, until=until))

    def _plan_end(self) -> None:
        play, term = self.play, add_months(self.play.t0, TERM_MONTHS)
        late = min(play.office_late(), 25)
        play.agenda.plan(term - days(REPORTED_BEFORE) + days(late), self._report)
        play.agenda.plan(term - days(8) + timedelta(days=late), self._close(CloseReason.TERM_ENDED))

    def _report(self, scene: Scene) -> Deed | None:
        allowed = scene.facts.allows(Purpose.CASEWORK)
        return _step("final_report")(scene) if allowed else None

    def _close(self, reason: CloseReason) -> Act:
        def act(scene: Scene) -> Deed | None:
            if scene.facts.closed_on is not None:
                return None
            if self.play.chance.happens(FOLLOWED_UP):
                self.play.agenda.plan(scene.day + days(self.play.chance.between((40, 85))), _follow_up)
            return Deed(CloseJourney(reason=reason, on=scene.day), approved_by="lead")

        return act


def _closing_talk(scene: Scene) -> tuple[Item, ...]:
    """The last review talks the final report through."""
    done = scene.facts.step_done("final_report") or not scene.facts.allows(Purpose.CASEWORK)
    return () if done else (RecordStep(step="final_report", on=scene.day),)


def _nothing_more(_: Scene) -> tuple[Item, ...]:
    return ()


def _step(name: str) -> Act:
    def act(scene: Scene) -> Deed | None:
        done = scene.facts.step_done(name) or scene.facts.closed_on is not None
        return None if done else Deed(RecordStep(step=name, on=scene.day))

    return act


def _follow_up(scene: Scene) -> Deed | None:
    closed = scene.facts.closed_on is not None
    return Deed(RecordFollowUp(on=scene.day)) if closed else None
