"""Appointments as they are lived: offered, confirmed, moved, kept or missed, excused, offered again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from domain.calendar import BERLIN, at_berlin
from domain.codes import AppointmentStatus, ContactKind, ExcuseReason, Interpreter, Side, TalkKind
from domain.commands import (
    CancelAppointment,
    ConfirmAppointment,
    DecideExcuse,
    Excuse,
    Item,
    MissAppointment,
    MoveAppointment,
    OfferAppointment,
    RecordTalk,
)
from domain.facts import AppointmentFact, CaseFacts
from ops.simulate.agenda import Deed, Scene
from ops.simulate.play import Play, busy, days

OPEN = (AppointmentStatus.OFFERED, AppointmentStatus.CONFIRMED)
NOTICE_DAYS = (7, 11)
HALF_HOURS = 5
HEARD_OF = 30
TALK_TAKES = timedelta(minutes=44)
REASONS = (ExcuseReason.ILLNESS, ExcuseReason.CHILD_ILL, ExcuseReason.WORK, ExcuseReason.FAMILY)
Settles = Callable[[Scene], tuple[Item, ...]]


@dataclass(frozen=True)
class Invitation:
    """A talk that the office wants to have: what about, what it settles, how often it is tried."""

    about: TalkKind
    settles: Settles
    attempts: int = 3
    ahead: tuple[int, int] = NOTICE_DAYS
    if_heard_of: bool = False


class Meetings:
    """The appointments of one life."""

    def __init__(self, play: Play) -> None:
        """Nothing is planned yet."""
        self._play = play

    def invite(self, invitation: Invitation, day: date) -> None:
        """Offer an appointment on the next working day from `day` on."""
        self._play.agenda.plan(day, lambda scene: self._offer(scene, invitation))

    def cancel_open(self, facts: CaseFacts, day: date) -> None:
        """The person cancels what lies ahead, one call each."""
        for entry in facts.appointments:
            if entry.status in OPEN:
                self._play.agenda.plan(day, _once_open(entry.id, _cancel))

    def _offer(self, scene: Scene, invitation: Invitation) -> Deed | None:
        lost = invitation.if_heard_of and not heard_of(scene.facts, scene.day)
        if lost or not busy(scene.facts, scene.day):
            return None
        play, appointment = self._play, self._play.new_id("appointment")
        start = self._start_after(scene.day, invitation.ahead)
        self._plan_the_way(appointment, start, invitation)
        if play.chance.happens(play.life.person.confirms) and not play.silent(start.date()):
            play.agenda.plan(start.date() - days(3), _once_open(appointment, _confirm))
        elif play.chance.happens(play.life.person.moves_appointment):
            play.agenda.plan(start.date() - days(2), lambda later: self._move(later, appointment, invitation))
        body = OfferAppointment(
            appointment=appointment,
            talk=invitation.about,
            start=start,
            interpreter=self._interpreter(scene),
        )
        return Deed(body)

    def _start_after(self, day: date, ahead: tuple[int, int] = NOTICE_DAYS) -> datetime:
        play = self._play
        on = play.agenda.calendar.next_working_day(day + days(play.chance.between(ahead)))
        return at_berlin(on, time(12)) + timedelta(minutes=30 * play.chance.below(HALF_HOURS))

    def _plan_the_way(self, appointment: str, start: datetime, invitation: Invitation) -> None:
        after = start + TALK_TAKES
        at = at_berlin_time(after)
        self._play.agenda.plan(after.date(), lambda scene: self._hold(scene, appointment, invitation), at=at)

    def _interpreter(self, scene: Scene) -> Interpreter:
        if scene.facts.value("interpreter", scene.day) != "needed":
            return Interpreter.NOT_NEEDED
        found = self._play.chance.happens(self._play.life.office.keeps_promises)
        return Interpreter.CONFIRMED if found else Interpreter.FAILED

    def _move(self, scene: Scene, appointment: str, invitation: Invitation) -> Deed | None:
        if _open(scene, appointment) is None or not busy(scene.facts, scene.day):
            return None
        start = self._start_after(scene.day)
        self._plan_the_way(appointment, start, invitation)
        return Deed(MoveAppointment(appointment=appointment, start=start, by=Side.PARTICIPANT))

    def _hold(self, scene: Scene, appointment: str, invitation: Invitation) -> Deed | None:
        found = _open(scene, appointment)
        if found is None or found.start > scene.now:
            return None
        if not self._play.comes(scene.day) or scene.facts.paused(scene.day):
            self._plan_after_missing(scene, appointment, invitation)
            return None
        body = RecordTalk(
            talk=self._play.new_id("talk"),
            about=invitation.about,
            on=scene.day,
            appointment=appointment,
            settles=invitation.settles(scene),
        )
        return Deed(body)

    def _plan_after_missing(self, scene: Scene, appointment: str, invitation: Invitation) -> None:
        play, day = self._play, scene.day
        play.agenda.working_days_later(day, 1, _once_open(appointment, _miss))
        if play.chance.happens(play.life.person.excuses) and not play.silent(day):
            subject = f"appointment/{appointment}"
            play.agenda.plan(
                day + days(play.chance.between((2, 4))), lambda later: self.excuse(later, subject)
            )
        if invitation.attempts > 1 and heard_of(scene.facts, day):
            fewer = replace(invitation, attempts=invitation.attempts - 1, ahead=NOTICE_DAYS)
            again = play.agenda.calendar.add_working_days(day, 3 + play.office_late())
            self.invite(fewer, again)

    def excuse(self, scene: Scene, subject: str) -> Deed | None:
        """Give a reason for a missed date; somebody decides on it some days later."""
        facts = scene.facts
        if (
            facts.closed_on is not None
            or not facts.consents
            or any(e.subject == subject for e in facts.excuses)
        ):
            return None
        play, excuse = self._play, self._play.new_id("excuse")
        wait = 2 + min(play.office_late(), 10)
        play.agenda.working_days_later(scene.day, wait, lambda later: self._judge(later, excuse))
        reason = play.chance.one_of(REASONS)
        return Deed(Excuse(excuse=excuse, subject=subject, reason=reason, on=scene.day))

    def _judge(self, scene: Scene, excuse: str) -> Deed | None:
        known = any(e.id == excuse and e.decided_on is None for e in scene.facts.excuses)
        if not known or scene.facts.closed_on is not None:
            return None
        accepted = self._play.chance.happens(85)
        return Deed(DecideExcuse(excuse=excuse, accepted=accepted, on=scene.day))


def heard_of(facts: CaseFacts, day: date) -> bool:
    """True if the person gave a sign of life in the last weeks: who is silent is looked for, not invited again."""
    signs = [c.on for c in facts.contacts if c.kind != ContactKind.ATTEMPT]
    return any(on >= day - days(HEARD_OF) for on in (facts.t0, *signs, *(talk.on for talk in facts.talks)))


def at_berlin_time(instant: datetime) -> time:
    """The time on the clock in Berlin."""
    return instant.astimezone(BERLIN).time()


def _open(scene: Scene, appointment: str) -> AppointmentFact | None:
    entries = (a for a in scene.facts.appointments if a.id == appointment and a.status in OPEN)
    return None if scene.facts.closed_on is not None else next(entries, None)


def _once_open(
    appointment: str, deed: Callable[[Scene, AppointmentFact], Deed | None]
) -> Callable[[Scene], Deed | None]:
    def act(scene: Scene) -> Deed | None:
        found = _open(scene, appointment)
        return None if found is None else deed(scene, found)

    return act


def _confirm(_: Scene, found: AppointmentFact) -> Deed | None:
    return (
        Deed(ConfirmAppointment(appointment=found.id)) if found.status == AppointmentStatus.OFFERED else None
    )


def _cancel(scene: Scene, found: AppointmentFact) -> Deed | None:
    if found.start <= scene.now:
        return None
    return Deed(CancelAppointment(appointment=found.id, by=Side.PARTICIPANT))


def _miss(scene: Scene, found: AppointmentFact) -> Deed | None:
    return Deed(MissAppointment(appointment=found.id, on=scene.day)) if found.start < scene.now else None
