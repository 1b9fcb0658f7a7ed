"""What leaves the house, and when: the only module that plans a notice, and it asks the gate each time."""

from datetime import date, datetime

from activities import hands, unanswered
from activities.asks import Ask, service_asks, wake_on
from activities.draft import Draft
from activities.matters import open_task
from domain.calendar import Calendar, berlin_day
from domain.codes import OPEN_APPOINTMENT, WAITING_NOTICE, Addressee, Channel, Purpose
from domain.events import NoticeLapsed, NoticePlanned
from domain.facts import AppointmentFact, CaseFacts, NoticeFact
from domain.gate import Ask as Gated
from domain.gate import Candidate, budget, gate, of_text
from domain.ids import derived_id
from domain.programme import ProgrammeStep, settled
from notices.texts import checked
from rules.shape import ask_of, is_help

GERMAN = "de"
BLOCKED = "address_blocked"


def plan_notices(draft: Draft, demands: list[Ask]) -> None:
    """Plan everything that the day wants to say and the gate lets through, within the budget."""
    known = {notice.id for notice in draft.facts.notices}
    service = [ask for ask in service_asks(draft) if ask.on <= draft.day <= ask.last]
    for ask in service:
        if ask.to != Addressee.PARTICIPANT and not _under_way(draft, ask):
            open_task(draft, "step_due", ask.subject, (str(ask.refers_to),), addressee=ask.to)
    wanted = {
        derived_id("notice", draft.facts.journey, ask.key): ask
        for ask in (*service, *demands)
        if ask.to == Addressee.PARTICIPANT and _may_ask(draft, ask)
    }
    fresh = {key: ask for key, ask in wanted.items() if key not in known}
    if unanswered.enough(draft):
        for ask in [ask for ask in fresh.values() if not unanswered.still_leaves(ask)]:
            unanswered.ask_in_person(draft, ask)
        fresh = {key: ask for key, ask in fresh.items() if unanswered.still_leaves(ask)}
    wishes = [
        Candidate(key, ask.rank, ask.subject, ask.decision.rule if ask.decision else "")
        for key, ask in fresh.items()
    ]
    first_day = berlin_day(_first_moment(draft))
    grants = budget(draft.facts.notices, first_day, wishes, allowed=draft.calendar.is_sending_day)
    for grant in grants:
        _plan_one(draft, grant.key, fresh[grant.key], grant.on)


def _under_way(draft: Draft, ask: Ask) -> bool:
    """True while the talk of a step stands as an appointment, or its rule has opened the task for the same thing.

    Each day until the date asks anew: a talk that falls through opens the task after all.
    """
    step = draft.editions.programme.step(ask.subject.partition("/")[2])
    if step is None:
        return False
    if any(_serves(step, ask, a) for a in draft.facts.appointments if a.status in OPEN_APPOINTMENT):
        return True
    rule = step.rules[0] if step.rules else None
    return any(t.rule == rule and t.closed_on is None for t in draft.facts.tasks if rule is not None)


def _serves(step: ProgrammeStep, ask: Ask, offer: AppointmentFact) -> bool:
    """The step's own talk, whenever it is; for a step without one, any talk before its date."""
    if step.talk is not None:
        return offer.talk == step.talk
    return ask.refers_to is not None and berlin_day(offer.start) <= ask.refers_to


def _may_ask(draft: Draft, ask: Ask) -> bool:
    rule, stage = (ask.decision.rule, ask.decision.stage) if ask.decision else (None, 0)
    asks = _asking(draft, rule, stage, text=ask.text, subject=ask.subject)
    return gate(draft.facts, asks, ask.subject, draft.day).open


def _asking(draft: Draft, rule_id: str | None, stage: int, *, text: str, subject: str) -> Gated:
    """Who asks, as the gate sees it: the rule behind a notice, else its text."""
    if rule_id is None:
        kind, _, ref = subject.partition("/")
        step = draft.editions.programme.step(ref) if kind == "step" else None
        return of_text(text, subject, step.twins if step else ())
    rule = draft.editions.book.rule(rule_id, draft.day)
    return ask_of(rule, help=is_help(rule, rule.stages[stage - 1]))


def _first_moment(draft: Draft) -> datetime:
    return draft.calendar.next_sending(draft.now)


