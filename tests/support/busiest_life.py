"""The full case of `pakt bench rules`: the day with most subjects among many made-up lives, with all said before it.

`python -m tests.support.busiest_life` writes it to `bench/full_case.json`; the benchmark reads only that file.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from domain.facts import CaseFacts
from rules.book import book
from rules.judge import decide, weigh
from rules.ladder import Memory
from store.editions import calendar
from tests.oracle import lives

LIVES = 800
EVERY_VISIT = 1
TARGET = Path(__file__).parents[2] / "bench" / "full_case.json"
_BOOK = book()
_CALENDAR = calendar()[0]


def busiest() -> tuple[str, date]:
    """The life and the day with most rows; of equals the one where most rules have one."""
    return max((_breadth(seed, on), seed, on) for seed, on in _days())[1:]


def _days() -> Iterator[tuple[str, date]]:
    for number in range(LIVES):
        seed = f"bench/{number}"
        yield from ((seed, on) for on in lives.visits(seed, lives.life(seed))[::EVERY_VISIT])


def _breadth(seed: str, on: date) -> tuple[int, int]:
    known = CaseFacts.model_validate(lives.known_by(lives.life(seed), on))
    weighed = weigh(known, on, Memory(), calendar=_CALENDAR, book=_BOOK)
    return len(weighed), len({entry.compiled.rule.id for entry in weighed})


def lived(seed: str, until: date) -> dict[str, Any]:
    """The facts of a life on a day, with what was said on each of the days on which it was looked at."""
    whole = lives.life(seed)
    said: list[dict[str, Any]] = []
    for on in [day for day in lives.visits(seed, whole) if day < until]:
        ruling = decide(_facts(whole, on, said), on, calendar=_CALENDAR, book=_BOOK)
        gone = {(x.rule, x.subject, x.episode.isoformat()) for x in ruling.lifted}
        said = [s for s in said if (s["rule"], s["subject"], s["episode"]) not in gone]
        for made in ruling.decisions:
            spoke = made.model_dump(mode="json", include={"rule", "subject", "episode", "stage"})
            said.append(spoke | {"on": on.isoformat()})
    return _facts(whole, until, said).model_dump(mode="json")


def _facts(whole: lives.Life, on: date, said: list[dict[str, Any]]) -> CaseFacts:
    return CaseFacts.model_validate({**lives.known_by(whole, on), "spoken": said})


def main() -> None:
    """Write the case."""
    seed, on = busiest()
    text = json.dumps({"life": seed, "on": on.isoformat(), "facts": lived(seed, on)}, indent=1)
    TARGET.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
