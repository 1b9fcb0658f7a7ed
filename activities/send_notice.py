"""The activity `send_notice`: hands one notice over, once in intent, and says what became of it.

A hand-over is claimed and committed before the wire is touched, so a killed attempt leaves a trace: the next
one sends the same Message-ID and marks a possible duplicate. Names and addresses are joined here, at the last
moment, and go nowhere but into the mail or the letter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import Session
from temporalio import activity
from temporalio.exceptions import ApplicationError

from domain.calendar import berlin_day
from domain.calls import SEND_NOTICE, SendAnswer, SendRequest
from domain.codes import WAITING_NOTICE
from domain.codes import Channel as Way
from domain.errors import NotFound, Permanent, Transient
from domain.events import SYSTEM
from domain.facts import CaseFacts
from domain.ids import desk_stream
from domain.model import Instant
from domain.policies import POLICIES
from notices.channel import Channel, Delivery, Outgoing
from notices.joining import Joined, Office, entry_for, values_for
from notices.letters import render_letter
from notices.texts import Rendered, render
from store import clock, ledger, people, queries
from store import notices as rows
from store.database import Store
from store.keys import KeyDestroyed
from store.participants import Identity, identity
from store.tables import NoticeRow

DELIVERED = "notice_delivered"
TO_PRINT = "notice_to_print"
_ANSWERS: Mapping[str, str] = {
    "sent": "sent",
    "to_print": "sent",
    "printed": "sent",
    "unknown": "unknown",
    "deferred": "deferred",
}
_SETTLED = ("sent", "failed", "unknown", "to_print", "printed")


@dataclass(frozen=True)
class _Ready:
    """A notice with everything that its envelope needs; shown to nobody."""

    row: NoticeRow
    joined: Joined = field(repr=False)
    who: Identity = field(repr=False)
    rendered: Rendered = field(repr=False)

    @property
    def version(self) -> str:
        """Which text really left: its language and its hash."""
        return f"{self.rendered.language}:{self.rendered.version}"


class Notices:
    """Holds what handing over needs: the store, the channel, and how offices can be reached."""

    def __init__(
        self, store: Store, channel: Channel, *, contacts: Mapping[str, Office] | None = None
    ) -> None:
        """`contacts` says how offices are reached; the others go by name and the channel's reply address."""
        self._store = store
        self._channel = channel
        self._contacts = dict(contacts or {})

    @activity.defn(name=SEND_NOTICE)
    def send_notice(self, request: SendRequest) -> SendAnswer:
        """Hand a notice over, or say what became of it earlier; the last attempt answers `deferred`.

        Idempotent by the notice's row. May raise a retryable error with codes and ids only.
        """
        with self._store.read() as session:
            row = rows.get(session, request.notice)
        if row.state not in (*WAITING_NOTICE, "handing_over"):
            return _answer_of(row)
        try:
            ready = self._ready(row, request.now)
        except KeyDestroyed:
            return self._settle(request, Delivery("failed", "key_destroyed"), noted=False)
        except Permanent as wrong:
            return self._settle(request, Delivery("failed", wrong.code))
        except Transient as away:
            return self._later(request, away.code, attempts=None)
        if row.channel == Way.EMAIL:
            return self._mail(request, ready)
        return self._lay_out_for_print(request, ready)

    def letter(self, notice: str) -> bytes:
        """The letter of a notice as PDF/UA, for the desk's printer; changes nothing."""
        with self._store.read() as session:
            row, now = rows.get(session, notice), clock.now(session)
        if row.state == "lapsed":
            raise NotFound("notice", id=notice)
        ready = self._ready(row, now)
        values = values_for(row, ready.joined)
        return render_letter(row.text, row.language, values, ready.who)

    def _mail(self, request: SendRequest, ready: _Ready) -> SendAnswer:
        if not ready.who.email:
            return self._settle(request, Delivery("failed", "no_address"))
        claim = self._claim(request)
        if not claim.granted:
            return _answer_of(claim.row)
        try:
            delivery = self._channel.deliver(_outgoing(ready, ready.who.email, request.now))
        except Transient as away:
            return self._later(request, away.code, attempts=claim.row.attempts)
        if delivery.outcome == "unknown" and not claim.row.possible_duplicate and not _last_attempt():
            # One more hand-over under the same Message-ID: a doubled reminder is better than none. The row
            # stays claimed, so that the next attempt marks it, exactly as after a kill.
            raise _retryable(request, delivery.reason)
        return self._settle(request, delivery, version=ready.version)

    def _lay_out_for_print(self, request: SendRequest, ready: _Ready) -> SendAnswer:
        with self._store.write() as session:
            claim = self._claim_in(session, request)
            if not claim.granted:
                return _answer_of(claim.row)
            facts = queries.journey_view(self._store, claim.row.journey_id, session=session).facts
            # Where the address is blocked nothing is printed either: a person says it, as the task asks.
            said = facts.address_blocked_on is not None
            row = rows.settle(
                session,
                request.notice,
                "sent" if said else "to_print",
                now=request.now,
                text_version=ready.version,
            )
            _note(session, row, DELIVERED if said else TO_PRINT, at=request.now)
        return _answer_of(row)

    def _claim(self, request: SendRequest) -> rows.Claim:
        with self._store.write() as session:
            return self._claim_in(session, request)

    def _claim_in(self, session: Session, request: SendRequest) -> rows.Claim:
        """Take the notice for handing over, unless something has stopped it by this very moment."""
        row = rows.get(session, request.notice, lock=True)
        if row.state in (*WAITING_NOTICE, "handing_over"):
            facts = queries.journey_view(self._store, row.journey_id, session=session).facts
            reason = stopped_by(facts, row)
            if reason is not None:
                return rows.Claim(_stop(session, request, row, reason), granted=False)
        return rows.claim(session, request.notice, request.now)

    def _settle(
        self, request: SendRequest, delivery: Delivery, *, version: str | None = None, noted: bool = True
    ) -> SendAnswer:
        """Row and ledger entry in one transaction; what another attempt settled first stands."""
        with self._store.write() as session:
            row = rows.get(session, request.notice, lock=True)
            if row.state in _SETTLED:
                return _answer_of(row)
            row = rows.settle(
                session,
                request.notice,
                delivery.outcome,
                now=request.now,
                reason=delivery.reason,
                text_version=version,
            )
            if noted:
                _note(session, row, DELIVERED, at=request.now)
        return _answer_of(row)

    def _later(self, request: SendRequest, code: str, *, attempts: int | None) -> SendAnswer:
        """Nothing was handed over: the row waits again, and the policy tries again until it gives up."""
        with self._store.write() as session:
            row = rows.get(session, request.notice, lock=True)
            if row.state == "handing_over" and row.attempts == attempts:
                row.state = "planned"
                session.add(row)
            if _last_attempt() and row.state in WAITING_NOTICE:
                row = rows.settle(session, request.notice, "deferred", now=request.now, reason=code)
                _note(session, row, DELIVERED, at=request.now)
        if _last_attempt():
            return SendAnswer(notice=request.notice, outcome="deferred", reason=code)
        raise _retryable(request, code) from None

    def _ready(self, row: NoticeRow, now: Instant) -> _Ready:
        with self._store.read() as session:
            view = queries.journey_view(self._store, row.journey_id, session=session)
            who = identity(self._store, row.journey_id, session=session)
            worker = people.person(session, view.facts.case_worker) if view.facts.case_worker else None
            office = people.office(session, row.office_id)
        joined = Joined(
            office=self._contacts.get(office.id) or Office(office.name, email=self._channel.reply_to),
            contact=worker.name if worker else "",
            name=who.name,
            facts=view.facts,
            plan=view.plan,
            upcoming=view.upcoming,
            written_on=berlin_day(now),
        )
        return _Ready(row, joined, who, render(row.text, row.language, values_for(row, joined)))


