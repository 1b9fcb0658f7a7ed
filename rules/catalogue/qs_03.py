"""QS-03: data are erased when the time of keeping them is over; a person erases, never the machine."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import JOURNEY, Facts, office, spoke
from rules.shape import Case, Condition, Rule, Stage, number

_OWN = "Vorschlag des Hauses; Art. 17 DSGVO und die Norm nennen keine Monate"
_TOLD = spoke("QS-03", f"retention/{JOURNEY}/notes", "2028-02-28", s1="2028-02-29")


def _kept(of: str, closed_on: str = "2027-02-28", **recorded: object) -> Facts:
    return {"journey": JOURNEY, "data": of, "closed_on": closed_on, **recorded}


def _office(of: str, closed_on: str = "2027-02-28", **recorded: object) -> Facts:
    return office(retentions=[_kept(of, closed_on, **recorded)])


RULE = Rule(
    id="QS-03",
    version=1,
    title_de="Nach Fristende wird gelöscht.",
    title_en="Data are erased when their period ends.",
    basis=("dsgvo_17", "din_66398"),
    since=date(2026, 1, 1),
    subject="retention",
    cause=(Condition("erased", "==", 0),),
    quiet=(Condition("held", "==", 0),),
    parameters=(
        number("QS-03.erase", 1, "d", "last_day_of_keeping", low=1, high=1, source="Art. 17 Abs. 1 DSGVO"),
        number("QS-03.plan", 36, "M", "closing", low=12, high=36, source=_OWN),
        number("QS-03.notes", 12, "M", "closing", low=3, high=12, source=_OWN),
        number("QS-03.access_log", 12, "M", "closing", low=6, high=12, source=_OWN),
        number("QS-03.history", 72, "M", "closing", low=36, high=72, source=_OWN),
    ),
    stages=(
        Stage(
            no=1,
            field="days_since_last_day",
            after="QS-03.erase",
            outcomes=((Outcome.TASK, Addressee.DATA_PROTECTION),),
            says_de="Die Aufbewahrung dieser Daten ist zu Ende, Tage seit ihrem letzten Tag:"
            " {days_since_last_day}. Bitte die Löschung prüfen und vornehmen.",
            says_en="The time of keeping these data is over, days since its last day: {days_since_last_day}."
            " Please check their erasure and carry it out.",
        ),
    ),
    never=("erase_by_itself", "erase_under_hold"),
    cases=(
        Case("notes: the day before the last day", date(2028, 2, 27), 0, _office("notes")),
        Case("notes: the last day of twelve months", date(2028, 2, 28), 0, _office("notes")),
        Case("notes: the day after", date(2028, 2, 29), 1, _office("notes")),
        Case("notes: two days after", date(2028, 3, 1), 1, _office("notes")),
        Case("closed on 29 February: its last day", date(2029, 2, 28), 0, _office("notes", "2028-02-29")),
        Case("closed on 29 February: the day after", date(2029, 3, 1), 1, _office("notes", "2028-02-29")),
        Case("access log: the last day", date(2028, 2, 28), 0, _office("access_log")),
        Case("access log: the day after", date(2028, 2, 29), 1, _office("access_log")),
        Case("plan: the last day of 36 months", date(2030, 2, 28), 0, _office("plan")),
        Case("plan: the day after, a Friday", date(2030, 3, 1), 1, _office("plan")),
        Case("history: the last day of 72 months", date(2033, 2, 28), 0, _office("history")),
        Case("history: the day after", date(2033, 3, 1), 1, _office("history")),
        Case("a last day on a Saturday does not move", date(2028, 4, 2), 1, _office("notes", "2027-04-01")),
        Case(
            "told once",
            date(2028, 3, 2),
            0,
            office(retentions=[_kept("notes")], spoken=_TOLD),
        ),
        Case("erased today", date(2028, 2, 29), 0, _office("notes", erased_on="2028-02-29")),
        Case("erased tomorrow", date(2028, 2, 29), 1, _office("notes", erased_on="2028-03-01")),
        Case("under a hold", date(2028, 2, 29), 0, _office("notes", held=True)),
        Case("withdrawn tomorrow", date(2027, 5, 9), 0, _office("plan", withdrawn_on="2027-05-10")),
        Case("withdrawn today", date(2027, 5, 10), 1, _office("plan", withdrawn_on="2027-05-10")),
        Case("withdrawn yesterday", date(2027, 5, 11), 1, _office("plan", withdrawn_on="2027-05-10")),
        Case(
            "withdrawn, and under a hold",
            date(2027, 5, 10),
            0,
            _office("plan", withdrawn_on="2027-05-10", held=True),
        ),
        Case(
            "withdrawn long after: not known yet",
            date(2028, 2, 29),
            1,
            _office("notes", withdrawn_on="2029-01-10"),
        ),
        Case(
            "a withdrawal after the period begins nothing anew",
            date(2029, 1, 11),
            0,
            office(retentions=[_kept("notes", withdrawn_on="2029-01-10")], spoken=_TOLD),
        ),
        Case("closed tomorrow", date(2027, 2, 27), 0, _office("notes", withdrawn_on="2027-01-11")),
    ),
)
