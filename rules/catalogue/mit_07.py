"""MIT-07: the final test belongs to the course; if no result is known, the person is asked, not blamed."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import EXCUSE, OFFICE_PROMISE, PAUSE, Facts, person, value
from rules.shape import Case, Condition, Rule, Stage, number

_TOLD = value(1, "exam_told", "yes", "2027-01-20")
_REGISTERED = value(2, "exam_registered", "yes", "2027-01-20")
_EXAM = value(3, "exam_date", "2027-02-03", "2027-01-20")
_ONE_DAY = [{"id": PAUSE, "reason": "illness", "start": "2027-02-05", "ended_on": "2027-02-05"}]
_PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2027-02-10"}]
_REASON: Facts = {"id": EXCUSE, "subject": "exam", "reason": "illness", "on": "2027-02-03"}
_PROMISED: Facts = {
    "id": OFFICE_PROMISE,
    "side": "office",
    "goal": "language",
    "agreed_on": "2027-01-20",
    "due": "2027-02-01",
}


def _values(*more: Facts) -> list[Facts]:
    return [_TOLD, _REGISTERED, *(more or (_EXAM,))]


def _told_late() -> Facts:
    return person(values=[value(1, "exam_told", "yes", "2027-02-08"), _REGISTERED, _EXAM])


RULE = Rule(
    id="MIT-07",
    version=1,
    title_de="Zum Kurs gehört der Abschlusstest.",
    title_en="The final test belongs to the course.",
    basis=("intv_17_1", "intv_14_6"),
    since=date(2026, 1, 1),
    subject="exam",
    cause=(Condition("result_known", "==", 0),),
    quiet=(),
    twin=("exam_told", "exam_registered", "FOE-05"),
    parameters=(
        number(
            "MIT-07.remind",
            5,
            "AT",
            "exam",
            low=5,
            high=15,
            source="Arbeitsweise: fünf Arbeitstage nach dem Test",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="net_working_days",
            after="MIT-07.remind",
            outcomes=((Outcome.REMIND, Addressee.PARTICIPANT), (Outcome.TASK, Addressee.CASE_WORKER)),
            says_de="Der Tag des Tests liegt {net_working_days} anrechenbare Arbeitstage zurück, ein Ergebnis"
            " ist noch nicht bekannt. Wir fragen freundlich, wie es war; die Fachkraft sucht einen neuen"
            " Termin, falls einer gebraucht wird.",
            says_en="The day of the test was {net_working_days} counted working days ago, and no result is"
            " known yet. We ask kindly how it went; the case worker looks for a new date if one is needed.",
        ),
    ),
    never=(),
    cases=(
        Case("four working days", date(2027, 2, 9), 0, person(values=_values())),
        Case("five working days", date(2027, 2, 10), 1, person(values=_values())),
        Case("six working days", date(2027, 2, 11), 1, person(values=_values())),
        Case("the test is still to come", date(2027, 1, 29), 0, person(values=_values())),
        Case("no test is known", date(2027, 2, 10), 0, person(values=[_TOLD, _REGISTERED])),
        Case(
            "a test on a Saturday: four working days",
            date(2027, 2, 11),
            0,
            person(values=_values(value(3, "exam_date", "2027-02-06", "2027-01-20"))),
        ),
        Case(
            "a test on a Saturday: five working days",
            date(2027, 2, 12),
            1,
            person(values=_values(value(3, "exam_date", "2027-02-06", "2027-01-20"))),
        ),
        Case(
            "four working days over Easter",
            date(2027, 4, 1),
            0,
            person(values=_values(value(3, "exam_date", "2027-03-24", "2027-01-20"))),
        ),
        Case(
            "five working days over Easter",
            date(2027, 4, 2),
            1,
            person(values=_values(value(3, "exam_date", "2027-03-24", "2027-01-20"))),
        ),
        Case(
            "a result on the day of the test",
            date(2027, 2, 10),
            0,
            person(values=_values(_EXAM, value(4, "exam_result", "sat", "2027-02-03"))),
        ),
        Case(
            "it is known that the test was not taken",
            date(2027, 2, 10),
            0,
            person(values=_values(_EXAM, value(4, "exam_result", "not_sat", "2027-02-10"))),
        ),
        Case(
            "the result of an earlier test",
            date(2027, 2, 10),
            1,
            person(values=_values(_EXAM, value(4, "exam_result", "failed", "2027-02-02"))),
        ),
        Case(
            "the test was moved",
            date(2027, 2, 10),
            0,
            person(values=_values(_EXAM, value(4, "exam_date", "2027-03-03", "2027-02-02"))),
        ),
        Case("nobody told the person of the test", date(2027, 2, 10), 0, person(values=[_REGISTERED, _EXAM])),
        Case("nobody registered the person", date(2027, 2, 10), 0, person(values=[_TOLD, _EXAM])),
        Case("told late: four working days", date(2027, 2, 11), 0, _told_late()),
        Case("told late: five working days", date(2027, 2, 12), 1, _told_late()),
        Case(
            "the office owes its share for the language",
            date(2027, 2, 10),
            0,
            person(values=_values(), commitments=[_PROMISED]),
        ),
        Case(
            "a promise for something else",
            date(2027, 2, 10),
            1,
            person(values=_values(), commitments=[{**_PROMISED, "goal": "housing"}]),
        ),
        Case("an open reason", date(2027, 2, 10), 0, person(values=_values(), excuses=[_REASON])),
        Case(
            "the day of the test is disputed",
            date(2027, 2, 10),
            0,
            person(values=_values({**_EXAM, "disputed": True})),
        ),
        Case("paused", date(2027, 2, 10), 0, person(values=_values(), pauses=_PAUSED)),
        Case("a paused day does not count", date(2027, 2, 10), 0, person(values=_values(), pauses=_ONE_DAY)),
        Case("five days besides the pause", date(2027, 2, 11), 1, person(values=_values(), pauses=_ONE_DAY)),
        Case("no consent, no demand", date(2027, 2, 10), 0, person(values=_values(), consents=[])),
    ),
)
