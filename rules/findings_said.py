"""What `pakt rules check` finds, said in German; in English a finding speaks for itself."""

from typing import Final

from rules.finding import Finding

# By the word with which a reason begins; what follows it names numbers and days and stays as it is.
REASONS: Final[dict[str, str]] = {
    "unknown_subject": "diesen Gegenstand gibt es nicht",
    "unknown_field": "dieses Feld gibt es nicht",
    "unknown_parameter": "diese Zahl ist in der Regel nicht angegeben",
    "unknown_twin": "diese Pflicht der Stelle gibt es nicht",
    "unknown_citation": "diese Fundstelle gibt es nicht",
    "stages_misnumbered": "die Stufen sind falsch gezählt",
    "duplicate_id": "diesen Namen gibt es doppelt",
    "overlapping_versions": "zwei Fassungen gelten zugleich",
    "value_out_of_range": "der Wert liegt außerhalb seiner Grenzen",
    "foreign_parameter": "die Zahl trägt den Namen einer anderen Regel",
    "parameter_without_source": "die Zahl hat keine Quelle",
    "not_in_force": "die Zahl gilt am ersten Tag des Buches nicht",
    "expired": "die Vorschrift gilt nicht mehr",
    "source_check_overdue": "die Quelle war wieder zu lesen",
    "missing_citation": "die Rechtsgrundlage fehlt",
    "cited_before_in_force": "die Vorschrift galt noch nicht",
    "unsatisfiable": "die Stufe kann nie zutreffen",
    "subsumed": "eine andere Regel sagt es schon",
    "case_fails": "das Beispiel kommt anders heraus",
    "no_case_of_silence": "kein Beispiel, in dem die Regel schweigt",
    "threshold_without_boundary": "der Schwelle fehlen Beispiele",
    "demand_past_shut_gate": "die Regel verlangt etwas, obwohl die Stelle noch etwas schuldet",
    "demand_without_twin": "die Regel verlangt etwas, ohne dass eine Pflicht der Stelle vorangeht",
    "ladder_order": "die Stufe kann mit oder vor der Stufe davor kommen",
    "level_skipped": "eine Ebene wird übersprungen",
    "escalates_first": "die erste Stufe eskaliert schon",
    "unit_mismatch": "die Einheiten passen nicht zusammen",
    "stage_without_mark": "der Stufe fehlt, woran sie hängt",
}
REMEDIES: Final[dict[str, str]] = {
    "one of: ": "möglich ist: ",
    "add it to the parameters of the rule": "in den Zahlen der Regel angeben",
    "add it to rules/citations.toml": "in rules/citations.toml aufnehmen",
    "number them 1, 2, 3 …": "als 1, 2, 3 … zählen",
    "give each its own name": "jedem einen eigenen Namen geben",
    "end one version on the day before the next begins": "eine Fassung am Tag vor der nächsten enden lassen",
    "set a value within its limits": "einen Wert innerhalb der Grenzen setzen",
    "name it ": "benennen als ",
    "say where the number comes from": "angeben, woher die Zahl kommt",
    "date it to cover ": "so datieren, dass dieser Tag darin liegt: ",
    "cite the provision that follows it, or end the rule": (
        "die Vorschrift danach angeben oder die Regel enden lassen"
    ),
    "read the source again and set checked and recheck_by": (
        "die Quelle lesen, dann checked und recheck_by neu setzen"
    ),
    "name a source of ": "eine Fundstelle nennen aus ",
    "begin with ": "beginnen mit ",
    "compare with a value that occurs": "mit einem Wert vergleichen, den es gibt",
    "drop one of the conditions on this field": "eine der Bedingungen zu diesem Feld streichen",
    "drop one of the two rules": "eine der beiden Regeln streichen",
    "correct the rule, or the case": "die Regel oder das Beispiel berichtigen",
    "add a case in which the rule is silent": "ein Beispiel ergänzen, in dem die Regel schweigt",
    "add literal cases for ": "Beispiele ergänzen für: ",
    "let the compiler add the gate": "die Bedingung dem Übersetzer überlassen",
    "name the duty of the office that comes first": "die Pflicht der Stelle nennen, die vorangeht",
    "give the later stage the later threshold": "der späteren Stufe die spätere Schwelle geben",
    "ask the lead before the head": "erst die Teamleitung, dann die Amtsleitung fragen",
    "remind the person or give a task first": "erst erinnern oder eine Aufgabe geben",
    "compare a field with a parameter of its unit": "ein Feld mit einer Zahl seiner Einheit vergleichen",
    "give the gap in the unit of the clock": "den Abstand in der Einheit der Uhr angeben",
    "give it a field and a parameter": "ein Feld und eine Zahl angeben",
}
_SIDES = {
    "the day before": "den Tag davor",
    "the day itself": "den Tag selbst",
    "the day after": "den Tag danach",
}


def finding_said(of: Finding, language: str) -> str:
    """A finding as one line with file, field, reason and remedy."""
    if language != "de":
        return str(of)
    return f"{of.file}: {of.field}: {_reason(of.reason)}; {_remedy(of.remedy)}"


def _reason(reason: str) -> str:
    word, _, detail = reason.partition(" ")
    known = REASONS.get(word.rstrip(":"))
    if known is None:
        return reason
    return f"{known} ({word.rstrip(':')}{': ' if detail else ''}{detail})"


def _remedy(remedy: str) -> str:
    found = next((english for english in REMEDIES if remedy.startswith(english)), None)
    if found is None:
        return remedy
    rest = remedy.removeprefix(found)
    for english, german in _SIDES.items():
        rest = rest.replace(english, german)
    return REMEDIES[found] + rest.replace(" and ", " und ")
