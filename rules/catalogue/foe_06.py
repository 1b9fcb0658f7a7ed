"""FOE-06: the course claim must not lapse unnoticed after one year."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import PAUSE, Facts, person, spoke, value
from rules.shape import CONSENTED, Case, Condition, Rule, Stage, number

_FIRST = spoke("FOE-06", "claim", "2027-01-20", s1="2027-10-20")
_SECOND = spoke("FOE-06", "claim", "2027-01-20", s1="2027-10-20", s2="2027-12-20")
_SECOND_EARLY = spoke("FOE-06", "claim", "2027-01-20", s1="2027-10-04", s2="2027-12-04")
_FIRST_LATE = spoke("FOE-06", "claim", "2027-01-20", s1="2027-12-20")
_SECOND_LATE = spoke("FOE-06", "claim", "2027-01-20", s1="2027-12-20", s2="2028-02-20")
_PAUSED = [{"id": PAUSE, "reason": "illness", "start": "2027-10-01"}]
_STEP = [{"step": "course_registration", "on": "2027-10-19"}]


def _values(*more: Facts, since: str = "2027-01-20") -> list[Facts]:
    return [value(1, "course_claim_since", since, since), *more]


RULE = Rule(
    id="FOE-06",
    version=1,
    title_de="Der Kursanspruch darf nicht unbemerkt nach einem Jahr erlöschen.",
    title_en="The course claim must not lapse unnoticed after one year.",
    basis=("aufenthg_44_2", "aufenthg_44_1"),
    since=date(2026, 1, 1),
    subject="claim",
    cause=(Condition("registered", "==", 0),),
    quiet=(CONSENTED,),
    parameters=(
        number(
            "FOE-06.first",
            9,
            "M",
            "permit",
            low=6,
            high=9,
            source="§ 44 Abs. 2 AufenthG: ein Jahr; Arbeitsweise: drei Monate vorher",
        ),
        number(
            "FOE-06.second",
            11,
            "M",
            "permit",
            low=9,
            high=11,
            source="§ 44 Abs. 2 AufenthG: ein Jahr; Arbeitsweise: ein Monat vorher",
        ),
        number(
            "FOE-06.lead",
            11.5,
            "M",
            "permit",
            low=10,
            high=11.5,
            source="§ 44 Abs. 2 AufenthG: ein Jahr; § 189 Abs. 2 BGB: der halbe Monat hat 15 Tage",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="half_months_since_claim",
            after="FOE-06.first",
            outcomes=((Outcome.REMIND, Addressee.PARTICIPANT), (Outcome.TASK, Addressee.CASE_WORKER)),
            says_de="Der Aufenthaltstitel mit Kursanspruch wurde vor {half_months_since_claim} Monaten"
            " erteilt, eine Anmeldung kennen wir noch nicht. Das Gesetz nennt ein Jahr: bitte gemeinsam einen"
            " Kursplatz suchen und anmelden.",
            says_en="The permit that gives the claim to a course was issued {half_months_since_claim} months"
            " ago and no registration is known yet. The law names one year: please look for a place"
            " and register together.",
        ),
        Stage(
            no=2,
            field="half_months_since_claim",
            after="FOE-06.second",
            outcomes=((Outcome.REMIND, Addressee.PARTICIPANT), (Outcome.TASK, Addressee.CASE_WORKER)),
            says_de="Der Kursanspruch besteht seit {half_months_since_claim} Monaten, das Gesetz nennt ein"
            " Jahr; eine Anmeldung kennen wir noch nicht. Bitte jetzt zum Träger begleiten oder dort nachfragen.",
            says_en="The claim to a course has stood for {half_months_since_claim} months, the law names one"
            " year; no registration is known yet. Please accompany the person to a provider now, or ask there.",
        ),
        Stage(
            no=3,
            field="half_months_since_claim",
            after="FOE-06.lead",
            outcomes=((Outcome.ESCALATE, Addressee.LEAD),),
            says_de="Der Kursanspruch besteht seit {half_months_since_claim} Monaten, nach zwei Hinweisen"
            " ist keine Anmeldung bekannt. Bitte klären, wie sie noch gelingt, und Gründe festhalten, die die"
            " Person nicht zu vertreten hat.",
            says_en="The claim to a course has stood for {half_months_since_claim} months; after two"
            " notices no registration is known. Please find out how it can still succeed, and record reasons"
            " that the person is not responsible for.",
        ),
    ),
    never=("declare_it_lapsed",),
    cases=(
        Case("the day before month 9", date(2027, 10, 19), 0, person(values=_values())),
        Case("month 9", date(2027, 10, 20), 1, person(values=_values())),
        Case("the day after month 9", date(2027, 10, 21), 1, person(values=_values())),
        Case("the day before month 11", date(2027, 12, 19), 0, person(values=_values(), spoken=_FIRST)),
        Case("month 11", date(2027, 12, 20), 2, person(values=_values(), spoken=_FIRST)),
        Case("the day after month 11", date(2027, 12, 21), 2, person(values=_values(), spoken=_FIRST)),
        Case("the day before month 11.5", date(2028, 1, 3), 0, person(values=_values(), spoken=_SECOND)),
        Case("month 11 and 15 days", date(2028, 1, 4), 3, person(values=_values(), spoken=_SECOND)),
        Case("the day after month 11.5", date(2028, 1, 5), 3, person(values=_values(), spoken=_SECOND)),
        Case(
            "a second notice given early brings the third no earlier",
            date(2028, 1, 3),
            0,
            person(values=_values(), spoken=_SECOND_EARLY),
        ),
        Case(
            "it speaks after the year, too, and calls nothing lapsed",
            date(2028, 3, 1),
            3,
            person(values=_values(), spoken=_SECOND),
        ),
        Case("found late, it begins with the first", date(2028, 1, 4), 1, person(values=_values())),
        Case(
            "two months less a day after a late first",
            date(2028, 2, 19),
            0,
            person(values=_values(), spoken=_FIRST_LATE),
        ),
        Case(
            "two months after a late first",
            date(2028, 2, 20),
            2,
            person(values=_values(), spoken=_FIRST_LATE),
        ),
        Case(
            "14 days after a late second", date(2028, 3, 5), 0, person(values=_values(), spoken=_SECOND_LATE)
        ),
        Case(
            "15 days after a late second", date(2028, 3, 6), 3, person(values=_values(), spoken=_SECOND_LATE)
        ),
        Case(
            "28 February 2028 is not yet month 9 after 31 May",
            date(2028, 2, 28),
            0,
            person(values=_values(since="2027-05-31")),
        ),
        Case(
            "29 February 2028 is month 9 after 31 May",
            date(2028, 2, 29),
            1,
            person(values=_values(since="2027-05-31")),
        ),
        Case("the day before a Saturday", date(2027, 11, 5), 0, person(values=_values(since="2027-02-06"))),
        Case("a Saturday moves nothing", date(2027, 11, 6), 1, person(values=_values(since="2027-02-06"))),
        Case(
            "neither does a public holiday, 3 October 2027, a Sunday",
            date(2027, 10, 3),
            1,
            person(values=_values(since="2027-01-03")),
        ),
        Case("no claim is recorded", date(2027, 10, 20), 0, person()),
        Case(
            "registered",
            date(2027, 10, 20),
            0,
            person(values=_values(value(2, "course_registered", "yes", "2027-10-20"))),
        ),
        Case(
            "registered tomorrow is not registered",
            date(2027, 10, 20),
            1,
            person(values=_values(value(2, "course_registered", "yes", "2027-10-21"))),
        ),
        Case(
            "the registration was taken back",
            date(2027, 10, 20),
            1,
            person(
                values=_values(
                    value(2, "course_registered", "yes", "2027-05-03"),
                    value(3, "course_registered", "no", "2027-06-01"),
                )
            ),
        ),
        Case("the step is done", date(2027, 10, 20), 0, person(values=_values(), steps=_STEP)),
        Case(
            "the course has begun",
            date(2027, 10, 20),
            0,
            person(values=_values(value(2, "course_started", "yes", "2027-09-01"))),
        ),
        Case(
            "another day of issue counts from when it is known",
            date(2027, 10, 20),
            0,
            person(values=_values(value(2, "course_claim_since", "2027-02-20", "2027-10-20"))),
        ),
        Case("a pause stops no year", date(2027, 10, 20), 1, person(values=_values(), pauses=_PAUSED)),
        Case("no consent", date(2027, 10, 20), 0, person(values=_values(), consents=[])),
    ),
)
