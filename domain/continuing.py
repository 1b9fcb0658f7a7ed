"""A journey that goes on in another office: what it brings along from the one that ends."""

from datetime import date

from domain.happened import JourneyStarted, KnownConsent, KnownValue
from domain.ids import Id, Subject
from domain.model import Handed


class Continuing(Handed):
    """What the old journey knows and the new one still needs; `journey` is the new one's own id."""

    journey: Id
    continues: Id
    taken_over_on: date
    first_review_on: date
    steps_before: tuple[Subject, ...] = ()
    known: tuple[KnownValue, ...] = ()
    consents: tuple[KnownConsent, ...] = ()
    last_contact_on: date | None = None
    of_age_on: date | None = None
    address_blocked_on: date | None = None

    def told_by(self, started: JourneyStarted) -> JourneyStarted:
        """The first event of the new journey with all of it."""
        mine = {name: getattr(self, name) for name in Continuing.model_fields if name != "journey"}
        return started.model_copy(update=mine)