def _plan_one(draft: Draft, notice: str, ask: Ask, on: date | None) -> None:
    too_late = on is not None and ask.refers_to is not None and on >= ask.refers_to and ask.decision is None
    if too_late and hands.said_before(draft.facts, ask.subject, ask.refers_to):
        return  # A reminder that finds no day any more: the date itself has been said.
    if on is None or too_late:
        # The fifth message of a matter, or one that would come after its date, is a person's work.
        hands.speak(draft, ask.subject, ask.about)
        return
    channel = channel_for(draft.facts, draft.day)
    language = draft.facts.language if checked(ask.text, draft.facts.language) else GERMAN
    draft.emit(
        NoticePlanned(
            notice=notice,
            text=ask.text,
            matter=ask.subject,
            rule=ask.decision.rule if ask.decision else None,
            stage=ask.decision.stage if ask.decision else 0,
            channel=channel,
            language=language,
            on=draft.day,
            send_at=_send_at(draft, on),
            refers_to=ask.refers_to,
        )
    )
    hands.call_for(draft, draft.facts.notices[-1])


def _send_at(draft: Draft, on: date) -> datetime:
    first = _first_moment(draft)
    return first if berlin_day(first) == on else wake_on(on, draft.facts.journey)


def channel_for(facts: CaseFacts, day: date) -> Channel:
    """How the person is reached: by mail only with consent and an address; who does not read, in person.

    While the address is blocked nothing is posted or mailed: only a person speaks with the person.
    """
    if facts.address_blocked_on is not None or facts.value("reading", day) == "does_not_read":
        return Channel.IN_PERSON
    if facts.allows(Purpose.EMAIL) and facts.value("email_address", day) == "known":
        return Channel.EMAIL
    return Channel.LETTER


def lapse_stale(draft: Draft) -> None:
    """Take back what has not left yet and must not, or need not, leave any more."""
    for notice in draft.facts.notices:
        reason = _stale(draft, notice) if notice.state in WAITING_NOTICE else None
        if reason is not None:
            draft.emit(NoticeLapsed(notice=notice.id, reason=reason, on=draft.day))
            hands.spare(draft, notice.matter)
            if reason == BLOCKED:
                hands.speak_instead(draft, notice)


def _stale(draft: Draft, notice: NoticeFact) -> str | None:
    facts = draft.facts
    blocked = facts.address_blocked_on is not None and notice.channel != Channel.IN_PERSON
    if blocked and facts.closed_on is None and _over(draft, notice) is None:
        return BLOCKED
    asks = _asking(draft, notice.rule, notice.stage, text=notice.text, subject=notice.matter)
    shut = gate(facts, asks, notice.matter, draft.day)
    if not shut.open:
        return shut.shut_by[0]
    if notice.channel == Channel.EMAIL and channel_for(facts, draft.day) != Channel.EMAIL:
        return "no_consent_channel"
    return _over(draft, notice)


def _over(draft: Draft, notice: NoticeFact) -> str | None:
    facts = draft.facts
    if notice.rule is not None:
        spoken = any((s.rule, s.subject) == (notice.rule, notice.matter) for s in facts.spoken)
        return None if spoken else "cause_gone"
    if notice.refers_to is not None and notice.refers_to < draft.day:
        return "too_late"
    kind, _, ref = notice.matter.partition("/")
    if kind == "step":
        gone = settled(draft.editions.programme, facts, ref)
        due = next((entry.due for entry in draft.plan() if entry.step == ref), None)
        return "cause_gone" if gone or due != notice.refers_to else None
    return None if notice.refers_to == _still_on(facts, kind, ref) else "cause_gone"


def _still_on(facts: CaseFacts, kind: str, ref: str) -> date | None:
    """The day that an open appointment or promise has today; None once it is settled."""
    if kind == "appointment":
        starts = (
            berlin_day(a.start) for a in facts.appointments if a.id == ref and a.status in OPEN_APPOINTMENT
        )
        return next(starts, None)
    dues = (c.due for c in facts.commitments if c.id == ref and not (c.kept_on or c.released_on))
    return next(dues, None)


def ready_to_leave(facts: CaseFacts, now: datetime, calendar: Calendar) -> tuple[NoticeFact, ...]:
    """The notices whose moment has come, inside the sending window only."""
    if calendar.next_sending(now) != now:
        return ()
    waiting = (n for n in facts.notices if n.state in WAITING_NOTICE and n.send_at <= now)
    return tuple(sorted(waiting, key=lambda n: (n.send_at, n.id)))
