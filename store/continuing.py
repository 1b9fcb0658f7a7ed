"""The journey that goes on in the asked office: registered once, with what it still needs and nothing more."""

from datetime import date

from sqlmodel import Session

from domain.calendar import add_months, berlin_day
from domain.codes import ContactKind, Purpose
from domain.continuing import Continuing
from domain.errors import NotFound
from domain.facts import CaseFacts, ConsentFact, ValueFact
from domain.happened import KnownConsent, KnownValue
from store import clock, editions
from store.database import Store
from store.hand_overs import continuing_id
from store.participants import Identity, Registration, identity, register
from store.projection import open_view
from store.tables import JourneyRow
from store.tables_turns import HandOverRow

_CARRIED = ("interpreter", "reading", "email_address", "of_age_on")
_LEFT_BEHIND = (
    "move_known",
    "move_checked",
    "plan_delay",
    "term_decision",
    "course_week",
    "absence_talk",
    "housing_talk",
    "letter_body",
    "letter_deadline",
    "letter_posted",
    "letter_received",
    "letter_period",
    "letter_answered",
    "referral",
    "referral_by",
)


def finish(session: Session, store: Store, hand_over: str) -> str | None:
    """Register the continuing journey of an accepted question, once; None while the old one has not said yes."""
    row = session.get(HandOverRow, hand_over, with_for_update=True, populate_existing=True)
    if row is None or row.state != "accepted" or row.taken_by is None or row.case_worker_id is None:
        return None
    if row.registered_on is not None:
        return row.continued_as
    journey = session.get(JourneyRow, row.journey_id)
    opened = open_view(session, store, journey) if journey is not None else None
    if opened is None:
        raise NotFound("journey", id=row.journey_id)
    today = berlin_day(clock.now(session))
    who = identity(store, row.journey_id, session=session)
    form = _registration(row, opened[0], who, today)
    brought = _brought(row, opened[0], today)
    _, continued = register(session, store, form, continuing=brought)
    row.registered_on = today
    session.add(row)
    session.flush()
    return continued


def _registration(row: HandOverRow, facts: CaseFacts, who: Identity, today: date) -> Registration:
    # Behind an address block only the name goes along: where the person lives is told by the person.
    hidden = {"address": None, "phone": None, "email": None}
    return Registration.model_validate(
        {
            "form_id": f"hand-over-{row.id}",
            "actor": row.taken_by,
            "role": row.taken_role or "case_worker",
            "office": row.to_office,
            "ags": row.to_ags,
            "t0": facts.t0,
            "language": facts.language,
            "interpreter": facts.value("interpreter", today) or "needed",
            "reading": facts.value("reading", today) or "reads",
            "case_worker": row.case_worker_id,
            "substitute": row.substitute_id,
            "programme": facts.programme,
            "term_months": facts.term_months,
            "identity": who.model_copy(update=hidden) if facts.address_blocked_on else who,
        }
    )


def _brought(row: HandOverRow, facts: CaseFacts, today: date) -> Continuing:
    signs = [contact.on for contact in facts.contacts if contact.kind != ContactKind.ATTEMPT]
    review = editions.calendar()[0].next_working_day(add_months(today, 1))
    return Continuing(
        journey=continuing_id(row.id),
        continues=row.journey_id,
        taken_over_on=today,
        first_review_on=review,
        steps_before=tuple(dict.fromkeys(step.step for step in facts.steps)),
        known=tuple(_known(value) for value in _still_needed(facts, today)),
        consents=tuple(_consent(entry) for entry in _answers(facts)),
        last_contact_on=max(signs, default=None),
        of_age_on=facts.day_value("of_age_on", today),
        address_blocked_on=facts.address_blocked_on,
    )


def _still_needed(facts: CaseFacts, today: date) -> list[ValueFact]:
    """What holds on the day of the hand-over and is no matter of the old office alone; nothing disputed."""
    named = dict.fromkeys((value.code, value.about) for value in facts.values)
    held = (facts.entry(code, today, about) for code, about in named)
    needless = (*_CARRIED, *_LEFT_BEHIND)
    return [value for value in held if value and not value.disputed and value.code not in needless]


def _answers(facts: CaseFacts) -> list[ConsentFact]:
    """The latest answer to each purpose; the one to the hand-over has served."""
    answers = (facts.consent(purpose) for purpose in Purpose if purpose != Purpose.HAND_OVER)
    return [answer for answer in answers if answer is not None]


def _known(value: ValueFact) -> KnownValue:
    return KnownValue(code=value.code, value=value.value, valid_from=value.valid_from, about=value.about)


def _consent(entry: ConsentFact) -> KnownConsent:
    return KnownConsent(
        purpose=entry.purpose, outcome=entry.outcome, on=entry.on, by=entry.by, fields=entry.fields
    )
