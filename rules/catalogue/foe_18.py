"""FOE-18: caseloads that are too high are reported to the lead."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import WORKER, Facts, office, spoke
from rules.shape import Case, Rule, Stage, number

_LEAD = spoke("FOE-18", f"worker/{WORKER}", "2027-01-04", s1="2027-03-01")
_BEFORE_EASTER = spoke("FOE-18", f"worker/{WORKER}", "2027-01-04", s1="2027-03-22")
_SOURCE = "interner Richtwert: 80 bis 160 laufende Fälle je volle Stelle, keine Rechtsvorschrift"


def _post(cases: int, share: int = 100, since: str = "2027-01-04") -> Facts:
    return {"worker": WORKER, "since": since, "share": share, "running_cases": cases}


def _load(cases: int, share: int = 100, spoken: list[Facts] | None = None) -> Facts:
    return office(posts=[_post(cases, share)], spoken=spoken or [])


RULE = Rule(
    id="FOE-18",
    version=1,
    title_de="Zu hohe Fallzahlen werden der Leitung gemeldet.",
    title_en="Caseloads that are too high are reported to the lead.",
    basis=("fallzahlen_richtwert",),
    since=date(2026, 1, 1),
    subject="caseload",
    cause=(),
    quiet=(),
    parameters=(
        number("FOE-18.lead", 120, "n", "running_cases", low=80, high=120, source=_SOURCE),
        number("FOE-18.head", 160, "n", "running_cases", low=100, high=160, source=_SOURCE),
        number(
            "FOE-18.gap",
            10,
            "AT",
            "last_stage",
            low=5,
            high=10,
            source="Arbeitsweise: zehn Arbeitstage zum Beantworten einer Eskalation",
        ),
    ),
    stages=(
        Stage(
            no=1,
            field="cases_per_full_post",
            after="FOE-18.lead",
            op=">",
            outcomes=((Outcome.ESCALATE, Addressee.LEAD),),
            says_de="Auf eine volle Stelle gerechnet laufen hier {cases_per_full_post} Fälle. Bitte prüfen, wie"
            " entlastet werden kann.",
            says_en="Counted on a full post, {cases_per_full_post} cases are running here. Please see how the"
            " load can be eased.",
        ),
        Stage(
            no=2,
            field="cases_per_full_post",
            after="FOE-18.head",
            op=">",
            gap="FOE-18.gap",
            outcomes=((Outcome.ESCALATE, Addressee.HEAD),),
            says_de="Auf eine volle Stelle gerechnet laufen hier {cases_per_full_post} Fälle, auch nach dem"
            " Hinweis an die Teamleitung. Es braucht eine Entscheidung über Stellen oder Verteilung.",
            says_en="Counted on a full post, {cases_per_full_post} cases are running here, even after the team"
            " lead was told. A decision on posts or on their distribution is needed.",
        ),
    ),
    never=(),
    cases=(
        Case("119 cases", date(2027, 3, 1), 0, _load(119)),
        Case("120 cases on a full post", date(2027, 3, 1), 0, _load(120)),
        Case("121 cases", date(2027, 3, 1), 1, _load(121)),
        Case("122 cases", date(2027, 3, 2), 1, _load(122)),
        Case("84 cases on 0.70 of a post are exactly 120", date(2027, 3, 1), 0, _load(84, 70)),
        Case("85 cases on 0.70 of a post", date(2027, 3, 1), 1, _load(85, 70)),
        Case("40 cases on a third of a post: more than 120 by a little", date(2027, 3, 1), 1, _load(40, 33)),
        Case("one case without a share", date(2027, 3, 1), 1, _load(1, 0)),
        Case("no case, no share", date(2027, 3, 1), 0, _load(0, 0)),
        Case("no running case", date(2027, 3, 1), 0, _load(0)),
        Case("a post of tomorrow", date(2027, 1, 3), 0, _load(150)),
        Case("from the first day of the post", date(2027, 1, 4), 1, _load(150)),
        Case(
            "the post was extended",
            date(2027, 3, 1),
            0,
            office(posts=[_post(80, 50), _post(80, 100, "2027-02-01")]),
        ),
        Case(
            "the post will be extended",
            date(2027, 1, 29),
            1,
            office(posts=[_post(80, 50), _post(80, 100, "2027-02-01")]),
        ),
        Case("the lead is told first", date(2027, 3, 1), 1, _load(200)),
        Case("nine working days later", date(2027, 3, 12), 0, _load(161, spoken=_LEAD)),
        Case("ten working days later", date(2027, 3, 15), 2, _load(161, spoken=_LEAD)),
        Case("eleven working days later", date(2027, 3, 16), 2, _load(162, spoken=_LEAD)),
        Case("ten working days later, 160 cases", date(2027, 3, 15), 0, _load(160, spoken=_LEAD)),
        Case("80 cases on half a post are exactly 160", date(2027, 3, 15), 0, _load(80, 50, _LEAD)),
        Case("81 cases on half a post", date(2027, 3, 15), 2, _load(81, 50, _LEAD)),
        Case(
            "Easter does not count: nine working days", date(2027, 4, 6), 0, _load(161, spoken=_BEFORE_EASTER)
        ),
        Case(
            "Easter does not count: ten working days", date(2027, 4, 7), 2, _load(161, spoken=_BEFORE_EASTER)
        ),
    ),
)
