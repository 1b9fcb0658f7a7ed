"""The vocabulary of a journey: every code that a fact, a command or an event may carry."""

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Who made a promise."""

    OFFICE = "office"
    PARTICIPANT = "participant"


class Purpose(StrEnum):
    """What consent is given for (GDPR Art. 7, § 67b (2) SGB X): each purpose is asked for by itself."""

    CASEWORK = "casework"
    EMAIL = "email"
    ATTENDANCE = "attendance"


class ConsentOutcome(StrEnum):
    """The four outcomes of asking; refusal is a valid one."""

    GIVEN = "given"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class AppointmentStatus(StrEnum):
    """Where an appointment stands."""

    OFFERED = "offered"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    KEPT = "kept"
    MISSED = "missed"


OPEN_APPOINTMENT = (AppointmentStatus.OFFERED, AppointmentStatus.CONFIRMED)
WAITING_NOTICE = ("planned", "deferred")


class Interpreter(StrEnum):
    """The office's part in being understood."""

    NOT_NEEDED = "not_needed"
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    FAILED = "failed"
    DECLINED = "declined"


class TalkKind(StrEnum):
    """What a talk is about; `review` is the half-year Standortgespräch."""

    FIRST = "first_talk"
    REVIEW = "review"
    HANDOVER = "handover"
    OTHER = "other"


class ContactKind(StrEnum):
    """Signs of life from the person, and the office's own attempts, which are none (A-17)."""

    VISIT = "visit"
    CALL = "call"
    MESSAGE = "message"
    HELPER = "helper"
    ATTEMPT = "attempt"


class ExcuseReason(StrEnum):
    """Reason codes; the evidence and the diagnosis stay outside."""

    ILLNESS = "illness"
    CHILD_ILL = "child_ill"
    CHILDCARE = "childcare"
    APPOINTMENT_ELSEWHERE = "appointment_elsewhere"
    NO_INTERPRETER = "no_interpreter"
    NOT_UNDERSTOOD = "not_understood"
    NO_PLACE = "no_place"
    NO_TICKET = "no_ticket"
    WORK = "work"
    FAMILY = "family"
    OTHER = "other"


class PauseReason(StrEnum):
    """Why demands stand still; a named person pauses, never the machine."""

    ILLNESS = "illness"
    PREGNANCY = "pregnancy"
    PARENTAL = "parental"
    CARE = "care"
    ABSENCE = "absence"
    CONTACT_LOST = "contact_lost"
    OTHER = "other"


class CloseReason(StrEnum):
    """How a journey ends; the first two act at once."""

    CONSENT_REFUSED = "consent_refused"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    DEATH = "death"
    TERM_ENDED = "term_ended"
    HANDED_OVER = "handed_over"
    MOVED_AWAY = "moved_away"
    CONTACT_LOST = "contact_lost"


class Answer(StrEnum):
    """How a person answers an escalation; every answer but `pass_up` silences the matter for a while."""

    TAKE_OVER = "take_over"
    RETURN = "return"
    EXTEND = "extend"
    EXCUSE = "excuse"
    CLOSE = "close"
    PASS_UP = "pass_up"


class Outcome(StrEnum):
    """What a stage of a rule makes happen; nothing else can."""

    REMIND = "remind"
    TASK = "task"
    ESCALATE = "escalate"
    PROPOSE_REFERRAL = "propose_referral"
    PROPOSE_PAUSE = "propose_pause"
    PROPOSE_END = "propose_end"


class Addressee(StrEnum):
    """Whom an outcome is for."""

    PARTICIPANT = "participant"
    CASE_WORKER = "case_worker"
    LEAD = "lead"
    HEAD = "head"


class Channel(StrEnum):
    """How a notice reaches a person. `letter` and `in_person` end as a task with a printed letter."""

    EMAIL = "email"
    LETTER = "letter"
    IN_PERSON = "in_person"


class Goal(StrEnum):
    """The fields of the integration plan; `organisation` is for what belongs to none of them."""

    LANGUAGE = "language"
    SCHOOL = "school"
    TRAINING = "training"
    WORK = "work"
    HOUSING = "housing"
    HEALTH = "health"
    PARTICIPATION = "participation"
    CHILDREN = "children"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class FactCode:
    """One thing that may be recorded: its allowed values, its field of life, and whether it is base data."""

    code: str
    values: tuple[str, ...]
    field: Goal
    base: bool = False

    @property
    def is_day(self) -> bool:
        """True where the value is a day of its own, written YYYY-MM-DD."""
        return self.values == ("day",)


_BASE = (
    FactCode("interpreter", ("needed", "not_needed"), Goal.ORGANISATION, base=True),
    FactCode("reading", ("reads", "does_not_read"), Goal.ORGANISATION, base=True),
    FactCode("email_address", ("known", "unknown"), Goal.ORGANISATION, base=True),
)
_CASEWORK = (
    FactCode("course_entitlement", ("duty", "claim", "admission", "none"), Goal.LANGUAGE),
    FactCode("entitlement_explained", ("yes",), Goal.LANGUAGE),
    FactCode("course_place", ("exists", "none"), Goal.LANGUAGE),
    FactCode("course_registered", ("yes", "no"), Goal.LANGUAGE),
    FactCode("course_started", ("yes", "no"), Goal.LANGUAGE),
    FactCode("course_ended", ("yes",), Goal.LANGUAGE),
    FactCode("attendance", ("regular", "gaps", "none"), Goal.LANGUAGE),
    FactCode("childcare", ("not_needed", "open", "covered"), Goal.CHILDREN),
    FactCode("child_under_three_until", ("day",), Goal.CHILDREN),
    FactCode("parents_wish", ("yes", "no"), Goal.CHILDREN),
    FactCode("plan_delay", ("interpreter", "illness", "childcare", "office", "other"), Goal.ORGANISATION),
    FactCode("announced_absence_until", ("day",), Goal.ORGANISATION),
    FactCode("language_level", ("a0", "a1", "a2", "b1", "b2", "c1", "c2"), Goal.LANGUAGE),
)
FACT_CODES: dict[str, FactCode] = {entry.code: entry for entry in (*_BASE, *_CASEWORK)}
BASE_STEPS = ("first_contact", "first_talk")
# The contact languages that the desk offers, as BCP 47 tags.
LANGUAGES = (
    "de", "en", "ar", "uk", "fa", "fa-AF", "ps", "kmr", "ckb", "tr", "ti",
    "so", "am", "ru", "ro", "sq", "ka", "fr", "es", "zh", "vi", "ur",
)  # fmt: skip
