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
    HAND_OVER = "hand_over"


class ConsentOutcome(StrEnum):
    """The four outcomes of asking; refusal is a valid one. `lapsed` is no answer: the parents' one ended."""

    GIVEN = "given"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


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
    GOALS_REACHED = "goals_reached"
    OWN_WISH = "own_wish"
    TAKES_NO_PART = "takes_no_part"
    MERGED = "merged"


class ConsentBy(StrEnum):
    """Who answered: the person, or the parents of somebody who is not of age."""

    SELF = "self"
    PARENTS = "parents"


class HandOverReason(StrEnum):
    """Why an asked office returns a journey."""

    NOT_HERE = "not_here"
    NO_CAPACITY = "no_capacity"
    PAPERS_MISSING = "papers_missing"
    OTHER = "other"


class ResidenceStatus(StrEnum):
    """The residence document as a fact with its day; a prospect of staying is never computed."""

    PENDING = "pending"
    RECOGNISED = "recognised"
    SUBSIDIARY = "subsidiary"
    DEPORTATION_BAN = "deportation_ban"
    TEMPORARY_PROTECTION = "temporary_protection"
    OTHER_PERMIT = "other_permit"
    TOLERATED = "tolerated"
    REJECTED = "rejected"


class Relation(StrEnum):
    """What a person is in the household."""

    ADULT = "adult"
    CHILD = "child"
    OTHER = "other"


class ExtensionReason(StrEnum):
    """Why a journey goes on beyond its term (VwV 2023: in justified cases)."""

    COURSE_RUNNING = "course_running"
    TRAINING_BEGINNING = "training_beginning"
    ILLNESS = "illness"
    FAMILY = "family"
    HOUSING = "housing"
    LATE_BEGINNING = "late_beginning"
    OTHER = "other"


class CorrectionReason(StrEnum):
    """Why a record is put right."""

    MISTAKE = "mistake"
    LATE_EVIDENCE = "late_evidence"
    WRONG_PERSON = "wrong_person"
    OTHER_SOURCE = "other_source"


class OfferOutcome(StrEnum):
    """What became of an offer of the directory."""

    TAKEN_UP = "taken_up"
    DECLINED = "declined"


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
    SUBSTITUTE = "substitute"
    RULE_OWNER = "rule_owner"
    DATA_PROTECTION = "data_protection"


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
    """One thing that may be recorded: its allowed values, its field of life, and whether it is base data.

    `about` is the kind of thing of which a journey may have several: a child, a letter; each has a number.
    """

    code: str
    values: tuple[str, ...]
    field: Goal
    base: bool = False
    about: str = ""

    @property
    def is_day(self) -> bool:
        """True where the value is a day of its own, written YYYY-MM-DD."""
        return self.values == ("day",)

    @property
    def is_week(self) -> bool:
        """True where the value is a week of a course: seven letters, Monday to Sunday."""
        return self.values == ("week",)


