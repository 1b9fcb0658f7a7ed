"""What one person alone cannot do: a second one has to agree, and never the same in another role."""

from datetime import date

from domain.calendar import add_months
from domain.codes import CloseReason
from domain.commands import Body, CloseJourney, Command, RecordTalk
from domain.errors import Refusal
from domain.facts import CaseFacts

TWO_PEOPLE = ("extend_term", "merge_into", "absorb_duplicate", "unblock_address")
# These act at once: nobody may have to wait for a signature (design.md section 4).
AT_ONCE = (CloseReason.DEATH, CloseReason.CONSENT_REFUSED, CloseReason.CONSENT_WITHDRAWN)


def needs_second_person(facts: CaseFacts, body: Body, today: date) -> bool:
    """True for extension, early end, "takes no part", merging, and lifting an address block.

    What is settled inside a talk is no way around it. An accepted hand-over ends the journey here with the word of
    another office, which is a second person.
    """
    if isinstance(body, RecordTalk):
        return any(needs_second_person(facts, item, today) for item in body.settles)
    if isinstance(body, CloseJourney):
        early = today < add_months(facts.t0, facts.term_months)
        return body.reason not in AT_ONCE and (early or body.reason == CloseReason.TAKES_NO_PART)
    return body.kind in TWO_PEOPLE


def expect_second_person(facts: CaseFacts, command: Command, today: date) -> None:
    """Refuse what needs two people and comes from one; persons are compared, not roles (A-43)."""
    own = {command.actor, command.on_behalf}
    if needs_second_person(facts, command.body, today) and not set(command.approvals) - own:
        raise Refusal("second_person_needed", command=command.body.kind)
