"""MIT-02: course registration should follow without delay."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import EXCUSE, PAUSE, Facts, person, spoke, value
from rules.shape import Case, Condition, Rule, Stage, number


def _values(*more: Facts, carried: str = "duty") -> list[Facts]:
    return [
        value(1, "course_entitlement", carried, "2027-01-20"),
        value(2, "entitlement_explained", "yes", "2027-02-01"),
        value(3, "course_place", "exists", "2027-02-01"),
        *more,
    ]


def _admitted(on: str) -> Facts:
    """Somebody admitted under § 44 (4) AufenthG; BAMF stopped such admissions on 9 February 2026."""
    return person(values=[value(1, "course_entitlement", "admission", on), *_values()[1:]])


_REMIND = spoke("MIT-02", "entitlement", "2027-02-01", s1="2027-02-15")
_TASK = spoke("MIT-02", "entitlement", "2027-02-01", s1="2027-02-15", s2="2027-02-22")
_PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2027-02-08", "ended_on": "2027-02-12"}]
_OPEN = [{"id": EXCUSE, "subject": "entitlement", "reason": "childcare", "on": "2027-02-10"}]
_REJECTED = [{**_OPEN[0], "decided_on": "2027-02-12", "accepted": False}]
_CARE_OPEN = value(4, "childcare", "open", "2027-01-20")
_CARE_FROM_MARCH = value(5, "childcare", "covered", "2027-03-01")
_UNDER_THREE = (
    value(4, "childcare", "covered", "2027-01-20"),
    value(5, "child_under_three_until", "2027-12-31", "2027-01-20"),
)

RULE = Rule(
    id="MIT-02",
    version=1,
    title_de="Die Anmeldung zum Kurs soll unverzüglich erfolgen.",
    title_en="Course registration should follow without delay.",
    basis=("intv_7_2", "aufenthg_44_4", "integrationsplan"),
    since=date(2026, 1, 1),
    subject="entitlement",
    cause=(Condition("carried", "==", 1), Condition("registered", "==", 0)),
    quiet=(),
    twin=("FOE-10", "FOE-08", "entitlement_explained"),
    parameters=(
        number(
            "MIT-02.admissions",
            1,
            "n",
            "admission",
            low=1,
            high=1,
            source="§ 44 Abs. 4 AufenthG",
            since=date(2005, 1, 1),
            until=date(2026, 2, 8),
        ),
        number(
            "MIT-02.admissions",
            0,
            "n",
            "admission",
            low=0,
            high=0,
            source="BAMF, Rundschreiben vom 9. Februar 2026",
            since=date(2026, 2, 9),
        ),
        number(
            "MIT-02.remind",
            14,
            "d",
            "entitlement_explained",
            low=14,
            high=28,
            source="§ 7 Abs. 2 IntV: unverzüglich",
        ),
        number(
            "MIT-02.task",
            21,
            "d",
            "entitlement_explained",
            low=21,
            high=42,
            source="§ 7 Abs. 2 IntV: unverzüglich",
        ),
        number(
            "MIT-02.lead",
            35,
            "d",
            "entitlement_explained",
            low=28,
            high=70,
            source="§ 7 Abs. 2 IntV: unverzüglich",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="net_days_since_explained",
            after="MIT-02.remind",
            outcomes=((Outcome.REMIND, Addressee.PARTICIPANT),),
            says_de="Die Kursberechtigung ist seit {net_days_since_explained} anrechenbaren Tagen erklärt,"
            " eine Anmeldung kennen wir noch nicht. Wir erinnern und bieten Hilfe an.",
            says_en="The course entitlement was explained {net_days_since_explained} counted days ago and no"
            " registration is known. We remind and offer help.",
        ),
        Stage(
            no=2,
            field="net_days_since_explained",
            after="MIT-02.task",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Nach {net_days_since_explained} anrechenbaren Tagen ist keine Anmeldung bekannt. Bitte"
            " gemeinsam klären, was im Weg steht.",
            says_en="After {net_days_since_explained} counted days no registration is known. Please find out"
            " together what stands in the way.",
        ),
        Stage(
            no=3,
            field="net_days_since_explained",
            after="MIT-02.lead",
            outcomes=((Outcome.ESCALATE, Addressee.LEAD),),
            says_de="Nach {net_days_since_explained} anrechenbaren Tagen und einer Erinnerung ist keine"
            " Anmeldung bekannt. Die Stelle hat ihren Teil getan.",
            says_en="After {net_days_since_explained} counted days and a reminder no registration is known."
            " The office has done its part.",
        ),
    ),
    never=("notify_authority",),
    cases=(
        Case("day 13", date(2027, 2, 14), 0, person(values=_values())),
        Case("day 14", date(2027, 2, 15), 1, person(values=_values())),
        Case("day 15", date(2027, 2, 16), 1, person(values=_values())),
        Case("day 20", date(2027, 2, 21), 0, person(values=_values(), spoken=_REMIND)),
        Case("day 21", date(2027, 2, 22), 2, person(values=_values(), spoken=_REMIND)),
        Case("day 22", date(2027, 2, 23), 2, person(values=_values(), spoken=_REMIND)),
        Case("day 34", date(2027, 3, 7), 0, person(values=_values(), spoken=_TASK)),
        Case("day 35", date(2027, 3, 8), 3, person(values=_values(), spoken=_TASK)),
        Case("day 36", date(2027, 3, 9), 3, person(values=_values(), spoken=_TASK)),
        Case("a claim carries it, too", date(2027, 2, 15), 1, person(values=_values(carried="claim"))),
        Case("an admission of the last day before the stop", date(2027, 2, 15), 1, _admitted("2026-02-08")),
        Case("an admission of the day of the stop", date(2027, 2, 15), 0, _admitted("2026-02-09")),
        Case("nothing carries it", date(2027, 2, 15), 0, person(values=_values(carried="none"))),
        Case("never explained", date(2027, 2, 15), 0, person(values=_values()[:1])),
        Case(
            "registered",
            date(2027, 2, 15),
            0,
            person(values=_values(value(4, "course_registered", "yes", "2027-02-14"))),
        ),
        Case("no place is known", date(2027, 2, 15), 0, person(values=_values()[:2])),
        Case("childcare is open", date(2027, 3, 1), 0, person(values=_values(_CARE_OPEN))),
        Case("day 13 since care", date(2027, 3, 13), 0, person(values=_values(_CARE_OPEN, _CARE_FROM_MARCH))),
        Case("day 14 since care", date(2027, 3, 14), 1, person(values=_values(_CARE_OPEN, _CARE_FROM_MARCH))),
        Case("a child under three, no wish", date(2027, 2, 15), 0, person(values=_values(*_UNDER_THREE))),
        Case(
            "a child under three, and the parents wish it",
            date(2027, 2, 15),
            1,
            person(values=_values(*_UNDER_THREE, value(6, "parents_wish", "yes", "2027-01-20"))),
        ),
        Case("five paused days", date(2027, 2, 19), 0, person(values=_values(), pauses=_PAUSED)),
        Case("day 14 without five paused", date(2027, 2, 20), 1, person(values=_values(), pauses=_PAUSED)),
        Case("an open reason", date(2027, 4, 1), 0, person(values=_values(), excuses=_OPEN)),
        Case(
            "a rejected reason: two days less",
            date(2027, 2, 16),
            0,
            person(values=_values(), excuses=_REJECTED),
        ),
        Case("and then it goes on", date(2027, 2, 17), 1, person(values=_values(), excuses=_REJECTED)),
        Case("no consent, no demand", date(2027, 2, 15), 0, person(values=_values(), consents=[])),
    ),
)
