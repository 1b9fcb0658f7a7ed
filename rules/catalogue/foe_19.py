"""FOE-19: a contact into volunteering or a club is offered, twice, and nobody has to take it up."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import PAUSE, Facts, person, spoke, value
from rules.shape import CONSENTED, Case, Condition, Rule, Stage, number

_ONE = spoke("FOE-19", "civic", "2027-01-04", s1="2027-07-04")
_TWO = spoke("FOE-19", "civic", "2027-01-04", s1="2027-07-04", s2="2027-07-18")
_THREE = spoke("FOE-19", "civic", "2027-01-04", s3="2028-01-04")
_ONE_LATE = spoke("FOE-19", "civic", "2027-01-04", s1="2027-07-10")
_THREE_LATE = spoke("FOE-19", "civic", "2027-01-04", s3="2028-01-10")
_FOUND = spoke("FOE-19", "civic", "2027-01-04", s1="2028-02-10")
_FOUND_TWICE = spoke("FOE-19", "civic", "2027-01-04", s1="2028-02-10", s3="2028-02-11")
_BEFORE = [{"id": PAUSE, "reason": "care", "start": "2027-03-01", "ended_on": "2027-03-10"}]
_BETWEEN = [{"id": PAUSE, "reason": "care", "start": "2027-07-06", "ended_on": "2027-07-15"}]
_WINTER = [{"id": PAUSE, "reason": "care", "start": "2028-01-06", "ended_on": "2028-01-15"}]
_SOURCE = "Pakt für Integration (2017): Ehrenamt; Regel des Hauses"
_QUIET_AFTER_ONE = (Condition("civic_offer_days", "<=", 0),)


def _offer(since: str, how: str = "offered", seq: int = 1) -> Facts:
    return value(seq, "civic_offer", how, since)


RULE = Rule(
    id="FOE-19",
    version=1,
    title_de="Ein Kontakt ins Ehrenamt oder in einen Verein wird angeboten.",
    title_en="A civic contact is offered.",
    basis=("pakt_ehrenamt",),
    since=date(2026, 1, 1),
    subject="civic",
    cause=(Condition("civic_offer_days", "<=", 1),),
    quiet=(CONSENTED,),
    parameters=(
        number("FOE-19.first", 6, "M", "t0", low=3, high=6, source=_SOURCE),
        number("FOE-19.first_again", 14, "d", "first_mark", low=7, high=28, source=_SOURCE),
        number("FOE-19.second", 12, "M", "t0", low=9, high=12, source=_SOURCE),
        number("FOE-19.second_again", 14, "d", "second_mark", low=7, high=28, source=_SOURCE),
    ),
    stages=(
        Stage(
            no=1,
            field="net_months_since_t0",
            after="FOE-19.first",
            quiet=_QUIET_AFTER_ONE,
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Seit der Zuweisung sind {net_months_since_t0} Monate vergangen. Bitte einen Kontakt ins"
            " Ehrenamt oder in einen Verein anbieten; ihn anzunehmen ist freiwillig.",
            says_en="{net_months_since_t0} months have passed since the allocation. Please offer a contact"
            " with volunteers or a club; taking it up is voluntary.",
        ),
        Stage(
            no=2,
            field="net_days_after_first",
            after="FOE-19.first_again",
            quiet=_QUIET_AFTER_ONE,
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Ein Kontakt ins Ehrenamt oder in einen Verein ist seit {net_days_after_first} Tagen"
            " vorgesehen und noch nicht angeboten. Bitte das Angebot nachholen.",
            says_en="A contact with volunteers or a club has been due for {net_days_after_first} days and has"
            " not been offered yet. Please make the offer.",
        ),
        Stage(
            no=3,
            field="net_months_since_t0",
            after="FOE-19.second",
            alone=True,
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Nach {net_months_since_t0} Monaten gab es {civic_offer_days} von zwei Angeboten eines"
            " Kontakts ins Ehrenamt oder in einen Verein. Bitte noch einmal anbieten; anzunehmen ist es"
            " freiwillig.",
            says_en="After {net_months_since_t0} months {civic_offer_days} of two offers of a contact with"
            " volunteers or a club have been made. Please offer once more; taking it up is voluntary.",
        ),
        Stage(
            no=4,
            field="net_days_after_second",
            after="FOE-19.second_again",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Ein weiteres Angebot eines Kontakts ins Ehrenamt oder in einen Verein ist seit"
            " {net_days_after_second} Tagen vorgesehen. Bitte das Angebot nachholen.",
            says_en="A further offer of a contact with volunteers or a club has been due for"
            " {net_days_after_second} days. Please make the offer.",
        ),
    ),
    never=("demand_civic_engagement", "count_a_refusal"),
    cases=(
        Case("the day before month 6", date(2027, 7, 3), 0, person()),
        Case("month 6, a Sunday", date(2027, 7, 4), 1, person()),
        Case("the day after month 6", date(2027, 7, 5), 1, person()),
        Case("thirteen days after month 6", date(2027, 7, 17), 0, person(spoken=_ONE)),
        Case("fourteen days after month 6", date(2027, 7, 18), 2, person(spoken=_ONE)),
        Case("fifteen days after month 6", date(2027, 7, 19), 2, person(spoken=_ONE)),
        Case("thirteen days after a late task", date(2027, 7, 23), 0, person(spoken=_ONE_LATE)),
        Case("fourteen days after a late task", date(2027, 7, 24), 2, person(spoken=_ONE_LATE)),
        Case("the day before month 12", date(2028, 1, 3), 0, person(spoken=_TWO)),
        Case("month 12", date(2028, 1, 4), 3, person(spoken=_TWO)),
        Case("the day after month 12", date(2028, 1, 5), 3, person(spoken=_TWO)),
        Case("found in month 13, the first task comes first", date(2028, 2, 10), 1, person()),
        Case("and the second, which stands alone, next", date(2028, 2, 11), 3, person(spoken=_FOUND)),
        Case("thirteen days after both", date(2028, 2, 23), 0, person(spoken=_FOUND_TWICE)),
        Case("fourteen days after the first of both", date(2028, 2, 24), 2, person(spoken=_FOUND_TWICE)),
        Case("one offer was made early", date(2027, 7, 4), 0, person(values=[_offer("2027-06-01")])),
        Case(
            "one offer after the first task",
            date(2027, 7, 18),
            0,
            person(values=[_offer("2027-07-10")], spoken=_ONE),
        ),
        Case(
            "a refusal is an offer made",
            date(2027, 7, 4),
            0,
            person(values=[_offer("2027-06-01", "declined")]),
        ),
        Case("a second offer is due", date(2028, 1, 4), 3, person(values=[_offer("2027-06-01")])),
        Case(
            "thirteen days after month 12",
            date(2028, 1, 17),
            0,
            person(values=[_offer("2027-06-01")], spoken=_THREE),
        ),
        Case(
            "fourteen days after month 12",
            date(2028, 1, 18),
            4,
            person(values=[_offer("2027-06-01")], spoken=_THREE),
        ),
        Case(
            "fifteen days after month 12",
            date(2028, 1, 19),
            4,
            person(values=[_offer("2027-06-01")], spoken=_THREE),
        ),
        Case(
            "thirteen days after a late second task",
            date(2028, 1, 23),
            0,
            person(values=[_offer("2027-06-01")], spoken=_THREE_LATE),
        ),
        Case(
            "fourteen days after a late second task",
            date(2028, 1, 24),
            4,
            person(values=[_offer("2027-06-01")], spoken=_THREE_LATE),
        ),
        Case(
            "two offers on two days",
            date(2028, 1, 4),
            0,
            person(values=[_offer("2027-06-01"), _offer("2027-12-01", seq=2)]),
        ),
        Case(
            "two entries of one day are one offer",
            date(2028, 1, 4),
            3,
            person(values=[_offer("2027-06-01"), _offer("2027-06-01", "taken_up", seq=2)]),
        ),
        Case(
            "an entry that was put right counts no more",
            date(2027, 7, 4),
            1,
            person(values=[{**_offer("2027-06-01"), "superseded": True}]),
        ),
        Case(
            "an offer of tomorrow is none today", date(2027, 7, 4), 1, person(values=[_offer("2027-07-05")])
        ),
        Case("ten paused days do not count", date(2027, 7, 13), 0, person(pauses=_BEFORE)),
        Case("month 6 after ten paused days", date(2027, 7, 14), 1, person(pauses=_BEFORE)),
        Case("ten days paused after the task", date(2027, 7, 27), 0, person(pauses=_BETWEEN, spoken=_ONE)),
        Case("fourteen days without ten paused", date(2027, 7, 28), 2, person(pauses=_BETWEEN, spoken=_ONE)),
        Case(
            "ten days paused after the second task",
            date(2028, 1, 27),
            0,
            person(values=[_offer("2027-06-01")], pauses=_WINTER, spoken=_THREE),
        ),
        Case(
            "fourteen days without ten paused in winter",
            date(2028, 1, 28),
            4,
            person(values=[_offer("2027-06-01")], pauses=_WINTER, spoken=_THREE),
        ),
        Case("without consent", date(2027, 7, 4), 0, person(consents=[])),
    ),
)