def stopped_by(facts: CaseFacts, row: NoticeRow) -> str | None:
    """Why a notice must not leave at this moment, whatever was planned; None if it may.

    An end and a blocked address act at once: a notice that was ordered a second before stays here.
    """
    if facts.closed_on is not None:
        return "closed"
    if facts.address_blocked_on is not None and row.channel != Way.IN_PERSON:
        return "address_blocked"
    lapsed = any(n.id == row.id and n.state == "lapsed" for n in facts.notices)
    return "lapsed" if lapsed else None


def _stop(session: Session, request: SendRequest, row: NoticeRow, reason: str) -> NoticeRow:
    """Nothing is handed over; an earlier attempt that never reported back may have been."""
    outcome: rows.Settled = "unknown" if row.state == "handing_over" else "lapsed"
    row = rows.settle(session, request.notice, outcome, now=request.now, reason=reason)
    _note(session, row, DELIVERED, at=request.now)
    return row


def _outgoing(ready: _Ready, address: str, now: Instant) -> Outgoing:
    return Outgoing(
        message_id=ready.row.message_id,
        recipient=address,
        rendered=ready.rendered,
        at=now,
        entry=entry_for(ready.row, ready.joined, title=ready.rendered.subject, at=now),
    )


def _note(session: Session, row: NoticeRow, kind: str, *, at: Instant) -> None:
    ledger.append(
        session,
        desk_stream(row.journey_id),
        office=row.office_id,
        at=at,
        actor=SYSTEM,
        type=kind,
        rule=row.rule,
        body={
            "notice": row.id,
            "text": row.text,
            "channel": row.channel,
            "outcome": row.state,
            "reason": row.reason,
            "attempts": row.attempts,
            "possible_duplicate": row.possible_duplicate,
            "text_version": row.text_version,
        },
    )


def _answer_of(row: NoticeRow) -> SendAnswer:
    reason = row.state if row.state in ("to_print", "printed", "lapsed") else row.reason or "ok"
    return SendAnswer.model_validate(
        {"notice": row.id, "outcome": _ANSWERS.get(row.state, "failed"), "reason": reason}
    )


def _last_attempt() -> bool:
    bound = POLICIES[SEND_NOTICE].attempts
    return 0 < bound <= activity.info().attempt


def _retryable(request: SendRequest, code: str) -> ApplicationError:
    # Only codes and ids: the server's own words, and the error that carried them, may hold the address.
    return ApplicationError(code, request.notice, type=Transient.__name__)
