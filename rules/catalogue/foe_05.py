"""FOE-05: the office keeps its own promises on time."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import OFFICE_PROMISE, OWN_STEP, PAUSE, Facts, person, spoke
from rules.shape import CONSENTED, Case, Condition, Rule, Stage, number


def _promise(**more: object) -> list[Facts]:
    fixed: Facts = {"id": OFFICE_PROMISE, "side": "office", "goal": "language", "agreed_on": "2027-02-01"}
    return [{**fixed, "due": "2027-03-01", **more}]


_SUBJECT = f"commitment/{OFFICE_PROMISE}"
_TASK = spoke("FOE-05", _SUBJECT, "2027-03-01", s1="2027-03-08")
_PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2027-03-01"}]

RULE = Rule(
    id="FOE-05",
    version=1,
    title_de="Was die Behörde zugesagt hat, hält sie fristgerecht ein.",
    title_en="The office keeps its own promises on time.",
    basis=("sgb2_14", "zielvereinbarung"),
    since=date(2026, 1, 1),
    subject="promise",
    cause=(Condition("settled", "==", 0),),
    quiet=(CONSENTED,),
    parameters=(
        number(
            "FOE-05.task",
            5,
            "AT",
            "due",
            low=1,
            high=5,
            source="§ 14 SGB II (Beratung und Unterstützung); Grundsatz: die Behörde hält, was sie zusagt",
        ),
        number(
            "FOE-05.lead",
            10,
            "AT",
            "due",
            low=3,
            high=10,
            source="§ 14 SGB II; Grundsatz: die Behörde hält, was sie zusagt",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="working_days_late",
            after="FOE-05.task",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Eine Zusage der Stelle ist seit {working_days_late} Arbeitstagen offen. Bitte einlösen"
            " oder mit der Person einen neuen Termin vereinbaren.",
            says_en="A promise of the office has been open for {working_days_late} working days. Please"
            " keep it, or agree a new date with the person.",
        ),
        Stage(
            no=2,
            field="working_days_late",
            after="FOE-05.lead",
            outcomes=((Outcome.ESCALATE, Addressee.LEAD),),
            says_de="Eine Zusage der Stelle ist seit {working_days_late} Arbeitstagen offen, auch nach der"
            " Aufgabe an die Fachkraft.",
            says_en="A promise of the office has been open for {working_days_late} working days, even after"
            " the task to the case worker.",
        ),
    ),
    never=("mark_as_done",),
    cases=(
        Case("the fourth working day", date(2027, 3, 5), 0, person(commitments=_promise())),
        Case("the weekend adds no working day", date(2027, 3, 7), 0, person(commitments=_promise())),
        Case("the fifth working day", date(2027, 3, 8), 1, person(commitments=_promise())),
        Case("the sixth working day", date(2027, 3, 9), 1, person(commitments=_promise())),
        Case("the promise is kept", date(2027, 3, 8), 0, person(commitments=_promise(kept_on="2027-03-04"))),
        Case(
            "the promise is released",
            date(2027, 3, 8),
            0,
            person(commitments=_promise(released_on="2027-03-04")),
        ),
        Case("no consent", date(2027, 3, 8), 0, person(commitments=_promise(), consents=[])),
        Case(
            "a pause does not stop the office",
            date(2027, 3, 8),
            1,
            person(commitments=_promise(), pauses=_PAUSED),
        ),
        Case("the ninth working day", date(2027, 3, 12), 0, person(commitments=_promise(), spoken=_TASK)),
        Case("the tenth working day", date(2027, 3, 15), 2, person(commitments=_promise(), spoken=_TASK)),
        Case("the eleventh working day", date(2027, 3, 16), 2, person(commitments=_promise(), spoken=_TASK)),
        Case(
            "a promise of the participant is another rule",
            date(2027, 3, 8),
            0,
            person(commitments=_promise(id=OWN_STEP, side="participant")),
        ),
        Case(
            "a new due date begins a new episode",
            date(2027, 4, 8),
            1,
            person(commitments=_promise(due="2027-04-01"), spoken=_TASK),
        ),
    ),
)
