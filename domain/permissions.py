"""Who may do what: one table, deny by default. Pages, forms, commands and the API all ask `may`."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """The six roles of an installation; a person has exactly one."""

    CASE_WORKER = "case_worker"
    LEAD = "lead"
    HEAD = "head"
    AUDITOR = "auditor"
    DPO = "dpo"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """Everything that can be allowed, written scope:resource:action and kept in this order."""

    AUDIT_JOURNEY_EXPORT = "audit:journey:export"
    AUDIT_JOURNEY_READ = "audit:journey:read"
    AUDIT_JOURNEY_SEARCH = "audit:journey:search"
    AUDIT_JOURNEY_VERIFY = "audit:journey:verify"
    HOUSE_ALLOCATION_SEND = "house:allocation:send"
    HOUSE_BOOK_APPROVE = "house:book:approve"
    HOUSE_BOOK_DRAFT = "house:book:draft"
    HOUSE_CLOCK_MOVE = "house:clock:move"
    HOUSE_CLOCK_READ = "house:clock:read"
    HOUSE_DIRECTORY_EDIT = "house:directory:edit"
    HOUSE_DIRECTORY_READ = "house:directory:read"
    HOUSE_PAGE_VISIT = "house:page:visit"
    HOUSE_RULES_READ = "house:rules:read"
    OFFICE_ABSENCE_EDIT = "office:absence:edit"
    OFFICE_ALLOCATION_ANSWER = "office:allocation:answer"
    OFFICE_APPROVAL_DECIDE = "office:approval:decide"
    OFFICE_CLOSURE_EDIT = "office:closure:edit"
    OFFICE_CLOSURE_READ = "office:closure:read"
    OFFICE_ESCALATION_ANSWER = "office:escalation:answer"
    OFFICE_ESCALATION_READ = "office:escalation:read"
    OFFICE_HAND_OVER_ANSWER = "office:hand_over:answer"
    OFFICE_JOURNEY_ASSIGN = "office:journey:assign"
    OFFICE_JOURNEY_COMMAND = "office:journey:command"
    OFFICE_JOURNEY_LIST = "office:journey:list"
    OFFICE_JOURNEY_OPEN = "office:journey:open"
    OFFICE_JOURNEY_PIN = "office:journey:pin"
    OFFICE_JOURNEY_START = "office:journey:start"
    OFFICE_JOURNEY_TAKE_OVER = "office:journey:take_over"
    OFFICE_LETTER_PRINT = "office:letter:print"
    OFFICE_MATTER_READ = "office:matter:read"
    OFFICE_TASK_READ = "office:task:read"
    OWN_PAGE_VISIT = "own:page:visit"


P = Permission
_SIGNED_IN = frozenset(
    {P.OWN_PAGE_VISIT, P.HOUSE_DIRECTORY_READ, P.HOUSE_RULES_READ, P.HOUSE_CLOCK_READ, P.HOUSE_CLOCK_MOVE}
)
_CASEWORK = frozenset(
    {
        P.HOUSE_DIRECTORY_EDIT,
        P.OFFICE_ALLOCATION_ANSWER,
        P.OFFICE_APPROVAL_DECIDE,
        P.OFFICE_CLOSURE_READ,
        P.OFFICE_HAND_OVER_ANSWER,
        P.OFFICE_JOURNEY_COMMAND,
        P.OFFICE_JOURNEY_LIST,
        P.OFFICE_JOURNEY_OPEN,
        P.OFFICE_JOURNEY_START,
        P.OFFICE_LETTER_PRINT,
        P.OFFICE_MATTER_READ,
        P.OFFICE_TASK_READ,
    }
)
_ESCALATIONS = frozenset({P.OFFICE_ESCALATION_ANSWER, P.OFFICE_ESCALATION_READ, P.OFFICE_JOURNEY_ASSIGN})
_AUDIT = frozenset(
    {P.AUDIT_JOURNEY_EXPORT, P.AUDIT_JOURNEY_READ, P.AUDIT_JOURNEY_SEARCH, P.AUDIT_JOURNEY_VERIFY}
)
PUBLIC = frozenset({P.HOUSE_PAGE_VISIT})
TABLE: dict[Role, frozenset[Permission]] = {
    Role.CASE_WORKER: _SIGNED_IN | _CASEWORK,
    Role.LEAD: _SIGNED_IN
    | _CASEWORK
    | _ESCALATIONS
    | {P.OFFICE_ABSENCE_EDIT, P.OFFICE_CLOSURE_EDIT, P.OFFICE_JOURNEY_PIN, P.OFFICE_JOURNEY_TAKE_OVER},
    Role.HEAD: _SIGNED_IN
    | _ESCALATIONS
    | {P.HOUSE_ALLOCATION_SEND, P.HOUSE_BOOK_APPROVE, P.HOUSE_BOOK_DRAFT}
    | {P.OFFICE_ABSENCE_EDIT, P.OFFICE_MATTER_READ}
    | {P.OFFICE_APPROVAL_DECIDE, P.OFFICE_HAND_OVER_ANSWER}
    | {P.OFFICE_CLOSURE_READ, P.OFFICE_JOURNEY_LIST, P.OFFICE_JOURNEY_OPEN, P.OFFICE_TASK_READ},
    Role.AUDITOR: _SIGNED_IN | _AUDIT,
    Role.DPO: _SIGNED_IN
    | {P.AUDIT_JOURNEY_READ, P.AUDIT_JOURNEY_SEARCH, P.AUDIT_JOURNEY_VERIFY, P.OFFICE_MATTER_READ},
    Role.ADMINISTRATOR: _SIGNED_IN
    | {
        P.OFFICE_MATTER_READ,
        P.HOUSE_ALLOCATION_SEND,
        P.HOUSE_BOOK_DRAFT,
        P.OFFICE_CLOSURE_EDIT,
        P.OFFICE_CLOSURE_READ,
    },
}
COMMAND_NEEDS: dict[str, Permission] = {
    "answer_escalation": P.OFFICE_ESCALATION_ANSWER,
    "assign_case_worker": P.OFFICE_JOURNEY_ASSIGN,
    "pin_book": P.OFFICE_JOURNEY_PIN,
}


@dataclass(frozen=True)
class Actor:
    """A signed-in person as the permissions see it; `chain` holds the offices that name the person as lead or head."""

    id: str
    role: Role
    office: str
    chain: frozenset[str] = field(default_factory=frozenset)


def may(actor: Actor | None, permission: Permission, journey_office: str | None = None) -> bool:
    """True only where the table allows it and, for a journey of an office, no wall stands between.

    Examiners look at every office of the installation, which is one district; everybody else stays inside the
    own office and the offices whose chain names them.
    """
    if permission in PUBLIC:
        return True
    if actor is None or permission not in TABLE.get(actor.role, frozenset()):
        return False
    if journey_office is None or permission in _AUDIT:
        return True
    return journey_office == actor.office or journey_office in actor.chain


def command_permission(kind: str) -> Permission:
    """The permission that a command of this kind needs."""
    return COMMAND_NEEDS.get(kind, P.OFFICE_JOURNEY_COMMAND)
