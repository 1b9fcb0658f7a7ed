"""The words of the rule base in German and English: sides, outcomes, addressees, units, and what no machine does."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from rules.shape import HALVES, Parameter
from rules.subjects import Field

Pair = tuple[str, str]
GERMAN, ENGLISH = 0, 1
SIDES: Final[dict[str, Pair]] = {
    "foerdern": ("Fördern: Pflicht der Stelle", "Fördern: the office's duty"),
    "fordern": ("Fordern: Mitwirkung der Person", "Fordern: the person's part"),
    "quality": ("Güte: die Stelle prüft sich selbst", "Quality: the office checks itself"),
}
OUTCOMES: Final[dict[str, Pair]] = {
    "remind": ("Erinnerung", "Reminder"),
    "task": ("Aufgabe", "Task"),
    "escalate": ("Eskalation", "Escalation"),
    "propose_referral": ("Vorschlag: Weitervermittlung", "Proposal: referral"),
    "propose_pause": ("Vorschlag: Pause", "Proposal: pause"),
    "propose_end": ("Vorschlag: Beendigung", "Proposal: end"),
}
ADDRESSEES: Final[dict[str, Pair]] = {
    "participant": ("teilnehmende Person", "participant"),
    "case_worker": ("Fachkraft", "case worker"),
    "lead": ("Teamleitung", "lead"),
    "head": ("Amtsleitung", "head"),
    "substitute": ("Vertretung", "substitute"),
    "rule_owner": ("Regelverantwortung", "rule owner"),
    "data_protection": ("Datenschutz", "data protection"),
}
_MONTHS: Final = (("Monat", "Monate", "Monaten"), ("month", "months", "months"))
_NOTHING: Final = (("", "", ""), ("", "", ""))
# One, several, and several after "nach": German bends the word.
UNITS: Final[dict[str, tuple[tuple[str, str, str], tuple[str, str, str]]]] = {
    "d": (("Tag", "Tage", "Tagen"), ("day", "days", "days")),
    "AT": (("Arbeitstag", "Arbeitstage", "Arbeitstagen"), ("working day", "working days", "working days")),
    "W": (("Woche", "Wochen", "Wochen"), ("week", "weeks", "weeks")),
    "M": _MONTHS,
    "hM": _MONTHS,
    "n": _NOTHING,
    "%": (("%", "%", "%"), ("%", "%", "%")),
    "0/1": _NOTHING,
}
POINTS: Final[Pair] = ("Prozentpunkte", "percentage points")
"""What lies between two percentages."""
DUTIES: Final[dict[str, Pair]] = {
    "entitlement_explained": (
        "Die Kursberechtigung ist in der Sprache der Person erklärt.",
        "The entitlement to the course has been explained in the person's language.",
    ),
    "told_in_person": (
        "Wer nicht liest, ist mündlich eingeladen worden.",
        "Who does not read has been invited by voice.",
    ),
    "exam_told": (
        "Der Prüfungstermin ist in der Sprache der Person mitgeteilt.",
        "The date of the test has been told in the person's language.",
    ),
    "exam_registered": (
        "Die Anmeldung zur Prüfung ist erledigt.",
        "The registration for the test is done.",
    ),
    "residence_rule_explained": (
        "Die Wohnsitzregelung ist erklärt.",
        "The residence rule has been explained.",
    ),
}
NEVER: Final[dict[str, Pair]] = {
    "choose_staff_by_nationality": (
        "Fachkräfte nach Herkunft auswählen",
        "choose staff by nationality",
    ),
    "close_for_no_show": (
        "einen Fall schließen, weil jemand nicht kam",
        "close a case because somebody did not come",
    ),
    "infer_consent": ("auf eine Einwilligung schließen", "infer a consent"),
    "pretick_consent": ("eine Einwilligung vorab ankreuzen", "tick a consent beforehand"),
    "create_plan": ("einen Plan anlegen", "create a plan"),
    "mark_as_done": ("eine Zusage als erledigt kennzeichnen", "mark a promise as done"),
    "declare_it_lapsed": ("einen Anspruch für erloschen erklären", "declare a claim lapsed"),
    "count_against_the_person": ("etwas der Person anlasten", "count it against the person"),
    "send_referral": ("eine Weitervermittlung absenden", "send a referral"),
    "demand_course_without_care": (
        "Kursteilnahme ohne Kinderbetreuung verlangen",
        "demand the course without childcare",
    ),
    "file_for_the_person": ("für die Person einen Antrag stellen", "file an application for the person"),
    "call_the_application_refused": (
        "einen Antrag als abgelehnt bezeichnen",
        "call an application refused",
    ),
    "report_parents": ("Eltern melden", "report parents"),
    "end_silently": ("einen Fall stillschweigend enden lassen", "let a case end in silence"),
    "end_the_case": ("den Fall beenden", "end the case"),
    "transfer_data_without_consent": (
        "Daten ohne Einwilligung weitergeben",
        "hand data on without consent",
    ),
    "demand_civic_engagement": ("ein Ehrenamt verlangen", "demand volunteering"),
    "count_a_refusal": ("ein Nein zählen", "count a no"),
    "choose_a_path": ("einen Weg für die Person wählen", "choose a path for the person"),
    "demand_a_move": ("einen Umzug verlangen", "demand a move"),
    "call_it_a_breach": ("von einer Pflichtverletzung sprechen", "call it a breach of duty"),
    "notify_authority": ("eine Behörde benachrichtigen", "notify an authority"),
    "classify_as_unexcused": (
        "einen Fehltag als unentschuldigt einstufen",
        "classify an absence as unexcused",
    ),
    "store_a_diagnosis": ("eine Diagnose speichern", "store a diagnosis"),
    "say_not_orderly": (
        "die Teilnahme als nicht ordnungsgemäß bezeichnen",
        "say that participation was not orderly",
    ),
    "pass_it_on": ("es an Dritte weitergeben", "pass it on to others"),
    "raise_to_third_party": ("Dritte einschalten", "raise it to a third party"),
    "report_to_authority": ("einer Behörde melden", "report it to an authority"),
    "pause_by_itself": ("von selbst pausieren", "pause by itself"),
    "report_a_violation": ("einen Verstoß melden", "report a violation"),
    "compute_or_state_a_cut": (
        "eine Kürzung berechnen oder nennen",
        "compute or state a cut",
    ),
    "send": ("etwas absenden", "send anything"),
    "keep_firing": ("nach dem letzten Tag weiter sprechen", "go on speaking after the last day"),
    "erase_by_itself": ("von selbst löschen", "erase by itself"),
    "erase_under_hold": ("löschen, was angehalten ist", "erase what is on hold"),
    "send_unchecked": ("ungeprüft absenden", "send without a check"),
}
_DEFINITION = re.compile(r" \(A-\d+(?:, A-\d+)*\)$")


def pick_of(language: str) -> int:
    """Which of a pair a reader of this language reads."""
    return GERMAN if language.startswith("de") else ENGLISH


def word(group: Mapping[str, Pair], code: str, pick: int) -> str:
    """The word for a code; a code without one is shown readably."""
    pair = group.get(code)
    return pair[pick] if pair else code.replace("_", " ")


def label(field: Field, pick: int) -> str:
    """What a field is called, without the number of its definition; half months are said as months."""
    named = _DEFINITION.sub("", (field.doc_de, field.doc)[pick])
    return named.removeprefix(("halbe ", "half ")[pick]) if field.unit == "hM" else named


def day(of: date, pick: int) -> str:
    """A day as it is written in the language."""
    return of.strftime("%d.%m.%Y") if pick == GERMAN else of.isoformat()


def span(since: date, until: date | None, pick: int) -> str:
    """From when to when something holds, both days included."""
    if until is None:
        return (f"seit {day(since, pick)}", f"since {day(since, pick)}")[pick]
    return f"{day(since, pick)} – {day(until, pick)}"


def figure(value: float, pick: int) -> str:
    """A number as people write it: 11,5 in German and 11.5 in English."""
    text = f"{value:g}"
    return text.replace(".", ",") if pick == GERMAN else text


def counted(value: int, unit: str, pick: int) -> str:
    """What a field counts, as people say it: half months as months, 11,5 in German and 11.5 in English."""
    return figure(value / HALVES, pick) if unit == "hM" else str(value)


def amount(value: float, unit: str, pick: int, *, after: bool = False) -> str:
    """A number with its unit; `after` bends the German word as "nach" asks."""
    one, many, bent = UNITS[unit][pick]
    named = one if value == 1 else (bent if after else many)
    return f"{figure(value, pick)} {named}".rstrip()


def several(unit: str, pick: int) -> str:
    """What several of a unit are called."""
    return UNITS[unit][pick][1]


def limits(of: Parameter, pick: int) -> str:
    """The range within which a district may set a number."""
    if of.low == of.high:
        return amount(of.low, of.unit, pick)
    return f"{figure(of.low, pick)} – {amount(of.high, of.unit, pick)}"
