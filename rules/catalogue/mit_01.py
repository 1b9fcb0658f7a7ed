"""MIT-01: whoever misses an appointment is asked kindly for the reason."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import EXCUSE, OFFICE_OFFER, PAUSE, SECOND_OFFER, TALK, Facts, person, spoke, value
from rules.shape import Case, Condition, Rule, Stage, number

_SUBJECT = f"appointment/{OFFICE_OFFER}"
_MISSED: Facts = {
    "id": OFFICE_OFFER,
    "talk": "review",
    "start": "2027-02-03T09:00:00+01:00",
    "offered_on": "2027-01-20",
    "status": "missed",
    "settled_on": "2027-02-03",
}
_NEXT: Facts = {
    "id": SECOND_OFFER,
    "talk": "review",
    "start": "2027-02-10T09:00:00+01:00",
    "offered_on": "2027-02-03",
}
_SPOKE = spoke("MIT-01", _SUBJECT, "2027-02-03", s1="2027-02-05")
_EXCUSED = [{"id": EXCUSE, "subject": _SUBJECT, "reason": "illness", "on": "2027-02-04"}]
_REJECTED = [{**_EXCUSED[0], "decided_on": "2027-02-04", "accepted": False}]
_ONE_DAY = [{"id": PAUSE, "reason": "illness", "start": "2027-02-04", "ended_on": "2027-02-04"}]
_ILLITERATE = [value(1, "reading", "does_not_read", "2027-01-04")]
_NEEDED = [value(1, "interpreter", "needed", "2027-01-04")]

RULE = Rule(
    id="MIT-01",
    version=1,
    title_de="Wer einen Termin versäumt, wird freundlich nach dem Grund gefragt.",
    title_en="Whoever misses an appointment is asked kindly for the reason.",
    basis=("integrationsplan",),
    since=date(2026, 1, 1),
    subject="no_show",
    cause=(
        Condition("reason_known", "==", 0),
        Condition("talked_since", "==", 0),
    ),
    quiet=(),
    twin=("FOE-02", "told_in_person"),
    parameters=(
        number(
            "MIT-01.ask",
            2,
            "AT",
            "no_show",
            low=1,
            high=5,
            source="Integrationsplan: freundliche Nachfrage nach zwei Arbeitstagen",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="net_working_days",
            after="MIT-01.ask",
            outcomes=((Outcome.REMIND, Addressee.PARTICIPANT),),
            says_de="Der Termin liegt {net_working_days} Arbeitstage zurück und wir haben uns nicht"
            " gesehen. Wir fragen freundlich nach dem Grund und bieten einen neuen Termin an, falls noch"
            " keiner angeboten ist.",
            says_en="The appointment was {net_working_days} working days ago and we did not meet. We ask"
            " kindly for the reason and offer a new date unless one is offered already.",
        ),
    ),
    never=("call_it_a_breach",),
    cases=(
        Case("the first working day after", date(2027, 2, 4), 0, person(appointments=[_MISSED])),
        Case("the second working day after", date(2027, 2, 5), 1, person(appointments=[_MISSED])),
        Case("a day later", date(2027, 2, 6), 1, person(appointments=[_MISSED])),
        Case(
            "every no-show is asked about once",
            date(2027, 3, 5),
            0,
            person(appointments=[_MISSED], spoken=_SPOKE),
        ),
        Case("a reason was given", date(2027, 2, 5), 0, person(appointments=[_MISSED], excuses=_EXCUSED)),
        Case(
            "a reason that was rejected",
            date(2027, 2, 8),
            0,
            person(appointments=[_MISSED], excuses=_REJECTED),
        ),
        Case(
            "a new date was offered, and the reason is still asked for",
            date(2027, 2, 5),
            1,
            person(appointments=[_MISSED, _NEXT]),
        ),
        Case(
            "a talk was held",
            date(2027, 2, 5),
            0,
            person(appointments=[_MISSED], talks=[{"id": TALK, "talk": "other", "on": "2027-02-04"}]),
        ),
        Case(
            "a cancellation is no no-show",
            date(2027, 2, 5),
            0,
            person(appointments=[{**_MISSED, "status": "cancelled", "cancelled_by": "participant"}]),
        ),
        Case(
            "the interpreter did not come",
            date(2027, 2, 5),
            0,
            person(appointments=[{**_MISSED, "interpreter": "failed"}], values=_NEEDED),
        ),
        Case(
            "the invitation was not in the person's language",
            date(2027, 2, 5),
            0,
            person(appointments=[{**_MISSED, "invited_in_language": False}]),
        ),
        Case(
            "who does not read got a letter only",
            date(2027, 2, 5),
            0,
            person(appointments=[_MISSED], values=_ILLITERATE),
        ),
        Case(
            "who does not read was told by telephone",
            date(2027, 2, 5),
            1,
            person(
                appointments=[_MISSED], values=_ILLITERATE, contacts=[{"kind": "call", "on": "2027-01-28"}]
            ),
        ),
        Case(
            "a paused day does not count",
            date(2027, 2, 5),
            0,
            person(appointments=[_MISSED], pauses=_ONE_DAY),
        ),
        Case(
            "two days besides the pause", date(2027, 2, 8), 1, person(appointments=[_MISSED], pauses=_ONE_DAY)
        ),
        Case("no consent, no demand", date(2027, 2, 5), 0, person(appointments=[_MISSED], consents=[])),
    ),
)
