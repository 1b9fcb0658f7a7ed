"""A 38th rule as a person would add it: the one new file, and its citation."""

FILE = "rules/catalogue/foe_22.py"
RULE = '''"""FOE-22: by month 18 the office asks how somebody has settled in a home of their own."""

from datetime import date

from domain.codes import Addressee, Outcome
from rules.literals import person, value
from rules.shape import CONSENTED, Case, Condition, Rule, Stage, number

_OWN = [value(1, "housing", "own", "2027-01-20")]

RULE = Rule(
    id="FOE-22",
    version=1,
    title_de="Bis Monat 18 wird nach dem Einleben in der eigenen Wohnung gefragt.",
    title_en="By month 18 the office asks how life in the own flat goes.",
    basis=("einleben",),
    since=date(2026, 1, 1),
    subject="housing",
    cause=(Condition("in_follow_up_housing", "==", 0), Condition("housing_talked", "==", 0)),
    quiet=(CONSENTED,),
    parameters=(number("FOE-22.ask", 18, "M", "t0", low=12, high=18, source="Regel des Hauses"),),
    stages=(
        Stage(
            no=1,
            field="net_months_since_t0",
            after="FOE-22.ask",
            outcomes=((Outcome.TASK, Addressee.CASE_WORKER),),
            says_de="Seit der Zuweisung sind {net_months_since_t0} Monate vergangen. Bitte nach dem Einleben fragen.",
            says_en="{net_months_since_t0} months have passed since the allocation. Please ask how life goes.",
        ),
    ),
    never=("demand_a_move",),
    cases=(
        Case("the day before month 18", date(2028, 7, 3), 0, person(values=_OWN)),
        Case("month 18", date(2028, 7, 4), 1, person(values=_OWN)),
        Case("the day after month 18", date(2028, 7, 5), 1, person(values=_OWN)),
        Case("in follow-up housing", date(2028, 7, 4), 0, person()),
        Case("without consent", date(2028, 7, 4), 0, person(values=_OWN, consents=[])),
    ),
)
'''
CITATION = """
[[citation]]
key = "einleben"
provision = "Grundsatz des Hauses zum Einleben"
source = "Arbeitsweise der Stelle"
since = 2025-01-01
recheck_by = 2030-12-31
note_de = "Nicht gelesen: ein Grundsatz des Hauses ohne Vorschrift."
note_en = "Not read: a principle of the house without a provision."
"""
