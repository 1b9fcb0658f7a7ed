"""A final rejection: nothing is demanded any more, and somebody explains what can still be done (A-40)."""

from activities.draft import Draft
from activities.matters import lift, open_task
from domain.codes import ResidenceStatus
from domain.decisions import Lifted
from domain.events import EpisodeLifted, Event, FactRecorded
from rules.shape import HELP, asks_participant

REASON = "asylum_rejected"


def end_demands(draft: Draft) -> None:
    """Let go of every demand that has spoken; from another status on, it would begin anew and gently."""
    if draft.facts.value("residence_status", draft.day) != ResidenceStatus.REJECTED:
        return
    demands = {r.id for r in draft.editions.book.rules if asks_participant(r) and r.id not in HELP}
    said = sorted({(s.rule, s.subject, s.episode) for s in draft.facts.spoken if s.rule in demands})
    for rule, subject, episode in said:
        lifted = Lifted(rule=rule, subject=subject, episode=episode)
        draft.emit(EpisodeLifted(rule=rule, subject=subject, episode=episode))
        lift(draft, lifted, REASON)


def open_after(draft: Draft, event: Event) -> None:
    """Who is rejected is offered advice: on the law, on a way back, on a way to stay."""
    body = event.body
    if isinstance(body, FactRecorded) and (body.code, body.value) == (
        "residence_status",
        str(ResidenceStatus.REJECTED),
    ):
        open_task(draft, "offer_advice", "fact/residence_status", (str(event.seq),))
