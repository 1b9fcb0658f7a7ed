"""The line after a form that says what was done; only known lines are ever shown."""

from web.forms_office import FORMS
from web.words import Lang

_LINES = {
    "started": (
        "Der Vorgang ist angelegt. Die Schritte erscheinen, sobald er gestartet ist.",
        "The case has been set up. Its steps appear as soon as it has started.",
    ),
    "started_before": (
        "Dieser Vorgang wurde schon angelegt; es gibt ihn nur einmal.",
        "This case has been set up already; there is only one.",
    ),
    "talk": ("Das Gespräch ist erfasst.", "The talk has been recorded."),
    "printed": ("Der Brief ist als gedruckt vermerkt.", "The letter has been marked as printed."),
    "offer_entered": ("Das Angebot ist eingetragen.", "The offer has been entered."),
    "offer_changed": ("Die Änderung ist gespeichert.", "The change has been saved."),
    "offer_checked": ("Das Angebot ist als geprüft vermerkt.", "The offer has been marked as checked."),
    "offer_withdrawn": ("Das Angebot ist zurückgezogen.", "The offer has been withdrawn."),
    "offer_presented": ("Das Angebot ist erfasst.", "The offer has been recorded."),
    "offer_settled": ("Die Antwort ist erfasst.", "The answer has been recorded."),
    "book_drafted": ("Der Entwurf ist angelegt.", "The draft has been made."),
    "book_checked": ("Das Buch ist geprüft, ohne Mangel.", "The book has been checked; nothing was found."),
    "book_tried": (
        "Die Erprobung läuft. Bitte die Seite gleich neu laden.",
        "The simulation is under way. Please reload the page shortly.",
    ),
    "book_approved": ("Das Buch ist freigegeben.", "The book has been approved."),
    "book_activated": ("Das Buch ist aktiviert.", "The book has been activated."),
    "closures_added": (
        "Die Schließtage sind eingetragen. Die offenen Fälle werden neu geplant.",
        "The closure days have been recorded. The open cases are being planned again.",
    ),
    "closures_removed": (
        "Die Schließtage sind aufgehoben. Die offenen Fälle werden neu geplant.",
        "The closure days have been taken back. The open cases are being planned again.",
    ),
    "closures_unchanged": (
        "Das war schon so eingetragen; es hat sich nichts geändert.",
        "This was recorded already; nothing has changed.",
    ),
    "absence_recorded": ("Die Abwesenheit ist eingetragen.", "The absence has been recorded."),
    "absence_ended": ("Der letzte Tag ist eingetragen.", "The last day has been recorded."),
    "list_discarded": ("Die hochgeladene Liste ist verworfen.", "The uploaded list has been discarded."),
    "allocation_declined": (
        "Die Karte ist mit dem Grund an das Landratsamt zurückgegangen.",
        "The card has gone back to the Landratsamt with the reason.",
    ),
    "allocation_put_away": ("Zur Kenntnis genommen und abgelegt.", "Noted and put away."),
    "approval_requested": (
        "Der Antrag wartet auf Freigabe; bis dahin ändert sich nichts.",
        "The request waits for approval; until then nothing changes.",
    ),
    "approval_given": ("Freigegeben und ausgeführt.", "Approved and carried out."),
    "approval_rejected": ("Der Antrag ist abgelehnt.", "The request has been rejected."),
    "approval_withdrawn": ("Der Antrag ist zurückgezogen.", "The request has been taken back."),
    "hand_over_accepted": (
        "Der Fall ist übernommen; er geht bei Ihnen weiter.",
        "The case has been taken on; it goes on with you.",
    ),
    "hand_over_returned": ("Der Fall ist zurückgegeben.", "The case has been returned."),
    "clock": ("Die Uhr wird vorgestellt.", "The clock is being moved."),
    "signed_out": ("Sie sind abgemeldet.", "You have signed out."),
}
_PENDING = ("Angenommen, wird gespeichert.", "Accepted, being saved.")


def line(code: str, lang: Lang) -> str:
    """The sentence for a code such as `record_step` or `record_step+pending`; empty for an unknown one."""
    kind, _, pending = code.partition("+")
    pair = FORMS[kind].done if kind in FORMS else _LINES.get(kind, ("", ""))
    if pending:
        pair = (f"{pair[0]} {_PENDING[0]}", f"{pair[1]} {_PENDING[1]}")
    return pair[lang == "en"]
