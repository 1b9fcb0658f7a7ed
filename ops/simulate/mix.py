"""The mix: which lives are lived, and how often. A file, so that anybody can try another one."""

import tomllib
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, ValidationError, model_validator

from domain.errors import InvalidInput
from domain.model import Handed
from ops.simulate.chance import HUNDRED, shuffled

STANDARD = Path(__file__).with_name("mix.toml")
Percent = Annotated[int, Field(ge=0, le=100)]
Span = tuple[int, int]


class PersonWays(Handed):
    """How a participant behaves."""

    keeps: Percent
    confirms: Percent
    moves_appointment: Percent
    keeps_promises: Percent
    late: Span
    excuses: Percent
    registers: Span
    writes: Span


class OfficeWays(Handed):
    """How the office behaves."""

    late: Span
    keeps_promises: Percent
    does_tasks: Percent
    answers: Percent


class Life(Handed):
    """One kind of life and its share."""

    name: str = Field(pattern=r"^[a-z_]{2,40}$")
    percent: Percent
    person: PersonWays
    office: OfficeWays
    pauses: Percent = 0
    paused: Span = (21, 70)
    moves_away: Percent = 0
    falls_silent: Span | None = None

    @model_validator(mode="after")
    def _spans_rise(self) -> Self:
        spans = (self.person.late, self.person.registers, self.person.writes, self.office.late, self.paused)
        for low, high in (*spans, *((self.falls_silent,) if self.falls_silent else ())):
            if high < low:
                raise ValueError("a span ends before it begins")
        if self.person.writes[0] < 1 or self.office.late[0] < 0:
            raise ValueError("a span begins too early")
        return self


class Mix(Handed):
    """All kinds of life; their shares add up to a hundred."""

    life: tuple[Life, ...]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if sum(one.percent for one in self.life) != HUNDRED:
            raise ValueError("the percentages must add up to 100")
        return self

    def cast(self, journeys: int, seed: int) -> list[Life]:
        """Which life each journey lives: the shares as exactly as whole people allow, in a drawn order."""
        exact = [one.percent * journeys for one in self.life]
        counts = [share // HUNDRED for share in exact]
        most_missing = sorted(range(len(exact)), key=lambda i: (-(exact[i] % HUNDRED), i))
        for index in most_missing[: journeys - sum(counts)]:
            counts[index] += 1
        lives = [one for one, count in zip(self.life, counts, strict=True) for _ in range(count)]
        return shuffled(lives, f"{seed}/cast")


def read_mix(path: Path = STANDARD) -> Mix:
    """The mix in a file; what is wrong with it is said in one line."""
    try:
        return Mix.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeError):
        raise InvalidInput("mix_unreadable", field="mix", file=str(path)) from None
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput("mix_malformed", field="mix", reason=str(error)) from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "mix"
        raise InvalidInput("mix_malformed", field=place, reason=first["msg"]) from None
