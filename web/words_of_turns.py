"""The German and English words for the turns of life: moves, households, doubt, extension, and a second person."""

from typing import Final

Pair = tuple[str, str]
OF_TURNS: Final[dict[str, dict[str, Pair]]] = {
    "consent_by": {
        "self": ("die Person selbst", "the person"),
        "parents": ("die Eltern (Person noch nicht volljährig)", "the parents (person not yet of age)"),
    },
    "relation": {
        "adult": ("erwachsene Person", "adult"),
        "child": ("Kind", "child"),
        "other": ("andere", "other"),
    },
    "extension": {
        "course_running": ("Kurs läuft noch", "Course still running"),
        "training_beginning": ("Ausbildung beginnt", "Training begins"),
        "illness": ("Lange Krankheit", "Long illness"),
        "family": ("Familie (Geburt, Pflege, Nachzug)", "Family (birth, care, reunification)"),
        "housing": ("Wohnung noch nicht gefunden", "No housing found yet"),
        "late_beginning": ("Begleitung begann spät", "Casework began late"),
        "other": ("Anderer Grund", "Other reason"),
    },
    "correction": {
        "mistake": ("Versehen bei der Eingabe", "Slip of the pen"),
        "late_evidence": ("Nachweis kam später", "Evidence came later"),
        "wrong_person": ("gehört zu einer anderen Person", "Belongs to another person"),
        "other_source": ("andere Quelle sagt es anders", "Another source says otherwise"),
    },
    "hand_over": {
        "open": ("wartet auf Antwort", "waiting for an answer"),
        "accepted": ("übernommen", "taken on"),
        "returned": ("zurückgegeben", "returned"),
        "withdrawn": ("zurückgezogen", "withdrawn"),
        "lapsed": ("ohne Antwort verfallen", "lapsed without an answer"),
    },
    "hand_over_reason": {
        "not_here": ("Person wohnt nicht hier", "The person does not live here"),
        "no_capacity": ("Zurzeit keine freie Kapazität", "No capacity at present"),
        "papers_missing": ("Unterlagen fehlen", "Papers are missing"),
        "other": ("Anderer Grund", "Other reason"),
    },
    "approval": {
        "requested": ("wartet auf Freigabe", "waiting for approval"),
        "approved": ("freigegeben", "approved"),
        "rejected": ("abgelehnt", "rejected"),
        "withdrawn": ("zurückgezogen", "withdrawn"),
    },
    "offer_outcome": {
        "taken_up": ("angenommen", "taken up"),
        "declined": ("nicht gewünscht", "declined"),
    },
}
