"""What is watched for a whole office: absence, caseloads, the validity of rules, deletion, the report.

Facts are the JSON form of `OfficeFacts`.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.oracle import days
from tests.oracle.ladder import Ladder, Stage, acting, calendar_days, falling, working_days
from tests.oracle.states import by
from tests.oracle.table import OFFICE_MARKS, OFFICE_OUTCOMES

Facts = dict[str, Any]
Row = dict[str, Any]
Act = tuple[str, str, int, str, str]
Episode = tuple[str, str, date]
KEPT_MONTHS = {"plan": 36, "notes": 12, "access_log": 12, "history": 72}


def office_acts(facts: Facts, on: date) -> set[Act]:
    """What acts on a day: for each rule and subject at most one stage, with all its outcomes."""
    return {act for act, _ in office_acts_with_episode(facts, on)}


def office_acts_with_episode(facts: Facts, on: date, rule: str | None = None) -> set[tuple[Act, date]]:
    """As `office_acts`, each with the day that names its episode; of one rule alone if it is named."""
    found = set()
    for ladder in office_ladders(facts, on):
        if rule not in (None, ladder.rule):
            continue
        stage = acting(ladder, facts, on)
        for outcome, addressee in OFFICE_OUTCOMES[ladder.rule][stage - 1] if stage else ():
            found.add(((ladder.rule, ladder.subject, stage, outcome, addressee), ladder.episode))
    return found


def office_lifted(facts: Facts, on: date) -> set[Episode]:
    """Episodes that spoke and whose cause is gone on a day."""
    alive = {(one.rule, one.subject, one.episode) for one in office_ladders(facts, on) if one.alive}
    spoken = {(s["rule"], s["subject"], date.fromisoformat(s["episode"])) for s in facts.get("spoken", ())}
    return spoken - alive


def office_ladders(facts: Facts, on: date) -> Iterator[Ladder]:
    """Every rule and subject that the facts of an office name."""
    for post in facts.get("posts", ()):
        yield from _absence(facts, post, on)
        yield _caseload(post, on)
    for validity in facts.get("validities", ()):
        yield from _validity(validity, on)
    for retention in facts.get("retentions", ()):
        yield _retention(retention, on)
    for report in facts.get("reports", ()):
        yield _report(report, on)


def absent_since(facts: Facts, worker: str | None, on: date) -> date | None:
    """The first day of the absence that covers a day, its last day included, or None."""
    covering = [
        date.fromisoformat(a["first"])
        for a in facts.get("absences", ())
        if a["worker"] == worker and by(a["first"], on) and not _over(a.get("last"), on)
    ]
    return min(covering, default=None)


def _over(last: str | None, on: date) -> bool:
    return last is not None and date.fromisoformat(last) < on


def _absence(facts: Facts, post: Row, on: date) -> Iterator[Ladder]:
    """FOE-17: working days of absence, its first day counted; the substitute first, if there is one (A-19)."""
    first = absent_since(facts, post["worker"], on)
    if first is None:
        return
    subject = f"worker/{post['worker']}"
    substitute = post.get("substitute")
    present = substitute is not None and absent_since(facts, substitute, on) is None
    away = days.count(first - days.ONE, on, days.is_working)
    more_than, answer, alone = OFFICE_MARKS["FOE-17"]
    stages = (
        Stage(lambda: away > more_than and present),
        Stage(
            lambda: True,
            lambda acted: working_days(acted, on, answer) and not _taken_over(facts, subject, first, on),
        ),
        Stage(lambda: away > alone and not present),
    )
    yield Ladder("FOE-17", subject, first, post.get("due_items", 0) > 0, stages)


def _taken_over(facts: Facts, subject: str, first: date, on: date) -> bool:
    """The substitute closed a task of this absence."""
    return any(
        task.get("rule") == "FOE-17"
        and task["subject"] == subject
        and date.fromisoformat(task["opened_on"]) >= first
        and by(task.get("closed_on"), on)
        for task in facts.get("tasks", ())
    )


def _caseload(post: Row, on: date) -> Ladder:
    """FOE-18: running journeys against the share of the post, in whole hundredths (A-18)."""
    begun = date.fromisoformat(post["since"])
    cases, share = post["running_cases"], post["share"]
    high, too_high = OFFICE_MARKS["FOE-18"]
    stages = (
        Stage(lambda: on >= begun and cases * 100 > high * share),
        Stage(lambda: cases * 100 > too_high * share, lambda acted: working_days(acted, on, 10)),
    )
    return Ladder("FOE-18", f"worker/{post['worker']}", begun, cases > 0, stages)


def _validity(validity: Row, on: date) -> Iterator[Ladder]:
    """QS-02: before a rule ends without a successor, and when its source was not read again (A-26)."""
    until, recheck = days.day_of(validity.get("until")), days.day_of(validity.get("recheck_by"))
    episode = until or recheck
    if episode is None:
        return
    before, after = OFFICE_MARKS["QS-02"]

    def ends() -> bool:
        return until is not None and not validity.get("successor") and on >= until - timedelta(days=before)

    def unread() -> bool:
        return recheck is not None and calendar_days(recheck, on, after)

    name = validity["rule"].lower().replace("-", "_")
    yield Ladder("QS-02", f"rule/{name}", episode, True, (Stage(ends), Stage(unread)))


def _retention(retention: Row, on: date) -> Ladder:
    """QS-03: the day after the period; a hold suspends the act, a withdrawal ends the period (A-28)."""
    last = days.add_months(date.fromisoformat(retention["closed_on"]), KEPT_MONTHS[retention["data"]])
    if by(retention.get("withdrawn_on"), on):
        last = min(last, date.fromisoformat(retention["withdrawn_on"]) - days.ONE)
    stage = Stage(lambda: calendar_days(last, on, OFFICE_MARKS["QS-03"][0]), speaks=not retention.get("held"))
    subject = f"retention/{retention['journey']}/{retention['data']}"
    return Ladder("QS-03", subject, last, not by(retention.get("erased_on"), on), (stage,))


def _report(report: Row, on: date) -> Ladder:
    """QS-04: counted back from the raw day (A-29)."""
    due = date.fromisoformat(report["due"])
    stages = falling(due, on, OFFICE_MARKS["QS-04"])
    return Ladder("QS-04", f"report/{report['year']}", due, not by(report.get("sent_on"), on), stages)
