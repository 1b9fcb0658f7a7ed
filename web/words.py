"""The German and English word for every code that a page shows; an unknown code is shown as it is."""

from typing import Literal

from rules.words import ADDRESSEES, OUTCOMES, Pair
from web.words_of_facts import FACTS, VALUES
from web.words_of_turns import OF_TURNS

Lang = Literal["de", "en"]


def _headed(group: dict[str, Pair]) -> dict[str, Pair]:
    """The words of a group as they stand alone on a screen: each with a capital."""
    return {code: (de[:1].upper() + de[1:], en[:1].upper() + en[1:]) for code, (de, en) in group.items()}


WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "side": {"office": ("Büro", "Office"), "participant": ("Teilnehmende Person", "Participant")},
    "purpose": {
        "casework": ("Begleitung und Fallakte", "Casework and file"),
        "email": ("Nachrichten per E-Mail", "Messages by e-mail"),
        "attendance": ("Angaben zur Kursteilnahme", "Course attendance"),
        "hand_over": ("Übergabe an ein anderes Büro", "Hand-over to another office"),
    },
    "consent": {
        "given": ("erteilt", "given"),
        "partly": ("teilweise erteilt", "given in part"),
        "refused": ("abgelehnt", "refused"),
        "withdrawn": ("widerrufen", "withdrawn"),
        "lapsed": ("mit der Volljährigkeit erloschen", "lapsed when the person came of age"),
    },
    "appointment": {
        "offered": ("angeboten", "offered"),
        "confirmed": ("bestätigt", "confirmed"),
        "cancelled": ("abgesagt", "cancelled"),
        "kept": ("stattgefunden", "kept"),
        "missed": ("versäumt", "missed"),
    },
    "settled": {
        "done": ("erledigt", "done"),
        "decided": ("entschieden", "decided"),
        "closed": ("geschlossen", "closed"),
        "kept": ("eingehalten", "kept"),
        "released": ("aufgehoben", "released"),
        "ended": ("beendet", "ended"),
        "blocked": ("gesperrt", "blocked"),
        "chosen": ("gewählt", "chosen"),
        "superseded": ("ersetzt oder zurückgenommen", "replaced or taken back"),
        "disputed": ("bestritten", "disputed"),
        "extended": ("verlängert", "extended"),
        "open": ("offen", "open"),
        "accepted": ("angenommen", "accepted"),
        "returned": ("zurückgegeben", "returned"),
        "withdrawn": ("zurückgezogen", "withdrawn"),
        "lapsed": ("verfallen", "lapsed"),
    },
    "interpreter": {
        "not_needed": ("nicht nötig", "not needed"),
        "requested": ("angefragt", "requested"),
        "confirmed": ("zugesagt", "confirmed"),
        "failed": ("ausgefallen", "failed"),
        "declined": ("nicht gewünscht", "declined"),
    },
    "talk": {
        "first_talk": ("Erstgespräch", "First talk"),
        "review": ("Standortgespräch", "Review talk"),
        "handover": ("Übergabegespräch", "Hand-over talk"),
        "other": ("Weiteres Gespräch", "Other talk"),
    },
    "contact": {
        "visit": ("Besuch", "Visit"),
        "call": ("Telefongespräch", "Call"),
        "message": ("Nachricht der Person", "Message from the person"),
        "helper": ("über eine Vertrauensperson", "Through a person of trust"),
        "attempt": ("Versuch des Büros", "Attempt by the office"),
    },
    "excuse": {
        "illness": ("Krankheit", "Illness"),
        "child_ill": ("Krankes Kind", "Ill child"),
        "childcare": ("Keine Kinderbetreuung", "No childcare"),
        "appointment_elsewhere": ("Anderer Termin", "Appointment elsewhere"),
        "no_interpreter": ("Keine Sprachmittlung", "No interpreter"),
        "not_understood": ("Schreiben nicht verstanden", "Letter not understood"),
        "no_place": ("Kein Platz", "No place"),
        "no_ticket": ("Keine Fahrkarte", "No ticket"),
        "work": ("Arbeit", "Work"),
        "family": ("Familie", "Family"),
        "other": ("Anderer Grund", "Other reason"),
    },
    "closure": {
        "holidays": ("Betriebsferien", "Office holidays"),
        "training": ("Fortbildung", "Training"),
        "staff_meeting": ("Personalversammlung", "Staff meeting"),
        "local_custom": ("örtlicher Brauchtag", "Local custom"),
        "building": ("Umzug oder Umbau", "Move or building work"),
        "emergency": ("Notfall oder Störung", "Emergency or breakdown"),
    },
    "pause": {
        "illness": ("Krankheit", "Illness"),
        "pregnancy": ("Schwangerschaft", "Pregnancy"),
        "parental": ("Elternzeit", "Parental leave"),
        "care": ("Pflege Angehöriger", "Care of relatives"),
        "absence": ("Abwesenheit", "Absence"),
        "contact_lost": ("Kontakt verloren", "Contact lost"),
        "other": ("Anderer Grund", "Other reason"),
    },
    "close": {
        "consent_refused": ("Einwilligung abgelehnt", "Consent refused"),
        "consent_withdrawn": ("Einwilligung widerrufen", "Consent withdrawn"),
        "death": ("Verstorben", "Died"),
        "term_ended": ("Laufzeit beendet", "Term ended"),
        "handed_over": ("An die Regeldienste übergeben", "Handed over to regular services"),
        "moved_away": ("Weggezogen", "Moved away"),
        "contact_lost": ("Kontakt verloren", "Contact lost"),
        "goals_reached": ("Ziele erreicht", "Goals reached"),
        "own_wish": ("Auf eigenen Wunsch", "At the person's own wish"),
        "takes_no_part": ("Wirkt nicht mit", "Takes no part"),
        "merged": ("Mit einem anderen Fall zusammengeführt", "Merged with another case"),
    },
    "answer": {
        "take_over": ("Ich übernehme und kläre es bis …", "I take it over and settle it by …"),
        "return": ("Zurück an die Fachkraft mit Frist …", "Back to the case worker with a date …"),
        "extend": ("Frist verlängern bis …", "Extend until …"),
        "excuse": ("Entschuldigt: Grund anerkannt", "Excused: reason accepted"),
        "close": ("Erledigt, Angelegenheit schließen", "Done, close the matter"),
        "pass_up": ("An die Amtsleitung weitergeben", "Pass up to the head"),
    },
    "outcome": OUTCOMES,
    "addressee": _headed(ADDRESSEES),
    "book_state": {
        "draft": ("Entwurf", "draft"),
        "checked": ("geprüft", "checked"),
        "simulated": ("erprobt", "simulated"),
        "approved": ("freigegeben", "approved"),
        "active": ("aktiv", "active"),
        "superseded": ("abgelöst", "superseded"),
    },
    "role": {
        "case_worker": ("Integrationsmanagement", "Case worker"),
        "lead": ("Teamleitung", "Lead"),
        "head": ("Amtsleitung", "Head"),
        "auditor": ("Prüfung", "Auditor"),
        "dpo": ("Datenschutz", "Data protection"),
        "administrator": ("Administration", "Administration"),
        "system": ("System", "System"),
    },
    "channel": {
        "email": ("E-Mail", "E-mail"),
        "letter": ("Brief", "Letter"),
        "in_person": ("persönlich", "in person"),
    },
    "goal": {
        "language": ("Sprache", "Language"),
        "school": ("Schule", "School"),
        "training": ("Ausbildung", "Training"),
        "work": ("Arbeit", "Work"),
        "housing": ("Wohnen", "Housing"),
        "health": ("Gesundheit", "Health"),
        "participation": ("Teilhabe", "Participation"),
        "children": ("Kinder", "Children"),
        "organisation": ("Organisation", "Organisation"),
    },
    "notice": {
        "planned": ("geplant", "planned"),
        "handing_over": ("wird übergeben", "being handed over"),
        "sent": ("zugestellt", "delivered"),
        "failed": ("nicht zustellbar", "undeliverable"),
        "unknown": ("Zustellung ungewiss", "delivery uncertain"),
        "deferred": ("verschoben", "deferred"),
        "lapsed": ("entfallen", "no longer needed"),
        "to_print": ("zu drucken", "to be printed"),
        "printed": ("gedruckt", "printed"),
    },
    "notice_reason": {
        "cause_gone": ("der Anlass ist weggefallen", "its cause is gone"),
        "settled": ("die Sache ist erledigt", "the matter is settled"),
        "no_consent": ("keine Einwilligung in die Begleitung", "no consent to casework"),
        "no_consent_channel": ("keine Einwilligung in E-Mail mehr", "no consent to e-mail any more"),
        "closed": ("der Fall ist beendet", "the case is closed"),
        "paused": ("der Fall ist pausiert", "the case is paused"),
        "twin_open": (
            "der Teil des Büros fehlt noch oder ist zurückgenommen",
            "the office's part is lacking or taken back",
        ),
        "excuse_open": (
            "über eine Entschuldigung ist noch zu entscheiden",
            "an excuse is still to be decided",
        ),
        "disputed": ("die Sache ist strittig", "the matter is disputed"),
        "term_over": ("die Laufzeit ist zu Ende", "the term is over"),
        "asylum_rejected": (
            "nach der Ablehnung wird nichts mehr verlangt",
            "after the rejection nothing is demanded",
        ),
        "address_blocked": ("die Adresse ist gesperrt", "the address is blocked"),
        "too_late": ("es wäre zu spät gekommen", "it would have come too late"),
        "key_destroyed": ("die Daten der Person sind gelöscht", "the person's data are erased"),
        "mail_server_away": ("der Mailserver war nicht erreichbar", "the mail server could not be reached"),
        "mail_refused_for_now": ("der Mailserver lehnte vorläufig ab", "the mail server refused for now"),
        "address_malformed": ("die E-Mail-Adresse ist fehlerhaft", "the e-mail address is malformed"),
        "address_not_ascii": (
            "die E-Mail-Adresse hat unzulässige Zeichen",
            "the e-mail address has unfit signs",
        ),
        "text_unknown": ("diesen Text gibt es nicht", "there is no such text"),
        "notice_value_missing": ("eine Angabe für den Text fehlt", "a value for the text is missing"),
        "text_unfit": ("der Text passt nicht zu diesem Weg", "the text does not fit this channel"),
        "reply_lost": ("die Antwort des Mailservers ging verloren", "the mail server's reply was lost"),
        "reply_unreadable": (
            "die Antwort des Mailservers war unlesbar",
            "the mail server's reply was unreadable",
        ),
    },
    "journey": {
        "waiting": ("wird angelegt", "being set up"),
        "open": ("läuft", "running"),
        "paused": ("pausiert", "paused"),
        "closed": ("beendet (Nachsorge)", "closed (after-care)"),
        "ended": ("abgeschlossen", "ended"),
    },
    "step": {
        "first_contact": ("Erstkontakt", "First contact"),
        "first_talk": ("Erstgespräch mit Einwilligung", "First talk with consent"),
        "profile": ("Profil und Potenziale", "Profile"),
        "course_entitlement": ("Kursberechtigung klären", "Course entitlement"),
        "integration_plan": ("Integrationsplan vereinbaren", "Integration plan"),
        "course_registration": ("Anmeldung zum Kurs", "Course registration"),
        "attendance": ("Kursteilnahme, Monat", "Attendance, month"),
        "attendance_check": ("Kursteilnahme, Monat", "Attendance, month"),
        "monthly_attendance": ("Kursteilnahme, Monat", "Attendance, month"),
        "half_year_review": ("Standortgespräch", "Half-year review"),
        "review": ("Standortgespräch", "Half-year review"),
        "final_report": ("Abschlussbericht", "Final report"),
        "handover": ("Übergabe an die Regeldienste", "Hand-over"),
        "final_report_and_handover": ("Abschluss und Übergabe", "Final report and hand-over"),
    },
    **OF_TURNS,
    "fact": FACTS,
    "value": VALUES,
    "source": {
        "person": ("Angabe der Person", "The person"),
        "document": ("vorgelegtes Schreiben", "A document shown"),
        "provider": ("Kursträger", "Course provider"),
        "authority": ("Behörde", "An authority"),
        "start": ("bei der Aufnahme", "At the start"),
        "office": ("Büro", "Office"),
        "take_over": ("bei der Übernahme", "At the take-over"),
    },
    "place": {
        "office": ("im Büro", "at the office"),
        "home": ("Hausbesuch", "home visit"),
        "phone": ("am Telefon", "by phone"),
        "elsewhere": ("an einem anderen Ort", "elsewhere"),
    },
    "release": {
        "no_longer_needed": ("nicht mehr nötig", "no longer needed"),
        "circumstances": ("geänderte Umstände", "changed circumstances"),
        "replaced": ("durch eine neue Zusage ersetzt", "replaced by a new promise"),
        "mistake": ("irrtümlich erfasst", "recorded by mistake"),
    },
}
LANGUAGE_NAMES: dict[str, tuple[str, str]] = {
    "de": ("Deutsch", "German"),
    "en": ("Englisch", "English"),
    "ar": ("Arabisch", "Arabic"),
    "uk": ("Ukrainisch", "Ukrainian"),
    "fa": ("Persisch (Farsi)", "Persian"),
    "fa-AF": ("Dari", "Dari"),
    "ps": ("Paschtu", "Pashto"),
    "kmr": ("Kurmandschi", "Kurmanji"),
    "ckb": ("Sorani", "Sorani"),
    "tr": ("Türkisch", "Turkish"),
    "ti": ("Tigrinya", "Tigrinya"),
    "so": ("Somali", "Somali"),
    "am": ("Amharisch", "Amharic"),
    "ru": ("Russisch", "Russian"),
    "ro": ("Rumänisch", "Romanian"),
    "sq": ("Albanisch", "Albanian"),
    "ka": ("Georgisch", "Georgian"),
    "fr": ("Französisch", "French"),
    "es": ("Spanisch", "Spanish"),
    "zh": ("Chinesisch", "Chinese"),
    "vi": ("Vietnamesisch", "Vietnamese"),
    "ur": ("Urdu", "Urdu"),
}


def word(group: str, code: object, lang: Lang) -> str:
    """The word for a code of a group; the code itself, made readable, where the list has none."""
    pair = WORDS.get(group, {}).get(str(code))
    return pair[lang == "en"] if pair else str(code).replace("_", " ")


def choices(group: str, lang: Lang) -> list[tuple[str, str]]:
    """Every code of a group with its word, in the order of the list."""
    return [(code, pair[lang == "en"]) for code, pair in WORDS[group].items()]


def step_name(step: str, lang: Lang) -> str:
    """The name of a step; a repetition carries its number."""
    code, _, number = step.partition("/")
    name = word("step", code, lang)
    return f"{name} {number}" if number else name


def language_name(tag: str, lang: Lang) -> str:
    """The name of a language; the tag where the list has none."""
    pair = LANGUAGE_NAMES.get(tag)
    return pair[lang == "en"] if pair else tag
