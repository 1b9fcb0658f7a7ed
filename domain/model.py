"""The two kinds of model: what crosses a wire, and what a person or script hands in."""

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict


class Wire(BaseModel):
    """A stored or transmitted model: frozen, grows only by fields with defaults.

    Unknown fields are ignored, so that an older worker can read what a newer one wrote.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")


class Handed(BaseModel):
    """A model handed in from outside: an unknown field is a mistake and is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _in_utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)


Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]
Day = date
