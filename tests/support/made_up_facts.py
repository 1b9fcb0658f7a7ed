"""Made-up facts for property tests: anything that the model allows, also what no office would record."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.codes import COURSE_DAY, FACT_CODES
from domain.facts import CaseFacts
from rules.literals import person

Row = dict[str, Any]
FIRST, LAST = date(2027, 1, 4), date(2028, 3, 31)
DAYS = st.dates(FIRST, LAST).map(date.isoformat)
MAYBE_DAY = st.none() | DAYS
_CODES = sorted(FACT_CODES)
# What most rules rest on comes more often than the rest.
_OFTEN = (
    "interpreter",
    "entitlement_explained",
    "course_entitlement",
    "course_place",
    "childcare",
    "course_week",
)
_APPOINTMENTS = [f"apt_{n:032x}" for n in range(1, 6)]
_GIVEN = [{"purpose": p, "outcome": "given", "on": "2027-01-04"} for p in ("casework", "attendance")]
_COMMITMENTS = [f"com_{n:032x}" for n in range(1, 6)]


def _instant(day: str, hour: int) -> str:
    return (datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(hours=hour)).isoformat()


@st.composite
def _appointment(draw: st.DrawFn, ref: str) -> Row:
    return {
        "id": ref,
        "talk": draw(st.sampled_from(("first_talk", "review", "other"))),
        "start": _instant(draw(DAYS), draw(st.integers(6, 16))),
        "offered_on": draw(DAYS),
        "status": draw(st.sampled_from(("offered", "confirmed", "cancelled", "kept", "missed", "missed"))),
        "interpreter": draw(st.sampled_from(("not_needed", "requested", "failed", "declined"))),
        "invited_in_language": draw(st.booleans()),
        "cancelled_by": draw(st.sampled_from((None, "office", "participant"))),
        "settled_on": draw(MAYBE_DAY),
    }


@st.composite
def _commitment(draw: st.DrawFn, ref: str) -> Row:
    return {
        "id": ref,
        "side": draw(st.sampled_from(("office", "participant"))),
        "goal": draw(st.sampled_from(("language", "work"))),
        "agreed_on": draw(DAYS),
        "due": draw(DAYS),
        "twin": draw(st.none() | st.sampled_from(_COMMITMENTS)),
        "kept_on": draw(MAYBE_DAY),
        "released_on": draw(st.none() | DAYS) if draw(st.booleans()) else None,
    }


@st.composite
def _excuse(draw: st.DrawFn) -> Row:
    subjects = ["entitlement", "attendance", "exam", "drop_out", "no_shows"]
    subjects += [f"appointment/{a}" for a in _APPOINTMENTS]
    subjects += [f"commitment/{c}" for c in _COMMITMENTS]
    first, second = sorted((draw(DAYS), draw(DAYS)))
    decided = draw(st.booleans())
    return {
        "id": "exc_" + "1" * 32,
        "subject": draw(st.sampled_from(subjects)),
        "reason": "illness",
        "on": first,
        "decided_on": second if decided else None,
        "accepted": draw(st.booleans()) if decided else None,
    }


@st.composite
def _pause(draw: st.DrawFn) -> Row:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    ended = last if draw(st.booleans()) else None
    return {"id": "pau_" + "1" * 32, "reason": "illness", "start": first, "ended_on": ended}


@st.composite
def _value(draw: st.DrawFn, seq: int) -> Row:
    """A value of any code there is, about the first or the second of several."""
    code = FACT_CODES[draw(st.sampled_from(_OFTEN) | st.sampled_from(_CODES))]
    since = draw(DAYS)
    about = ""
    if code.about:
        about = "term/24" if code.about == "term" else f"{code.about}/{draw(st.integers(1, 2))}"
    if code.is_day:
        value = draw(DAYS)
    elif code.is_week:
        value, since = draw(st.text(COURSE_DAY, min_size=7, max_size=7)), _monday(since)
    else:
        value = draw(st.sampled_from(code.values))
    return {
        "seq": seq,
        "code": code.code,
        "value": value,
        "valid_from": since,
        "recorded_on": draw(DAYS),
        "source": "office",
        "about": about,
        "superseded": draw(st.integers(0, 9)) == 0,
        "disputed": draw(st.integers(0, 9)) == 0,
    }


def _monday(day: str) -> str:
    found = date.fromisoformat(day)
    return (found - timedelta(days=found.weekday())).isoformat()


@st.composite
def _matter(draw: st.DrawFn) -> Row:
    rule, subject = draw(st.sampled_from((("FOE-04", "plan"), ("FOE-02", "offers"), ("MIT-10", "contact"))))
    return {
        "id": "esc_" + "1" * 32,
        "rule": rule,
        "subject": subject,
        "episode": "2027-01-04",
        "level": 1,
        "raised_on": draw(DAYS),
        "answer_by": draw(DAYS),
        "silent_until": draw(MAYBE_DAY),
        "closed_on": draw(st.none() | DAYS),
    }


@st.composite
def made_up_facts(draw: st.DrawFn) -> CaseFacts:
    """One journey with up to five of each thing."""
    consent = {
        "purpose": "casework",
        "outcome": draw(st.sampled_from(("given", "partly", "refused"))),
        "on": draw(DAYS),
    }
    few = draw(st.integers(0, 5))
    talk = st.fixed_dictionaries(
        {"id": st.just("tlk_" + "1" * 32), "talk": st.sampled_from(("first_talk", "review")), "on": DAYS}
    )
    contact = st.fixed_dictionaries({"kind": st.sampled_from(("call", "visit", "attempt")), "on": DAYS})
    step = st.fixed_dictionaries(
        {
            "step": st.sampled_from(("integration_plan", "half_year_review/1", "course_registration")),
            "on": DAYS,
        }
    )
    return CaseFacts.model_validate(
        person(
            consents=_GIVEN if draw(st.booleans()) else [consent],
            appointments=[draw(_appointment(ref)) for ref in _APPOINTMENTS[:few]],
            commitments=[draw(_commitment(ref)) for ref in _COMMITMENTS[:few]],
            excuses=draw(st.lists(_excuse(), max_size=3)),
            pauses=draw(st.lists(_pause(), max_size=3)),
            values=[draw(_value(seq)) for seq in range(1, 2 + few * 5)],
            matters=draw(st.lists(_matter(), max_size=1)),
            talks=draw(st.lists(talk, max_size=2)),
            contacts=draw(st.lists(contact, max_size=3)),
            steps=draw(st.lists(step, max_size=1)),
            closed_on=draw(MAYBE_DAY) if draw(st.integers(0, 7)) == 0 else None,
            term_months=draw(st.sampled_from((6, 24))),
        )
    )
