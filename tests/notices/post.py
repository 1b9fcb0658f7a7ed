"""A journey with one planned notice, and the activity run as Temporal runs it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from temporalio.testing import ActivityEnvironment

from activities.send_notice import Notices
from domain.calls import DecideAnswer, DecideRequest, Pins, SendAnswer, SendRequest
from domain.codes import Channel, Goal, Interpreter, Side, TalkKind
from domain.decisions import Edition
from domain.events import (
    AppointmentOffered,
    CommitmentAgreed,
    Event,
    JourneyStarted,
    NoticeLapsed,
    NoticePlanned,
)
from domain.ids import derived_id, desk_stream
from domain.journey import begin, evolve_all
from notices.mail import Limits, MailChannel
from store import ledger, projection
from store import notices as rows
from store.database import Store
from store.tables import NoticeRow
from tests.support.mail_server import MailServer
from tests.support.registered import AGS, House, house, journey

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
START = datetime(2026, 12, 7, 9, 30, tzinfo=UTC)
DUE = date(2026, 12, 4)
APPOINTMENT = derived_id("appointment", "one")
COMMITMENT = derived_id("commitment", "one")
EDITION = Edition(id="none", sha256="0" * 64)
MAIL = "aenne@example.org"
NAME = "Änne-Marie Öztürk"
QUICK = Limits(reply_s=1.0, conversation_s=2.0)


@dataclass(frozen=True)
class Case:
    """One journey and its notice."""

    store: Store
    house: House
    journey: str
    notice: str

    def row(self) -> NoticeRow:
        """The notice as it stands."""
        with self.store.read() as session:
            return rows.get(session, self.notice)

    def entries(self) -> list[tuple[str, dict[str, Any]]]:
        """Type and body of what the desk stream says."""
        with self.store.read() as session:
            return [
                (entry.type, entry.body or {}) for entry in ledger.read(session, desk_stream(self.journey))
            ]


def planned(store: Store, **changes: Any) -> Case:
    """A registered person whose journey has an appointment, a promise and one planned notice."""
    identity = {name: changes.pop(name) for name in ("email", "name", "address") if name in changes}
    at = house(store)
    mine = journey(store, at, language=changes.get("language", "de"), **identity)
    case = Case(store, at, mine, derived_id("notice", mine))
    _decide(case, 0, _first_events(case, changes))
    return case


def lapse(case: Case, reason: str = "no_consent_channel") -> None:
    """A later decision takes the notice back."""
    events = (*_first_events(case, {}), NoticeLapsed(notice=case.notice, reason=reason, on=NOW.date()))
    _decide(case, 1, events, fresh=1)


def happened(case: Case, *bodies: Any, **changes: Any) -> None:
    """Something is recorded after the notice was ordered, and nothing takes the notice back."""
    _decide(case, 1, (*_first_events(case, changes), *bodies), fresh=len(bodies))


def send(
    case: Case, server: MailServer, *, attempt: int = 1, limits: Limits = QUICK, now: datetime = NOW
) -> SendAnswer:
    """One attempt of the activity."""
    notices = Notices(case.store, MailChannel(server.settings(), limits=limits))
    environment = ActivityEnvironment()
    environment.info = replace(environment.info, attempt=attempt)
    request = SendRequest(journey=case.journey, notice=case.notice, now=now)
    answer = environment.run(notices.send_notice, request)
    assert isinstance(answer, SendAnswer)
    return answer


def _first_events(case: Case, changes: dict[str, Any]) -> tuple[Any, ...]:
    started = JourneyStarted(
        ags=AGS,
        t0=date(2026, 11, 20),
        opened_on=date(2026, 11, 20),
        programme="p2026_0",
        term_months=24,
        language=changes.get("language", "de"),
        case_worker=case.house.case_worker,
        substitute=case.house.lead,
    )
    offered = AppointmentOffered(
        appointment=APPOINTMENT,
        talk=TalkKind.FIRST,
        start=START,
        offered_on=date(2026, 11, 27),
        place="office",
        interpreter=Interpreter.NOT_NEEDED,
        invited_in_language=True,
    )
    agreed = CommitmentAgreed(
        commitment=COMMITMENT, side=Side.PARTICIPANT, goal=Goal.LANGUAGE, due=DUE, on=date(2026, 11, 25)
    )
    plan = {
        "text": "appointment_invitation",
        "matter": f"appointment/{APPOINTMENT}",
        "channel": Channel.EMAIL,
        "language": "de",
        "on": NOW.date(),
        "send_at": NOW,
        **changes,
    }
    return started, offered, agreed, NoticePlanned(notice=case.notice, **plan)


def _decide(case: Case, call: int, bodies: tuple[Any, ...], *, fresh: int | None = None) -> None:
    events = tuple(Event(seq=n, recorded_at=NOW, body=body) for n, body in enumerate(bodies, start=1))
    state = evolve_all(begin(case.house.office, case.journey, events[0]), events[1:])
    request = DecideRequest(
        journey=case.journey,
        office=case.house.office,
        run="run",
        call=call,
        acting=False,
        now=NOW,
        seq=len(events),
        new_events=events if fresh is None else events[-fresh:],
        facts=state.facts,
        pins=Pins(programme="p2026_0"),
    )
    answer = DecideAnswer(call=call, next_wake=None, book=EDITION, programme=EDITION, calendar=EDITION)
    with case.store.write() as session:
        projection.save_decision(session, case.store, request, answer, state_facts=state.facts, upcoming=())
