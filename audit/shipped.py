"""What this build replays with: its workflow code, and its rules with the editions that a record names."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, partial

from audit.comparing import Difference
from audit.format import Bundle, parse
from audit.histories import parsed
from audit.replay import ReplayReport, replay
from audit.verify import verify
from domain.calendar import Calendar
from domain.calls import DecideAnswer
from domain.decisions import Decision, Edition
from domain.errors import InvalidInput, NotFound
from domain.facts import CaseFacts
from rules.binding import Book
from rules.book import book
from rules.judge import decide
from rules.library import proven
from store import calendars, editions
from workflows.journey import Journey


def judge(
    facts: CaseFacts, day: date, answer: DecideAnswer, documents: Mapping[str, str] | None = None
) -> Sequence[Decision]:
    """The decisions of the recorded book on this day, by the recorded calendar; `NotFound` if one is gone.

    Only the plain evaluation answers: it needs no child process, and the record says whether both agreed.
    `documents` are books and calendars by their hash, for those that no release carries.
    """
    chosen = _book(answer.book, documents or {})
    _expect(answer.book, Edition(id=chosen.id, sha256=chosen.sha256), "book")
    calendar = _calendar(answer.calendar, documents or {})
    return decide(facts, day, calendar=calendar, book=chosen).decisions


@cache
def _read(text: str, edition: tuple[str, str]) -> Book:
    return proven(text, Edition(id=edition[0], sha256=edition[1]))


def _book(recorded: Edition, documents: Mapping[str, str]) -> Book:
    text = documents.get(recorded.sha256)
    return book(recorded.id) if text is None else _read(text, (recorded.id, recorded.sha256))


def _calendar(recorded: Edition, documents: Mapping[str, str]) -> Calendar:
    text = documents.get(recorded.sha256)
    if text is not None:
        return calendars.read_as(text, recorded)
    calendar, here = editions.calendar(recorded.id)
    _expect(recorded, here, "calendar")
    return calendar


def _expect(recorded: Edition, here: Edition, kind: str) -> None:
    if recorded != here:
        raise NotFound("edition_not_here", kind=kind, id=recorded.id, sha256=recorded.sha256)


async def replay_bytes(raw: bytes) -> ReplayReport:
    """Replay the bundle in these bytes; where verification finds it altered, that is the first difference."""
    bad = verify(raw).first_bad
    if bad is None:
        return await replay_bundle(parse(raw))
    altered = Difference(
        run=bad.stream or "", event=bad.seq or 0, what="bundle", path=bad.field, found=bad.reason
    )
    try:
        report = await replay_bundle(parse(raw))
    except InvalidInput:
        raise
    except Exception as error:  # noqa: BLE001 - the edge to bytes of any origin: altered ones break anywhere
        broken = Difference(run="", event=0, what="replay", path="bundle", found=type(error).__name__)
        return ReplayReport(
            ok=False, runs=0, commands_compared=0, decisions_reevaluated=0, differences=(altered, broken)
        )
    return report.model_copy(update={"ok": False, "differences": (altered, *report.differences)})


async def replay_bundle(bundle: Bundle) -> ReplayReport:
    """Replay a bundle strictly with the shipped workflow; make its decisions again with the shipped rules."""
    histories = [parsed(run.history) for run in bundle.runs]
    documents = {one.sha256: one.text for one in bundle.editions.books if one.text is not None}
    documents |= {one.sha256: one.text for one in bundle.editions.calendars if one.text is not None}
    again = partial(judge, documents=documents)
    return await replay(bundle.journey, histories, workflow=Journey, judge=again)
