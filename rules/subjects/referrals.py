"""Subjects of what leaves the house about a person: each drafted disclosure."""

from collections.abc import Iterator

from domain.facts import CaseFacts
from rules.subjects.fields import Field, Kind, Reading, Subject, days, flag, subject


def referrals(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """Each referral that is known (QS-01); nobody approves their own draft (A-43)."""
    facts, on = reading.facts, reading.on
    for about in facts.numbered("referral", on):
        since = facts.value_since("referral", on, about)
        if since is not None:
            yield subject(
                "referral",
                _REFERRAL,
                about,
                since,
                lambda day: (on - day).days,
                drafted=facts.value("referral", on, about) == "drafted",
                drafted_by_lead=facts.value("referral_by", on, about) == "lead",
                days_since_drafted=(on - since).days,
            )


_REFERRAL: tuple[Field, ...] = (
    flag("drafted", "drafted, neither approved nor withdrawn", "entworfen, nicht freigegeben"),
    flag("drafted_by_lead", "the draft is the team lead's own", "die Teamleitung hat selbst entworfen"),
    days("days_since_drafted", "days since the draft", "Tage seit dem Entwurf"),
)
KINDS: tuple[Kind[CaseFacts], ...] = (Kind("referral", "d", _REFERRAL, referrals),)