# attended, no reason, reason given, ill, unexcused as confirmed by a person, disputed, cancelled, no course
COURSE_DAY = "anriudc-"
_DAY, _YES, _YES_NO = ("day",), ("yes",), ("yes", "no")
_APPLICATION = ("applied", "granted", "refused", "not_needed")
_BASE = (
    FactCode("interpreter", ("needed", "not_needed"), Goal.ORGANISATION, base=True),
    FactCode("reading", ("reads", "does_not_read"), Goal.ORGANISATION, base=True),
    FactCode("email_address", ("known", "unknown"), Goal.ORGANISATION, base=True),
    FactCode("of_age_on", _DAY, Goal.ORGANISATION, base=True),
)
_COURSE = (
    FactCode("course_entitlement", ("duty", "claim", "admission", "none"), Goal.LANGUAGE),
    FactCode("entitlement_explained", _YES, Goal.LANGUAGE),
    FactCode("course_claim_since", _DAY, Goal.LANGUAGE),
    FactCode("course_entitlement_until", _DAY, Goal.LANGUAGE),
    FactCode("course_place", ("exists", "none"), Goal.LANGUAGE),
    FactCode("course_registered", _YES_NO, Goal.LANGUAGE),
    FactCode("course_start_announced", _DAY, Goal.LANGUAGE),
    FactCode("course_started", _YES_NO, Goal.LANGUAGE),
    FactCode("course_interrupted", _YES_NO, Goal.LANGUAGE),
    FactCode("course_section_starts", _DAY, Goal.LANGUAGE),
    FactCode("course_ended", _YES, Goal.LANGUAGE),
    FactCode("cost_exemption", _APPLICATION, Goal.LANGUAGE),
    FactCode("travel_grant", _APPLICATION, Goal.LANGUAGE),
    FactCode("attendance", ("regular", "gaps", "none"), Goal.LANGUAGE),
    FactCode("course_week", ("week",), Goal.LANGUAGE),
    FactCode("certificate_shown", _YES, Goal.LANGUAGE),
    FactCode("absence_talk", ("held",), Goal.LANGUAGE),
    FactCode("course_dropped_out", _YES_NO, Goal.LANGUAGE),
    FactCode("exam_date", _DAY, Goal.LANGUAGE),
    FactCode("exam_told", _YES, Goal.LANGUAGE),
    FactCode("exam_registered", _YES, Goal.LANGUAGE),
    FactCode("exam_result", ("sat", "passed", "failed", "not_sat"), Goal.LANGUAGE),
    FactCode("language_level", ("a0", "a1", "a2", "b1", "b2", "c1", "c2"), Goal.LANGUAGE),
)
_WORK_AND_SCHOOL = (
    FactCode("bsk_issued", _DAY, Goal.WORK),
    FactCode("bsk_until", _DAY, Goal.WORK),
    FactCode("bsk_registered", _YES, Goal.WORK),
    FactCode("recognition_filed", _DAY, Goal.WORK, about="recognition"),
    FactCode("recognition_complete", _DAY, Goal.WORK, about="recognition"),
    FactCode("recognition_acknowledged", _YES, Goal.WORK, about="recognition"),
    FactCode("recognition_decided", _YES, Goal.WORK, about="recognition"),
    FactCode("recognition_stopped", _YES_NO, Goal.WORK, about="recognition"),
    FactCode("recognition_extended_until", _DAY, Goal.WORK, about="recognition"),
    FactCode("training_starts", _DAY, Goal.TRAINING),
    FactCode("school_ends", _DAY, Goal.SCHOOL),
    FactCode("transition_talk", ("offered", "held"), Goal.SCHOOL),
)
_FAMILY = (
    FactCode("childcare", ("not_needed", "open", "covered"), Goal.CHILDREN),
    FactCode("child_under_three_until", _DAY, Goal.CHILDREN),
    FactCode("parents_wish", _YES_NO, Goal.CHILDREN),
    FactCode("child_group", ("school", "daycare"), Goal.CHILDREN, about="child"),
    FactCode("child_clock_from", _DAY, Goal.CHILDREN, about="child"),
    FactCode("child_place", _YES_NO, Goal.CHILDREN, about="child"),
)
_LIVING = (
    FactCode("residence_status", tuple(ResidenceStatus), Goal.ORGANISATION),
    FactCode("benefit", ("sgb2", "sgb12", "asylblg", "other", "none"), Goal.ORGANISATION),
    FactCode("housing", ("follow_up", "own", "other"), Goal.HOUSING),
    FactCode("housing_talk", ("offered", "held"), Goal.HOUSING),
    FactCode("civic_offer", ("offered", "taken_up", "declined"), Goal.PARTICIPATION),
    FactCode("move_known", ("told", "returned_mail", "new_municipality"), Goal.HOUSING),
    FactCode("residence_rule_explained", _YES, Goal.HOUSING),
    FactCode("move_checked", _YES, Goal.HOUSING),
    FactCode("announced_absence_until", _DAY, Goal.ORGANISATION),
)
_PAPERS = (
    FactCode("plan_delay", ("interpreter", "illness", "childcare", "office", "other"), Goal.ORGANISATION),
    FactCode("term_decision", ("ends", "extended"), Goal.ORGANISATION, about="term"),
    FactCode("letter_body", ("sgb2", "asylblg"), Goal.ORGANISATION, about="letter"),
    FactCode("letter_deadline", _DAY, Goal.ORGANISATION, about="letter"),
    FactCode("letter_posted", _DAY, Goal.ORGANISATION, about="letter"),
    FactCode("letter_received", _DAY, Goal.ORGANISATION, about="letter"),
    FactCode("letter_period", ("two_weeks", "one_month"), Goal.ORGANISATION, about="letter"),
    FactCode("letter_answered", _YES, Goal.ORGANISATION, about="letter"),
    FactCode("referral", ("drafted", "approved", "sent", "withdrawn"), Goal.ORGANISATION, about="referral"),
    FactCode("referral_by", ("worker", "lead"), Goal.ORGANISATION, about="referral"),
)
_ALL = (*_BASE, *_COURSE, *_WORK_AND_SCHOOL, *_FAMILY, *_LIVING, *_PAPERS)
FACT_CODES: dict[str, FactCode] = {entry.code: entry for entry in _ALL}
BASE_STEPS = ("first_contact", "first_talk")
# The contact languages that the desk offers, as BCP 47 tags.
LANGUAGES = (
    "de", "en", "ar", "uk", "fa", "fa-AF", "ps", "kmr", "ckb", "tr", "ti",
    "so", "am", "ru", "ro", "sq", "ka", "fr", "es", "zh", "vi", "ur",
)  # fmt: skip
