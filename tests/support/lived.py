"""The oracle's made-up lives, lived by the product: looked at day by day, with its own effects folded back in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.codes import Outcome
from domain.decisions import Ruling
from domain.facts import CaseFacts, MatterFact, SpokenFact
from domain.office_facts import OfficeFacts
from rules.foresight import foresee
from rules.judge import decide
from rules.subjects import AnyFacts
from tests.oracle import lives
from tests.support.facts import BOOK, CALENDAR

ONE_DAY = timedelta(days=1)
HORIZON = timedelta(days=800)
_UNKNOWN_TO_NOBODY = date(9000, 1, 1)


@dataclass(frozen=True)
class Life:
    """What is known, and the day from which it is looked at, without anything new."""

    seed: str
    facts: AnyFacts
    on: date

    @property
    def until(self) -> date:
        """The last day looked at."""
        return min(self.on + HORIZON, CALENDAR.last)


@dataclass(frozen=True)
class Day:
    """One day of a life: what was known in the morning, and what the rules said."""

    on: date
    facts: AnyFacts
    ruling: Ruling


def known(seed: str) -> Life:
    """A journey on one of its days: what was recorded by then."""
    whole = lives.life(seed)
    on = _some_day(seed, lives.visits(seed, whole))
    return Life(seed, CaseFacts.model_validate(lives.known_by(whole, on)), on)


def foretold(seed: str) -> Life:
    """A journey of which all that will be recorded stands in the facts already, with the days to come."""
    whole = lives.life(seed)
    on = _some_day(seed, lives.visits(seed, whole))
    return Life(seed, CaseFacts.model_validate(lives.known_by(whole, _UNKNOWN_TO_NOBODY)), on)


def of_office(seed: str) -> Life:
    """An office on one of its days."""
    whole = lives.office_life(seed)
    on = _some_day(seed, lives.office_visits(seed, whole))
    return Life(seed, OfficeFacts.model_validate(lives.office_known_by(whole, on)), on)


def answered(seed: str) -> Life:
    """A journey in which stages have spoken and people have answered the escalations among them."""
    life, dice = known(seed), lives.Dice(f"{seed}/answers")
    ahead = foresee(life.facts, life.on + timedelta(days=300), on=life.on, calendar=CALENDAR, book=BOOK)
    if not ahead:
        return life
    cut = dice.one_of(sorted({day for day, _ in ahead}))
    facts = list(live(life.facts, life.on, cut))[-1].facts
    raised = [(day, made) for day, made in ahead if made.outcome == Outcome.ESCALATE and day < cut]
    matters = tuple(
        MatterFact(
            id=f"esc_{number:032x}",
            rule=made.rule,
            subject=made.subject,
            episode=made.episode,
            level=1,
            raised_on=day,
            answer_by=day + timedelta(days=14),
            silent_until=day + timedelta(days=dice.between(0, 90)) if dice.chance(50) else None,
            closed_on=day if dice.chance(20) else None,
        )
        for number, (day, made) in enumerate(raised)
    )
    return Life(seed, facts.model_copy(update={"matters": matters}), cut)


KINDS: dict[str, Callable[[str], Life]] = {
    "known": known,
    "foretold": foretold,
    "answered": answered,
    "office": of_office,
}


def _some_day(seed: str, visits: list[date]) -> date:
    in_force = [day for day in visits if day >= BOOK.valid_from] or [BOOK.valid_from]
    return lives.Dice(f"{seed}/day").one_of(in_force)


def live(
    facts: AnyFacts, on: date, until: date, *, looked_at: Callable[[date], bool] = lambda _: True
) -> Iterator[Day]:
    """Decide on every day that somebody looks at, and fold the effects back as the journey does."""
    for number in range((until - on).days + 1):
        day = on + timedelta(days=number)
        if looked_at(day):
            ruling = decide(facts, day, calendar=CALENDAR, book=BOOK)
            yield Day(day, facts, ruling)
            facts = after(facts, ruling)


def after(facts: AnyFacts, ruling: Ruling) -> AnyFacts:
    """The facts with what was said and lifted on a day."""
    gone = {(x.rule, x.subject, x.episode) for x in ruling.lifted}
    kept = [s for s in facts.spoken if (s.rule, s.subject, s.episode) not in gone]
    said = (
        SpokenFact(rule=d.rule, subject=d.subject, episode=d.episode, stage=d.stage, on=ruling.as_of)
        for d in ruling.decisions
    )
    return facts.model_copy(update={"spoken": tuple(dict.fromkeys((*kept, *said)))})


__all__ = [
    "HORIZON",
    "KINDS",
    "ONE_DAY",
    "Day",
    "Life",
    "after",
    "answered",
    "foretold",
    "known",
    "live",
    "of_office",
]
