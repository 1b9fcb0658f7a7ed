"""Subjects of an office: absent and overloaded case workers, rules that expire, data to erase, reports."""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.calendar import add_months
from domain.office_facts import OfficeFacts, PostFact, RetentionFact
from rules.subjects.fields import (
    MANY_DAYS,
    Field,
    Kind,
    Reading,
    Subject,
    count,
    days,
    flag,
    subject,
    working_days,
)

MOST_CASES = 999
_ABSENCE_RULE = "FOE-17"
_ONE_DAY = timedelta(days=1)


def _posts(facts: OfficeFacts, on: date) -> tuple[PostFact, ...]:
    """Each worker's post as it stands on a day: of several entries the one that began last."""
    held: dict[str, PostFact] = {}
    for post in facts.posts:
        before = held.get(post.worker)
        if post.since <= on and (before is None or before.since <= post.since):
            held[post.worker] = post
    return tuple(held.values())


def absent_workers(reading: Reading[OfficeFacts]) -> Iterator[Subject]:
    """Each case worker who is absent on the day (FOE-17); an absence counts its first day (A-19)."""
    facts, on, calendar = reading.facts, reading.on, reading.calendar
    for post in _posts(facts, on):
        absence = facts.absent(post.worker, on)
        if absence is None:
            continue
        ref = f"worker/{post.worker}"
        substitute = post.substitute
        closings = _closings(facts, ref, absence.first)
        yield subject(
            "absent_worker",
            _ABSENT,
            ref,
            absence.first,
            lambda since: calendar.working_days_between(since, on),
            turns=closings,
            due_items=post.due_items,
            working_days_absent=calendar.working_days_between(absence.first - _ONE_DAY, on),
            substitute_present=substitute is not None and facts.absent(substitute, on) is None,
            task_closed=any(day <= on for day in closings),
        )


def _closings(facts: OfficeFacts, ref: str, first: date) -> tuple[date, ...]:
    """When tasks that this absence gave to the substitute were closed."""
    given = (t for t in facts.tasks if (t.rule, t.subject) == (_ABSENCE_RULE, ref) and t.opened_on >= first)
    return tuple(task.closed_on for task in given if task.closed_on is not None)


def caseloads(reading: Reading[OfficeFacts]) -> Iterator[Subject]:
    """Each post with running cases, as cases on a full post (FOE-18, A-18)."""
    on, calendar = reading.on, reading.calendar
    for post in _posts(reading.facts, on):
        if post.running_cases:
            yield subject(
                "caseload",
                _CASELOAD,
                f"worker/{post.worker}",
                post.since,
                lambda since: calendar.working_days_between(since, on),
                cases_per_full_post=_per_full_post(post),
            )


def _per_full_post(post: PostFact) -> int:
    """Cases x 100 / share, rounded up: more than a limit exactly where cases > limit x share."""
    return -(-post.running_cases * 100 // post.share) if post.share else MOST_CASES


def validities(reading: Reading[OfficeFacts]) -> Iterator[Subject]:
    """Each rule that has a last day, or a day by which its source is to be read again (QS-02, A-26)."""
    on = reading.on
    for validity in reading.facts.validities:
        until, recheck_by = validity.until, validity.recheck_by
        named = until or recheck_by
        if named is not None:
            yield subject(
                "validity",
                _VALIDITY,
                f"rule/{validity.rule.lower().replace('-', '_')}",
                named,
                lambda since: (on - since).days,
                successor_known=validity.successor,
                days_to_last_day=MANY_DAYS if until is None else (until - on).days,
                days_since_recheck=0 if recheck_by is None else (on - recheck_by).days,
            )


def retentions(reading: Reading[OfficeFacts]) -> Iterator[Subject]:
    """Each class of data of a closed journey, from its last day of keeping on (QS-03, A-28)."""
    on = reading.on
    for kept in reading.facts.retentions:
        if kept.closed_on > on:
            continue
        last = _last_day(kept, on, reading.bounds[f"QS-03.{kept.data}"])
        yield subject(
            "retention",
            _RETENTION,
            f"retention/{kept.journey}/{kept.data}",
            last,
            lambda since: (on - since).days,
            erased=kept.erased_on is not None and kept.erased_on <= on,
            held=kept.held,
            days_since_last_day=(on - last).days,
        )


def _last_day(kept: RetentionFact, on: date, months: int) -> date:
    """The last day on which the data are kept; a withdrawal makes their erasure due on its own day."""
    ends = add_months(kept.closed_on, months)
    if kept.withdrawn_on is None or kept.withdrawn_on > on:
        return ends
    return min(ends, kept.withdrawn_on - _ONE_DAY)


def reports(reading: Reading[OfficeFacts]) -> Iterator[Subject]:
    """The yearly figures, counted back from the raw day on which they are due (QS-04, A-29)."""
    on = reading.on
    for report in reading.facts.reports:
        yield subject(
            "report",
            _REPORT,
            f"report/{report.year}",
            report.due,
            lambda since: (on - since).days,
            sent=report.sent_on is not None and report.sent_on <= on,
            days_to_due=(report.due - on).days,
        )


_ABSENT: tuple[Field, ...] = (
    count("due_items", "items of the worker that are due", "fällige Vorgänge der Fachkraft"),
    working_days(
        "working_days_absent",
        "working days of the absence, its first day counted (A-19)",
        "Arbeitstage der Abwesenheit, der erste zählt mit",
    ),
    flag(
        "substitute_present",
        "there is a substitute, who is not absent today",
        "eine Vertretung ist benannt und heute da",
    ),
    flag(
        "task_closed",
        "the substitute closed the task of this absence",
        "die Vertretung hat die Aufgabe zu dieser Abwesenheit abgeschlossen",
    ),
)
_CASELOAD = (
    count(
        "cases_per_full_post",
        "running cases on a full post, rounded up; the highest value where the post has no share (A-18)",
        "laufende Fälle je volle Stelle, aufgerundet; ohne Stellenanteil der höchste Wert",
        high=MOST_CASES,
    ),
)
_VALIDITY = (
    flag("successor_known", "a version that follows is known", "eine Nachfolgefassung ist bekannt"),
    days(
        "days_to_last_day",
        "days to the last day of the rule; the highest value where it has none (A-26)",
        "Tage bis zum letzten Tag der Regel; ohne letzten Tag der höchste Wert",
    ),
    days(
        "days_since_recheck",
        "days since the source was to be read again",
        "Tage seit dem Tag, bis zu dem die Quelle zu prüfen war",
    ),
)
_RETENTION = (
    flag("erased", "the data were erased", "die Daten sind gelöscht"),
    flag("held", "a hold suspends the erasure (A-28)", "eine Löschsperre besteht"),
    days(
        "days_since_last_day",
        "days since the last day of the period of keeping",
        "Tage seit dem letzten Tag der Aufbewahrung",
    ),
)
_REPORT = (
    flag("sent", "the figures were sent", "die Kennzahlen sind abgegeben"),
    days("days_to_due", "days to the raw due day (A-29)", "Tage bis zum Abgabetag"),
)
KINDS: tuple[Kind[OfficeFacts], ...] = (
    Kind("absent_worker", "AT", _ABSENT, absent_workers),
    Kind("caseload", "AT", _CASELOAD, caseloads),
    Kind("validity", "d", _VALIDITY, validities),
    Kind("retention", "d", _RETENTION, retentions),
    Kind("report", "d", _REPORT, reports),
)
