"""FOE-17: if the case worker is absent, the substitute takes over."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import SUBSTITUTE, TASK, WORKER, Facts, office, spoke
from rules.shape import Case, Condition, Rule, Stage, number

_TOLD = spoke("FOE-17", f"worker/{WORKER}", "2027-03-01", s1="2027-03-04")
_ASKED = spoke("FOE-17", f"worker/{WORKER}", "2027-03-01", s1="2027-03-04", s2="2027-03-11")
_HOLIDAYS = spoke("FOE-17", f"worker/{WORKER}", "2027-03-15", s1="2027-03-24")
_SUBSTITUTE_AWAY = {"worker": SUBSTITUTE, "first": "2027-03-04", "last": "2027-03-12"}


def _post(due_items: int = 2, substitute: str | None = SUBSTITUTE) -> list[Facts]:
    return [
        {
            "worker": WORKER,
            "since": "2027-01-04",
            "share": 100,
            "running_cases": 60,
            "due_items": due_items,
            "substitute": substitute,
        }
    ]


def _absent(first: str = "2027-03-01", last: str | None = None) -> Facts:
    return {"worker": WORKER, "first": first, "last": last}


def _task(
    closed_on: str | None, opened_on: str = "2027-03-04", rule: str = "FOE-17", of: str = WORKER
) -> Facts:
    return {
        "id": TASK,
        "what": "foe_17_1",
        "subject": f"worker/{of}",
        "rule": rule,
        "opened_on": opened_on,
        "answer_by": "2027-03-11",
        "closed_on": closed_on,
    }


def _away(
    *others: Facts,
    absence: Facts | None = None,
    posts: list[Facts] | None = None,
    spoken: list[Facts] | None = None,
    task: Facts | None = None,
) -> Facts:
    return office(
        posts=posts or _post(),
        absences=[absence or _absent(), *others],
        spoken=spoken or [],
        tasks=[task] if task else [],
    )


RULE = Rule(
    id="FOE-17",
    version=1,
    title_de="Fällt die Fachkraft aus, übernimmt die Vertretung.",
    title_en="If the case worker is absent, the substitute takes over.",
    basis=("rp_faq_vertretung",),
    since=date(2026, 1, 1),
    subject="absent_worker",
    cause=(Condition("due_items", ">=", 1),),
    quiet=(),
    parameters=(
        number(
            "FOE-17.task",
            3,
            "AT",
            "absence",
            low=1,
            high=5,
            source="Fragen und Antworten des Regierungspräsidiums: Vertretung; die Zahl ist Arbeitsweise",
        ),
        number(
            "FOE-17.lead",
            5,
            "AT",
            "last_stage",
            low=2,
            high=10,
            source="Arbeitsweise: fünf Arbeitstage zum Beantworten einer Aufgabe",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="working_days_absent",
            after="FOE-17.task",
            op=">",
            quiet=(Condition("substitute_present", "==", 1),),
            outcomes=((Outcome.TASK, Addressee.SUBSTITUTE),),
            says_de="Die Fachkraft fehlt, Arbeitstage bisher: {working_days_absent}, fällige Vorgänge:"
            " {due_items}. Bitte übernehmen, bis sie zurück ist.",
            says_en="The case worker is absent, working days so far: {working_days_absent}, items due:"
            " {due_items}. Please take over until they are back.",
        ),
        Stage(
            no=2,
            gap="FOE-17.lead",
            quiet=(Condition("task_closed", "==", 0),),
            outcomes=((Outcome.ESCALATE, Addressee.LEAD),),
            says_de="Die Fachkraft ist weiter abwesend, fällige Vorgänge: {due_items}. Die Aufgabe der"
            " Vertretung ist noch offen. Bitte klären, wer übernimmt.",
            says_en="The case worker is still absent; items due: {due_items}. The substitute's task is still"
            " open. Please settle who takes over.",
        ),
        Stage(
            no=3,
            field="working_days_absent",
            after="FOE-17.task",
            op=">",
            alone=True,
            quiet=(Condition("substitute_present", "==", 0),),
            outcomes=((Outcome.ESCALATE, Addressee.LEAD),),
            says_de="Die Fachkraft fehlt, Arbeitstage bisher: {working_days_absent}, fällige Vorgänge:"
            " {due_items}. Eine Vertretung ist nicht da. Bitte klären, wer übernimmt.",
            says_en="The case worker is absent, working days so far: {working_days_absent}, items due:"
            " {due_items}. No substitute is there. Please settle who takes over.",
        ),
    ),
    never=(),
    cases=(
        Case("the third working day of absence", date(2027, 3, 3), 0, _away()),
        Case("the fourth working day", date(2027, 3, 4), 1, _away()),
        Case("the fifth working day", date(2027, 3, 5), 1, _away()),
        Case("the task is given once", date(2027, 3, 5), 0, _away(spoken=_TOLD)),
        Case(
            "absent from a Friday: Monday is the second day",
            date(2027, 3, 1),
            0,
            _away(absence=_absent("2027-02-26")),
        ),
        Case("absent from a Friday: Wednesday", date(2027, 3, 3), 1, _away(absence=_absent("2027-02-26"))),
        Case(
            "absent from a Sunday, which does not count",
            date(2027, 3, 3),
            0,
            _away(absence=_absent("2027-02-28")),
        ),
        Case("absent over Easter: Wednesday", date(2027, 3, 31), 0, _away(absence=_absent("2027-03-25"))),
        Case("absent over Easter: Thursday", date(2027, 4, 1), 1, _away(absence=_absent("2027-03-25"))),
        Case(
            "the last day of the absence counts",
            date(2027, 3, 4),
            1,
            _away(absence=_absent(last="2027-03-04")),
        ),
        Case("back at work", date(2027, 3, 5), 0, _away(absence=_absent(last="2027-03-04"))),
        Case("nothing is due", date(2027, 3, 4), 0, _away(posts=_post(due_items=0))),
        Case("one thing is due", date(2027, 3, 4), 1, _away(posts=_post(due_items=1))),
        Case(
            "another worker is absent",
            date(2027, 3, 4),
            0,
            _away(absence={**_absent(), "worker": SUBSTITUTE}),
        ),
        Case("four working days later", date(2027, 3, 10), 0, _away(spoken=_TOLD)),
        Case("five working days later", date(2027, 3, 11), 2, _away(spoken=_TOLD)),
        Case("six working days later", date(2027, 3, 12), 2, _away(spoken=_TOLD)),
        Case("the lead is told once", date(2027, 3, 12), 0, _away(spoken=_ASKED)),
        Case(
            "Good Friday and Easter Monday do not count: the fourth working day",
            date(2027, 4, 1),
            0,
            _away(absence=_absent("2027-03-15"), spoken=_HOLIDAYS),
        ),
        Case(
            "and the fifth",
            date(2027, 4, 2),
            2,
            _away(absence=_absent("2027-03-15"), spoken=_HOLIDAYS),
        ),
        Case("the open task silences nothing", date(2027, 3, 11), 2, _away(spoken=_TOLD, task=_task(None))),
        Case(
            "the substitute closed the task",
            date(2027, 3, 11),
            0,
            _away(spoken=_TOLD, task=_task("2027-03-11")),
        ),
        Case(
            "closed tomorrow is open today",
            date(2027, 3, 11),
            2,
            _away(spoken=_TOLD, task=_task("2027-03-12")),
        ),
        Case(
            "a task of an absence before",
            date(2027, 3, 11),
            2,
            _away(spoken=_TOLD, task=_task("2027-02-12", "2027-02-08")),
        ),
        Case(
            "a task of another rule",
            date(2027, 3, 11),
            2,
            _away(spoken=_TOLD, task=_task("2027-03-10", rule="FOE-18")),
        ),
        Case(
            "the task of another worker",
            date(2027, 3, 11),
            2,
            _away(spoken=_TOLD, task=_task("2027-03-10", of=SUBSTITUTE)),
        ),
        Case("nobody substitutes, the third day", date(2027, 3, 3), 0, _away(posts=_post(substitute=None))),
        Case("nobody substitutes, the fourth day", date(2027, 3, 4), 3, _away(posts=_post(substitute=None))),
        Case("nobody substitutes, the fifth day", date(2027, 3, 5), 3, _away(posts=_post(substitute=None))),
        Case("the substitute is absent, too", date(2027, 3, 4), 3, _away(_SUBSTITUTE_AWAY)),
        Case("the last day of the substitute's absence", date(2027, 3, 12), 3, _away(_SUBSTITUTE_AWAY)),
        Case(
            "the substitute falls ill after the task",
            date(2027, 3, 8),
            3,
            _away({"worker": SUBSTITUTE, "first": "2027-03-08"}, spoken=_TOLD),
        ),
        Case(
            "the open task comes first of two on a day",
            date(2027, 3, 11),
            2,
            _away({"worker": SUBSTITUTE, "first": "2027-03-11"}, spoken=_TOLD),
        ),
        Case("the substitute is back", date(2027, 3, 15), 1, _away(_SUBSTITUTE_AWAY)),
    ),
)
