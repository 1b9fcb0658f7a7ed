"""German and English words for what an office itself is told, and for what its companion found."""

from typing import Final

Pair = tuple[str, str]
TASKS: Final[dict[str, Pair]] = {
    "stuck_tasks": (
        "{n} Aufgaben liegen mehr als fünf Arbeitstage über ihrer Frist: bitte verteilen oder erledigen",
        "{n} tasks are more than five working days past their date: please distribute or settle them",
    ),
    "unprinted_letters": (
        "{n} Briefe warten seit mehr als zwei Arbeitstagen auf den Drucker: bitte drucken lassen",
        "{n} letters have been waiting for a printer for more than two working days: please have them printed",
    ),
    "nobody_in_charge": (
        "{n} Fälle haben keine Fachkraft mehr: bitte neu zuweisen",
        "{n} cases have no case worker any more: please assign them anew",
    ),
    "judgement_withheld": ("Regelauswertung selbst ansehen", "Look at the rules yourself"),
}
FOUND: Final[dict[str, Pair]] = {
    "absent_worker": ("Fachkraft abwesend, Fälliges liegt", "Case worker absent with items due"),
    "absent_substituted": ("Fachkraft abwesend, Vertretung ist da", "Case worker absent, deputy is there"),
    "absent_unsubstituted": (
        "Fachkraft abwesend, keine Vertretung da",
        "Case worker absent, no deputy there",
    ),
    "overload": ("Zu viele Fälle auf einer Stelle", "Too many cases on a post"),
    "rule_expiring": ("Regel läuft aus oder Quelle zu lesen", "Rule expires or source to be read"),
    "retention_over": ("Aufbewahrung zu Ende", "Time of keeping is over"),
    "report_due": ("Jahreszahlen fällig", "Yearly figures due"),
    "stuck_task": ("Aufgabe weit über ihrer Frist", "Task far past its date"),
    "unprinted_letter": ("Brief nicht gedruckt", "Letter not printed"),
    "nobody_in_charge": ("Fall ohne Fachkraft", "Case without case worker"),
    "empty_chair": ("Leitung abwesend, Vertretung auch", "Lead absent, and the deputy too"),
    "late_notice": ("Nachricht nicht hinausgegangen", "Message did not leave"),
    "lapsed_timer": ("Fall ist nicht aufgewacht", "Case did not wake"),
    "not_started": ("Fall angemeldet, nicht begonnen", "Case registered, not begun"),
    "hand_over_open": ("Abgabe unbeantwortet", "Hand-over unanswered"),
    "lapsed_office": ("Täglicher Blick ausgefallen", "Daily look did not happen"),
}
DONE: Final[dict[str, Pair]] = {
    "replan": ("neu geplant", "planned anew"),
    "start_again": ("noch einmal begonnen", "started again"),
    "relay_tries": ("Übergabe läuft weiter", "being handed on"),
    "no_order": ("kein Auftrag gefunden, bitte Verwaltung verständigen", "no order found, please tell IT"),
    "told_lead": ("der Teamleitung gesammelt gemeldet", "told to the lead collectively"),
    "deputy_sees": ("die Vertretung sieht das Fällige", "the deputy sees what is due"),
    "rule_decides": ("die Regel FOE-17 entscheidet", "rule FOE-17 decides"),
    "head_holds": ("liegt bei der nächsten Ebene", "lies with the next level"),
    "nobody_holds": ("niemand ist da", "nobody is there"),
    "task": ("Aufgabe gegeben", "task given"),
    "escalate": ("eskaliert", "escalated"),
}
