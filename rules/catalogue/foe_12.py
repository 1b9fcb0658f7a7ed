"""FOE-12: the periods of a recognition body are watched.

Its period ends with its last day, moved to a working day; the body is late from the day after it (A-23).
"""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import PAUSE, Facts, person, spoke, value
from rules.shape import CONSENTED, Case, Condition, Rule, Stage, number

_FIRST, _SECOND = "recognition/1", "recognition/2"
_ASKED = spoke("FOE-12", _FIRST, "2027-02-01", s1="2027-03-02")
_PAUSED = [{"id": PAUSE, "reason": "care", "start": "2027-02-15"}]


def _filed(*more: Facts, day: str = "2027-02-01") -> list[Facts]:
    return [value(1, "recognition_filed", day, day, _FIRST), *more]


_ACKNOWLEDGED = value(2, "recognition_acknowledged", "yes", "2027-02-10", _FIRST)
_COMPLETE = value(3, "recognition_complete", "2027-03-01", "2027-03-01", _FIRST)
_DECIDED = value(4, "recognition_decided", "yes", "2027-05-20", _FIRST)
_EXTENDED = value(5, "recognition_extended_until", "2027-08-01", "2027-05-20", _FIRST)


def _running(*more: Facts) -> list[Facts]:
    return _filed(_ACKNOWLEDGED, _COMPLETE, *more)


def _stop(since: str, until: str = "") -> list[Facts]:
    ends = [value(7, "recognition_stopped", "no", until, _FIRST)] if until else []
    return [value(6, "recognition_stopped", "yes", since, _FIRST), *ends]


RULE = Rule(
    id="FOE-12",
    version=1,
    title_de="Die Fristen der Anerkennungsstelle werden überwacht.",
    title_en="The recognition body's periods are watched.",
    basis=("bqfg_6", "bgb_187_193"),
    since=date(2026, 1, 1),
    subject="recognition",
    cause=(),
    quiet=(CONSENTED,),
    parameters=(
        number(
            "FOE-12.acknowledge",
            1,
            "M",
            "recognition_filed",
            low=1,
            high=1,
            source="§ 6 Abs. 2 BQFG: Empfangsbestätigung binnen eines Monats",
        ),
        number(
            "FOE-12.decide",
            3,
            "M",
            "recognition_complete",
            low=3,
            high=3,
            source="§ 6 Abs. 3 BQFG: Entscheidung binnen drei Monaten ab vollständigen Unterlagen",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="months_to_acknowledge",
            after="FOE-12.acknowledge",
            quiet=(Condition("acknowledged", "==", 0),),
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Die Anerkennungsstelle hatte einen Monat, den Empfang des Antrags zu bestätigen; eine"
            " Bestätigung ist nicht bekannt. Bitte dort nachfragen. Abgelaufene Monate seit dem Antrag:"
            " {months_to_acknowledge}.",
            says_en="The recognition body had one month to acknowledge the application; no acknowledgement"
            " is known. Please ask there. Months over since filing: {months_to_acknowledge}.",
        ),
        Stage(
            no=2,
            field="months_to_decide",
            after="FOE-12.decide",
            alone=True,
            quiet=(Condition("recognition_decided", "==", 0),),
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Die Frist der Anerkennungsstelle für ihre Entscheidung ist vorbei, eine Entscheidung"
            " ist nicht bekannt. Bitte dort nach dem Stand fragen.",
            says_en="The recognition body's period for its decision is over and no decision is known. Please"
            " ask there how things stand.",
        ),
    ),
    never=("file_for_the_person", "call_the_application_refused"),
    cases=(
        Case("the last day of the month", date(2027, 3, 1), 0, person(values=_filed())),
        Case("the day after the month", date(2027, 3, 2), 1, person(values=_filed())),
        Case("two days after the month", date(2027, 3, 3), 1, person(values=_filed())),
        Case(
            "a last day on Good Friday moves past Easter",
            date(2027, 3, 30),
            0,
            person(values=_filed(day="2027-02-26")),
        ),
        Case(
            "the day after the moved last day",
            date(2027, 3, 31),
            1,
            person(values=_filed(day="2027-02-26")),
        ),
        Case(
            "a missing day is the last of its month, here a Sunday",
            date(2027, 3, 1),
            0,
            person(values=_filed(day="2027-01-31")),
        ),
        Case("and the Monday is over", date(2027, 3, 2), 1, person(values=_filed(day="2027-01-31"))),
        Case("acknowledged", date(2027, 3, 2), 0, person(values=_filed(_ACKNOWLEDGED))),
        Case("it is asked once", date(2027, 4, 12), 0, person(values=_filed(), spoken=_ASKED)),
        Case("nothing was filed", date(2027, 6, 2), 0, person(values=[_COMPLETE])),
        Case("without consent", date(2027, 3, 2), 0, person(values=_filed(), consents=[])),
        Case("a pause does not stop it", date(2027, 3, 2), 1, person(values=_filed(), pauses=_PAUSED)),
        Case("the last day of the three months", date(2027, 6, 1), 0, person(values=_running())),
        Case("the day after the three months", date(2027, 6, 2), 2, person(values=_running())),
        Case("two days after the three months", date(2027, 6, 3), 2, person(values=_running())),
        Case(
            "the papers are not complete",
            date(2027, 6, 2),
            0,
            person(values=_filed(_ACKNOWLEDGED)),
        ),
        Case(
            "never acknowledged and not decided, the decision is asked for as well",
            date(2027, 6, 2),
            2,
            person(values=_filed(_COMPLETE), spoken=_ASKED),
        ),
        Case(
            "late with both, the acknowledgement is asked for first",
            date(2027, 6, 2),
            1,
            person(values=_filed(_COMPLETE)),
        ),
        Case(
            "decided without a word before",
            date(2027, 6, 2),
            0,
            person(values=_filed(_COMPLETE, _DECIDED), spoken=_ASKED),
        ),
        Case("acknowledged and decided", date(2027, 6, 2), 0, person(values=_running(_DECIDED))),
        Case(
            "fourteen stopped days do not count",
            date(2027, 6, 15),
            0,
            person(values=_running(*_stop("2027-04-01", "2027-04-15"))),
        ),
        Case(
            "the day after the three months without fourteen stopped days",
            date(2027, 6, 16),
            2,
            person(values=_running(*_stop("2027-04-01", "2027-04-15"))),
        ),
        Case(
            "a stop from before the complete file counts from the file on",
            date(2027, 6, 7),
            0,
            person(values=_running(*_stop("2027-02-20", "2027-03-08"))),
        ),
        Case(
            "the day after the three months without six stopped days",
            date(2027, 6, 8),
            2,
            person(values=_running(*_stop("2027-02-20", "2027-03-08"))),
        ),
        Case("its clock still stands", date(2027, 9, 1), 0, person(values=_running(*_stop("2027-04-01")))),
        Case(
            "a stop after the end changes nothing",
            date(2027, 6, 16),
            2,
            person(values=_running(*_stop("2027-06-10"))),
        ),
        Case("extended", date(2027, 6, 2), 0, person(values=_running(_EXTENDED))),
        Case(
            "the extension ends on a Sunday and moves to Monday",
            date(2027, 8, 2),
            0,
            person(values=_running(_EXTENDED)),
        ),
        Case("the day after the extension", date(2027, 8, 3), 2, person(values=_running(_EXTENDED))),
        Case(
            "a second application has its own clock",
            date(2027, 4, 13),
            1,
            person(
                values=_filed(value(8, "recognition_filed", "2027-03-12", "2027-03-12", _SECOND)),
                spoken=_ASKED,
            ),
        ),
    ),
)
