"""What tasks and messages are called: the codes of rules and programme as people say them."""

import re

from domain.errors import PaktError
from rules.sentences import describe
from web.naming import Naming
from web.words import word

_OF_RULE = re.compile(r"((?:foe|mit|qs)_\d{2})_\w+")

_BY_RULE = {
    "foe_02": ("Termine zum Erstgespräch anbieten", "Offer appointments for the first talk"),
    "foe_04": ("Integrationsplan voranbringen", "Move the integration plan on"),
    "foe_05": ("Eigene Zusage einlösen", "Keep the office's own promise"),
    "foe_10": ("Kinderbetreuung klären", "Settle childcare"),
    "foe_14": ("Standortgespräch anbieten", "Offer a review talk"),
    "mit_01": ("Nach dem Grund fragen und neuen Termin anbieten", "Ask for the reason, offer a new date"),
    "mit_02": ("Bei der Anmeldung zum Kurs helfen", "Help with the course registration"),
    "mit_08": ("Über die Zusage sprechen", "Talk about the promise"),
    "mit_10": ("Behutsam Kontakt suchen", "Gently seek contact"),
}
_TASKS = {
    "step_due": ("Schritt steht an", "Step coming up"),
    "print_letter": ("Brief drucken und übergeben", "Print and hand over a letter"),
    "speak_in_person": ("Persönlich ansprechen", "Speak to the person"),
    "explain_in_language": ("In der Sprache der Person erklären", "Explain in the person's language"),
    "decide_excuse": ("Über eine Entschuldigung entscheiden", "Decide on an excuse"),
    "escalation_returned": ("Zurück von der Leitung: erledigen", "Returned by the lead: settle"),
    "notice_failed": ("Nachricht kam nicht an: anders versuchen", "Message failed: try another way"),
    "notice_unknown": ("Zustellung ungewiss: nachfragen", "Delivery uncertain: ask"),
    "settle_appointment": ("Erfassen, ob der Termin stattfand", "Record whether the appointment took place"),
    "review_pause": ("Pause prüfen", "Review the pause"),
    "review_pause_end": (
        "Die Pause sollte enden: fortsetzen oder verlängern",
        "The pause was to end: resume or prolong",
    ),
    "hand_over_lapsed": (
        "Keine Antwort der anderen Stelle: nachfragen",
        "No answer of the other office: ask again",
    ),
    "hand_over_returned": ("Von der anderen Stelle zurück: klären", "Returned by the other office: settle"),
    "own_copy": ("Der Person eine eigene Kopie mitgeben", "Give the person a copy of their own"),
    "ask_own_consent": (
        "Volljährig: eigene Einwilligung erfragen",
        "Of age: ask for the person's own consent",
    ),
    "settle_dispute": ("Über eine strittige Angabe entscheiden", "Decide on a disputed value"),
    "take_over_review": ("Übernommenen Fall ansehen", "Look at the case that was taken over"),
    "offer_advice": (
        "Ablehnung: Rechts- und Perspektivberatung anbieten",
        "Rejection: offer advice on law and prospects",
    ),
    "end_of_term": ("Laufzeit endet: entscheiden", "End of term: decide"),
    "judgement_withheld": ("Regelauswertung selbst ansehen", "Look at the rules yourself"),
    "propose_pause": ("Vorschlag: Pause prüfen", "Proposal: consider a pause"),
    "propose_referral": ("Vorschlag: weitervermitteln", "Proposal: refer"),
    "propose_end": ("Vorschlag: Ende prüfen", "Proposal: consider ending"),
}
_SEE_TO = ("Bitte darum kümmern", "Please see to it")
_TOLD = ("Nachricht", "Message")
_NOTICES = {
    "appointment_invitation": ("Einladung zum Termin", "Invitation to an appointment"),
    "appointment_reminder": ("Erinnerung an den Termin", "Reminder of the appointment"),
    "commitment_reminder": ("Erinnerung an die Zusage", "Reminder of the promise"),
    "step_reminder": ("Erinnerung an den Schritt", "Reminder of the step"),
    "mit_01": ("Nachfrage nach versäumtem Termin", "Question after a missed appointment"),
    "mit_02": ("Erinnerung an die Kursanmeldung", "Reminder of the course registration"),
    "mit_08": ("Nachfrage zur Zusage", "Question about the promise"),
}


def notice_reason(code: str | None, names: Naming) -> str:
    """Why a message did not leave or arrive, in words; empty where there is nothing to explain."""
    if not code or code in ("ok", "sent", "to_print", "printed", "lapsed"):
        return ""
    if code.startswith("smtp_"):
        number = code.removeprefix("smtp_")
        return names.of(f"der Mailserver lehnte ab ({number})", f"the mail server refused ({number})")
    return word("notice_reason", code, names.lang)


def task_text(what: str, names: Naming) -> str:
    """What a task asks for: in its own words, else by the sentence of its rule; an unknown code is read as words."""
    pair = _TASKS.get(what) or _BY_RULE.get(what[:6])
    return names.of(*pair) if pair else _by_rule(what, names, _SEE_TO) or what.replace("_", " ")


def notice_text(code: str, names: Naming) -> str:
    """What a message is: in its own words, else by the sentence of its rule; an unknown code is read as words."""
    pair = _NOTICES.get(code) or _NOTICES.get(code[:6])
    return names.of(*pair) if pair else _by_rule(code, names, _TOLD) or code.replace("_", " ")


def _by_rule(code: str, names: Naming, said: tuple[str, str]) -> str:
    """What a stage of a rule is for, in the book's own sentence: a new rule needs no words here."""
    found = _OF_RULE.fullmatch(code)
    if found is None:
        return ""
    try:
        sentence = describe(found[1].upper().replace("_", "-"), names.lang)
    except PaktError:
        return ""
    return f"{names.of(*said)}: {sentence.removesuffix('.')}"
