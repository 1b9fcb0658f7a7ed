"""MIT-10: on lost contact there is a gentle inquiry, then the proposal of a pause.

The inquiry is help and is made in a pause, too; the days of a pause do not count, and none is proposed then.
"""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import PAUSE, TALK, Facts, person, spoke, value
from rules.shape import CONSENTED, Case, Rule, Stage, number

_TASK = spoke("MIT-10", "contact", "2027-02-01", s1="2027-03-03")
_LEAD = spoke("MIT-10", "contact", "2027-02-01", s1="2027-03-03", s2="2027-03-18")
_TALKED = [{"id": TALK, "talk": "other", "on": "2027-02-01"}]
_VISIT = [{"kind": "visit", "on": "2027-03-01"}]
_ATTEMPT = [{"kind": "attempt", "on": "2027-03-01"}]
_PAUSED = [{"id": PAUSE, "reason": "absence", "start": "2027-02-10"}]
_LATER = [{**_PAUSED[0], "start": "2027-03-04"}]
_FROM_45 = [{**_PAUSED[0], "start": "2027-03-19"}]
_FROM_44 = [{**_PAUSED[0], "start": "2027-03-18"}]
_FROM_60 = [{**_PAUSED[0], "start": "2027-04-02"}]
_AFTER_60 = [{**_PAUSED[0], "start": "2027-04-03", "ended_on": "2027-04-09"}]
_RESUMED = [{**_PAUSED[0], "ended_on": "2027-02-19"}]
_AWAY = [value(1, "announced_absence_until", "2027-02-20", "2027-02-02")]


def _paused(spoken: list[Facts], pauses: list[Facts]) -> Facts:
    return person(talks=_TALKED, spoken=spoken, pauses=pauses)


RULE = Rule(
    id="MIT-10",
    version=1,
    title_de="Bei Kontaktverlust wird behutsam nachgeforscht und pausiert.",
    title_en="On lost contact: gentle inquiry, then pause.",
    basis=("sorgfaltspflicht",),
    since=date(2026, 1, 1),
    subject="contact",
    cause=(),
    quiet=(CONSENTED,),
    twin=("FOE-01",),
    parameters=(
        number(
            "MIT-10.task",
            30,
            "d",
            "last_contact",
            low=21,
            high=45,
            source="Sorgfaltspflicht: behutsam nachforschen",
        ),
        number(
            "MIT-10.lead",
            45,
            "d",
            "last_contact",
            low=30,
            high=60,
            source="Sorgfaltspflicht: behutsam nachforschen",
        ),
        number(
            "MIT-10.pause",
            60,
            "d",
            "last_contact",
            low=45,
            high=90,
            source="Sorgfaltspflicht: Pause vorschlagen, ein Mensch pausiert",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="net_days_silent",
            after="MIT-10.task",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Seit {net_days_silent} Tagen gab es kein Lebenszeichen. Bitte behutsam nachfragen.",
            says_en="There has been no sign of life for {net_days_silent} days. Please inquire gently.",
        ),
        Stage(
            no=2,
            field="net_days_silent",
            after="MIT-10.lead",
            outcomes=((Outcome.ESCALATE, Addressee.LEAD),),
            says_de="Seit {net_days_silent} Tagen gab es kein Lebenszeichen, auch nach behutsamer Nachfrage.",
            says_en="There has been no sign of life for {net_days_silent} days, even after a gentle inquiry.",
        ),
        Stage(
            no=3,
            field="net_days_silent",
            after="MIT-10.pause",
            outcomes=((Outcome.PROPOSE_PAUSE, Addressee.CASE_WORKER),),
            says_de="Seit {net_days_silent} Tagen gab es kein Lebenszeichen. Vorschlag: eine Pause. Darüber"
            " entscheidet ein Mensch.",
            says_en="There has been no sign of life for {net_days_silent} days. Proposal: a pause. A person"
            " decides on it.",
        ),
    ),
    never=("report_to_authority", "pause_by_itself"),
    cases=(
        Case("29 days", date(2027, 3, 2), 0, person(talks=_TALKED)),
        Case("30 days", date(2027, 3, 3), 1, person(talks=_TALKED)),
        Case("31 days", date(2027, 3, 4), 1, person(talks=_TALKED)),
        Case("44 days", date(2027, 3, 17), 0, person(talks=_TALKED, spoken=_TASK)),
        Case("45 days", date(2027, 3, 18), 2, person(talks=_TALKED, spoken=_TASK)),
        Case("46 days", date(2027, 3, 19), 2, person(talks=_TALKED, spoken=_TASK)),
        Case("59 days", date(2027, 4, 1), 0, person(talks=_TALKED, spoken=_LEAD)),
        Case("60 days", date(2027, 4, 2), 3, person(talks=_TALKED, spoken=_LEAD)),
        Case("61 days", date(2027, 4, 3), 3, person(talks=_TALKED, spoken=_LEAD)),
        Case("a visit is a sign of life", date(2027, 3, 3), 0, person(talks=_TALKED, contacts=_VISIT)),
        Case(
            "an attempt of the office is none", date(2027, 3, 3), 1, person(talks=_TALKED, contacts=_ATTEMPT)
        ),
        Case("the clock stands still in a pause", date(2027, 4, 2), 0, person(talks=_TALKED, pauses=_PAUSED)),
        Case(
            "30 days before a pause: help speaks", date(2027, 3, 5), 1, person(talks=_TALKED, pauses=_LATER)
        ),
        Case("44 days before a pause", date(2027, 3, 25), 0, _paused(_TASK, _FROM_44)),
        Case("45 days before a pause: the lead hears of it", date(2027, 3, 25), 2, _paused(_TASK, _FROM_45)),
        Case("59 days before a pause", date(2027, 4, 5), 0, _paused(_LEAD, _FROM_60)),
        Case(
            "60 days, and nobody proposes a pause in a pause", date(2027, 4, 9), 0, _paused(_LEAD, _AFTER_60)
        ),
        Case("the proposal follows after the pause", date(2027, 4, 10), 3, _paused(_LEAD, _AFTER_60)),
        Case("ten paused days do not count", date(2027, 3, 12), 0, person(talks=_TALKED, pauses=_RESUMED)),
        Case("30 days besides the pause", date(2027, 3, 13), 1, person(talks=_TALKED, pauses=_RESUMED)),
        Case("29 days after an announced absence", date(2027, 3, 21), 0, person(talks=_TALKED, values=_AWAY)),
        Case("30 days after an announced absence", date(2027, 3, 22), 1, person(talks=_TALKED, values=_AWAY)),
        Case("nobody was ever reached, from T0", date(2027, 2, 3), 1, person()),
        Case("no consent", date(2027, 3, 3), 0, person(talks=_TALKED, consents=[])),
    ),
)
