"""The rights to a course and their ends: the claim, entitlements, registrations, costs."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from domain.calendar import add_months, half_months_since
from domain.duties import BENEFITS
from domain.facts import CaseFacts
from rules.subjects.fields import Kind, Reading, Subject, days, flag, half_months, subject
from rules.subjects.own_part import registered

_ONE_DAY = timedelta(days=1)
_EXEMPTION, _TRAVEL = "cost_exemption", "travel_grant"


def claim(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """The claim to a course that the permit gives, from the day of its issue (FOE-06)."""
    facts, on = reading.facts, reading.on
    since = facts.day_value("course_claim_since", on)
    if since is None:
        return
    yield subject(
        "claim",
        _CLAIM,
        "claim",
        since,
        lambda day: half_months_since(day, on),
        registered=registered(facts, on),
        half_months_since_claim=half_months_since(since, on),
    )


def entitlement_end(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """The day on which an entitlement to the course ends, where one is in sight (FOE-07)."""
    end = _entitlement_ends(reading)
    if end is not None:
        yield subject(
            "entitlement_end",
            _ENTITLEMENT_END,
            "entitlement_end",
            end,
            _days_to(reading.on),
            days_before_end=(end - reading.on).days,
        )


def _entitlement_ends(reading: Reading[CaseFacts]) -> date | None:
    """A year after the interruption or the registration, else the day in the letter; none while it runs."""
    facts, on = reading.facts, reading.on
    if facts.value("course_ended", on) == "yes":
        return None
    if facts.value("course_started", on) == "yes":
        broken = _yes_since("course_interrupted", facts, on)
        return None if broken is None else add_months(broken, reading.bounds["FOE-07.break"])
    known = _last_registration(facts, on)
    if known is not None:
        return add_months(known, reading.bounds["FOE-07.begin"])
    return facts.day_value("course_entitlement_until", on)


def _last_registration(facts: CaseFacts, on: date) -> date | None:
    """The day of the last registration; a step stands for it only where no registration is recorded."""
    if facts.value("course_registered", on) == "yes":
        return facts.value_since("course_registered", on)
    done = (s.on for s in facts.steps if s.step == "course_registration" and s.on <= on)
    return max(done, default=None)


def registrations(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """Each registration with a provider; each has its own six weeks (FOE-08, A-34)."""
    facts, on = reading.facts, reading.on
    known = [day for day, said in _by_day("course_registered", facts, on).items() if said == "yes"]
    for day in known:
        newer = next((other for other in known if other > day), None)
        yield subject(
            "registration",
            _REGISTRATION,
            f"registration/{day.isoformat().replace('-', '_')}",
            day,
            _days_to(on),
            started=_started_since(facts, day, on),
            replaced=newer is not None and _announced_since(facts, newer, on),
            ended=facts.value("course_ended", on) == "yes",
            days_since_registration=(on - day).days,
        )


def _started_since(facts: CaseFacts, day: date, on: date) -> bool:
    """True once a course has begun on that day or later: an older one is not the one that is waited for."""
    found = facts.entry("course_started", on)
    return found is not None and found.value == "yes" and found.valid_from >= day


def _announced_since(facts: CaseFacts, day: date, on: date) -> bool:
    """True once a start was announced on that day or later."""
    since = facts.value_since("course_start_announced", on)
    return since is not None and since >= day


def course_costs(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """The two applications before a section of the course begins (FOE-09, A-35)."""
    facts, on = reading.facts, reading.on
    start = facts.day_value("course_section_starts", on)
    if start is None or start < on:
        return
    for application in (_EXEMPTION, _TRAVEL):
        yield subject(
            "course_costs",
            _COURSE_COSTS,
            application,
            start,
            _days_to(on),
            on_benefits=facts.value("benefit", on) in BENEFITS,
            recorded=facts.value(application, on) is not None,
            may_apply=application == _EXEMPTION or _grant_open(reading),
            days_before_section=(start - on).days,
        )


def _grant_open(reading: Reading[CaseFacts]) -> bool:
    """Since 7 December 2024 the travel grant follows the exemption; the day of decision counts (A-25)."""
    if reading.dated("FOE-09.exemption_first", reading.on) != 1:
        return True
    return reading.facts.value(_EXEMPTION, reading.on) in ("applied", "granted")


def work_course(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """The entitlement to the work-related course; in doubt the earlier end counts (FOE-11, A-24)."""
    facts, on = reading.facts, reading.on
    issued = facts.day_value("bsk_issued", on)
    if issued is None:
        return
    by_law = add_months(issued, reading.bounds["FOE-11.valid"]) - _ONE_DAY
    end = min(by_law, facts.day_value("bsk_until", on) or by_law)
    yield subject(
        "work_course",
        _WORK_COURSE,
        "work_course",
        end,
        _days_to(on),
        registered=facts.value("bsk_registered", on) == "yes",
        days_before_end=(end - on).days,
    )


def _days_to(on: date) -> Callable[[date], int]:
    return lambda since: (on - since).days


def _by_day(code: str, facts: CaseFacts, on: date) -> dict[date, str]:
    """What was said of each day until `on`, in their order; of two entries of a day the later one counts."""
    said = [v for v in facts.values if v.code == code and v.valid_from <= on and not v.superseded]
    return {v.valid_from: v.value for v in sorted(said, key=lambda v: (v.valid_from, v.seq))}


def _yes_since(code: str, facts: CaseFacts, on: date) -> date | None:
    """The first day of the present unbroken `yes`: saying so again moves no end further away (A-24)."""
    since = None
    for day, said in reversed(_by_day(code, facts, on).items()):
        if said != "yes":
            break
        since = day
    return since


_CLAIM = (
    flag("registered", "a registration is known from any side", "eine Anmeldung ist bekannt"),
    half_months(
        "half_months_since_claim",
        "half months since the permit that gives the claim was issued",
        "halbe Monate seit der Erteilung des Titels",
    ),
)
_ENTITLEMENT_END = (
    days(
        "days_before_end",
        "days until the entitlement ends, 0 from that day on",
        "Tage bis zum Ende der Kursberechtigung",
    ),
)
_REGISTRATION = (
    flag("started", "a course has begun since the registration", "der Kurs hat seither begonnen"),
    flag(
        "replaced",
        "there is a newer registration, and a start has been announced since (A-34)",
        "eine neuere Anmeldung mit angekündigtem Beginn liegt vor",
    ),
    flag("ended", "the course has ended", "der Kurs ist beendet"),
    days("days_since_registration", "days since the registration", "Tage seit der Anmeldung"),
)
_COURSE_COSTS = (
    flag("on_benefits", "lives on SGB II, SGB XII or AsylbLG (A-35)", "bezieht SGB II, SGB XII oder AsylbLG"),
    flag("recorded", "something is recorded for this application", "zum Antrag ist etwas vermerkt"),
    flag(
        "may_apply",
        "the application can be made: the travel grant follows the exemption",
        "der Antrag kann gestellt werden",
    ),
    days("days_before_section", "days until the section begins", "Tage bis zum Beginn des Kursabschnitts"),
)
_WORK_COURSE = (
    flag(
        "registered", "registered for the work-related course", "die Anmeldung zum Berufssprachkurs liegt vor"
    ),
    days(
        "days_before_end",
        "days until the entitlement ends, 0 from that day on (A-24)",
        "Tage bis zum Ende der Berechtigung",
    ),
)
KINDS: tuple[Kind[CaseFacts], ...] = (
    Kind("claim", "hM", _CLAIM, claim),
    Kind("entitlement_end", "d", _ENTITLEMENT_END, entitlement_end),
    Kind("registration", "d", _REGISTRATION, registrations),
    Kind("course_costs", "d", _COURSE_COSTS, course_costs),
    Kind("work_course", "d", _WORK_COURSE, work_course),
)
