"""The forms of the turns of life: moves, status, family, the course, protection, extension, and putting right."""

from web.form_fields import Field, Form
from web.form_options import words_of
from web.forms import ON
from web.turn_options import (
    benefits,
    chosen_steps,
    current_values,
    disputed_values,
    more_months,
    open_hand_overs,
    optional_steps,
    other_journeys,
    other_offices,
    own_households,
    programmes,
    residence_statuses,
    running_pauses,
    settled_appointments,
)

WHY = Field(
    "why",
    ("Ein Wort für die zweite Person", "A word for the second person"),
    "note",
    required=False,
    hint=(
        "Sie sieht Kennzeichen und Antrag. Bitte hier keine Diagnosen.",
        "She or he sees reference and request. Please no diagnoses here.",
    ),
)
_TWO = (
    "Das entscheidet niemand allein: Der Antrag geht an Leitung oder Amtsleitung. Bis zur Freigabe ändert sich nichts.",
    "Nobody decides this alone: the request goes to the lead or the head. Until it is approved nothing changes.",
)
_SOURCE = ("Woher wissen wir das?", "How do we know?")
_REASON = Field("reason", ("Warum?", "Why?"), "choice", words_of("correction"))


def _two(german: str, english: str) -> tuple[str, str]:
    """An introduction that ends with who decides."""
    return f"{german} {_TWO[0]}", f"{english} {_TWO[1]}"


TURNS = (
    Form(
        "offer_hand_over",
        ("Übergabe an ein anderes Büro anfragen", "Ask another office to take the case on"),
        ("Büro fragen", "Ask the office"),
        (
            Field("to_office", ("Büro", "Office"), "choice", other_offices),
            Field(
                "to_ags",
                ("Neue Gemeinde", "New municipality"),
                "town",
                required=False,
                hint=("Leer: die Gemeinde des Büros.", "Empty: the municipality of the office."),
            ),
            ON,
        ),
        new=("hand_over", "hand_over"),
        intro=(
            (
                "Das andere Büro sieht nur Kennzeichen und Daten, keinen Namen. Bis zur Antwort bleibt der Fall "
                "hier und alles läuft weiter; T0 läuft durch. Ohne Antwort verfällt die Anfrage nach zehn "
                "Arbeitstagen. Nötig sind die Einwilligung zur Übergabe und die Angabe, dass der Umzug geprüft "
                "ist (§ 12a AufenthG)."
            ),
            (
                "The other office sees the reference and dates only, no name. Until it answers the case stays here and "
                "everything goes on; T0 keeps running. Without an answer the question lapses after ten working days. "
                "Needed are consent to the hand-over and the record that the move was checked (§ 12a AufenthG)."
            ),
        ),
        done=("Das Büro ist gefragt.", "The office has been asked."),
    ),
    Form(
        "withdraw_hand_over",
        ("Anfrage zur Übergabe zurückziehen", "Take the question to another office back"),
        ("Zurückziehen", "Take back"),
        (Field("hand_over", ("Anfrage", "Question"), "choice", open_hand_overs), ON),
        done=("Die Anfrage ist zurückgezogen.", "The question has been taken back."),
    ),
    Form(
        "change_status",
        ("Aufenthalt oder Leistung hat sich geändert", "Residence or benefit has changed"),
        ("Änderung speichern", "Save change"),
        (
            Field("status", ("Neuer Status", "New status"), "choice", residence_statuses),
            Field("valid_from", ("Gilt seit", "Valid since"), "day", preset="today"),
            Field(
                "permit_on",
                ("Titel erteilt am", "Permit granted on"),
                "day",
                required=False,
                hint=(
                    "Ab diesem Tag läuft die Frist für den Anspruch auf den Kurs (§ 44 AufenthG).",
                    "From this day on the period for claiming the course runs (§ 44 AufenthG).",
                ),
            ),
            Field("benefit", ("Leistung", "Benefit"), "choice", benefits, required=False),
            Field(
                "source",
                _SOURCE,
                "choice",
                words_of("source"),
                preset="document",
            ),
        ),
        intro=(
            (
                "Die Regeln gelten ab diesem Tag neu, nichts wirkt zurück. Nach einer Ablehnung wird nichts mehr "
                "verlangt; Beratung und Termine gehen weiter."
            ),
            (
                "The rules apply anew from this day on, nothing reaches back. After a rejection nothing is "
                "demanded any more; advice and appointments go on."
            ),
        ),
        done=("Die Änderung ist erfasst.", "The change has been recorded."),
    ),
    Form(
        "review_pause",
        ("Pause prüfen", "Review the pause"),
        ("Als geprüft speichern", "Save as reviewed"),
        (
            Field("pause", ("Pause", "Pause"), "choice", running_pauses),
            ON,
            Field("until", ("Nun voraussichtlich bis", "Now expected until"), "day", required=False),
        ),
        intro=(
            (
                "In der Pause wird weiterhin nichts verlangt; Zusagen des Büros und gesetzliche Fristen laufen. "
                "Gefragt ist nur, ob sie noch passt."
            ),
            (
                "During the pause nothing is demanded still; promises of the office and statutory periods go on. "
                "The only question is whether it still fits."
            ),
        ),
        done=("Die Pause ist geprüft.", "The pause has been reviewed."),
    ),
    Form(
        "link_household",
        ("Mit einem Haushalt verbinden", "Link with a household"),
        ("Verbinden", "Link"),
        (
            Field("other", ("Wer gehört dazu?", "Who belongs to it?"), "choice", other_journeys),
            Field("relation", ("Diese Person ist", "This person is"), "choice", words_of("relation")),
            Field(
                "other_relation", ("Die andere Person ist", "The other is"), "choice", words_of("relation")
            ),
            ON,
        ),
        intro=(
            (
                "Jede Person behält ihren eigenen Plan und ihre eigenen Nachrichten; geteilt wird dadurch nichts. "
                "Wo Gewalt zu befürchten ist, bitte nicht verbinden."
            ),
            (
                "Everybody keeps a plan and messages of their own; nothing is shared by this. "
                "Where violence is to be feared, please do not link."
            ),
        ),
        done=("Die Fälle sind verbunden.", "The cases are linked."),
    ),
    Form(
        "leave_household",
        ("Aus dem Haushalt lösen", "Leave a household"),
        ("Lösen", "Leave"),
        (Field("household", ("Haushalt", "Household"), "choice", own_households), ON),
        done=("Der Fall ist aus dem Haushalt gelöst.", "The case has left the household."),
    ),
    Form(
        "announce_course_start",
        ("Kursbeginn mitgeteilt", "Course start announced"),
        ("Kursbeginn speichern", "Save course start"),
        (
            Field("start", ("Kurs beginnt am", "Course begins on"), "day"),
            Field("on", ("Mitgeteilt am", "Told on"), "day", preset="today"),
            Field("source", _SOURCE, "choice", words_of("source"), preset="provider"),
        ),
        intro=(
            "Die letzte Mitteilung zählt; was am Kurs hängt, verschiebt sich mit. Dieselbe noch einmal ändert nichts.",
            "The latest word counts; what depends on the course moves with it. The same one again changes nothing.",
        ),
        done=("Der Kursbeginn ist erfasst.", "The course start has been recorded."),
    ),
    Form(
        "cancel_course",
        ("Kurs ist ausgefallen", "The course was cancelled"),
        ("Ausfall speichern", "Save cancellation"),
        (
            Field("on", ("Bekannt seit", "Known since"), "day", preset="today"),
            Field("source", _SOURCE, "choice", words_of("source"), preset="provider"),
        ),
        intro=(
            "Die Person trägt keine Schuld: Was am Kurs hängt, ruht, und das Büro sucht einen neuen Platz.",
            "The person is not at fault: all that depends on the course rests, and the office looks for a new place.",
        ),
        done=("Der Ausfall ist erfasst.", "The cancellation has been recorded."),
    ),
    Form(
        "choose_step",
        ("Schritt in den Plan nehmen", "Choose a step"),
        ("In den Plan nehmen", "Choose step"),
        (Field("step", ("Schritt", "Step"), "choice", optional_steps), ON),
        intro=(
            "Gewählte Schritte hängen sich an das nächste Gespräch; eine eigene Frist haben die wenigsten.",
            "Chosen steps attach themselves to the next talk; few have a date of their own.",
        ),
        done=("Der Schritt steht im Plan.", "The step stands in the plan."),
    ),
    Form(
        "drop_step",
        ("Schritt aus dem Plan nehmen", "Do without a step"),
        ("Aus dem Plan nehmen", "Drop step"),
        (Field("step", ("Schritt", "Step"), "choice", chosen_steps), ON),
        done=("Der Schritt ist aus dem Plan genommen.", "The step has been dropped."),
    ),
    Form(
        "block_address",
        ("Adresse sperren", "Block the address"),
        ("Sofort sperren", "Block at once"),
        (ON,),
        intro=(
            (
                "Schutz vor Gewalt: Ab sofort verlässt kein Brief und keine E-Mail mehr das Haus, und Anschrift und "
                "Telefon stehen auf keiner Seite. Gesprochen wird nur noch persönlich. Die Sperre wirkt sofort und "
                "braucht keine zweite Person; erst das Aufheben braucht eine."
            ),
            (
                "Protection from violence: from now on no letter and no e-mail leaves the house, and address and phone "
                "stand on no page. People speak in person only. The block acts at once and needs no second person; "
                "lifting it needs one."
            ),
        ),
        done=("Die Adresse ist gesperrt.", "The address is blocked."),
    ),
    Form(
        "unblock_address",
        ("Adresssperre aufheben", "Lift the address block"),
        ("Aufhebung beantragen", "Ask to lift it"),
        (ON, WHY),
        intro=_two(
            "Danach gehen wieder Briefe und E-Mails hinaus.", "After that letters and e-mails leave again."
        ),
    ),
    Form(
        "extend_term",
        ("Laufzeit verlängern", "Extend the term"),
        ("Verlängerung beantragen", "Ask for the extension"),
        (
            Field("months", ("Auf wie viele Monate?", "To how many months?"), "choice", more_months),
            Field("reason", ("Grund", "Reason"), "choice", words_of("extension")),
            ON,
            WHY,
        ),
        intro=_two(
            "Plan und Fristen laufen weiter; gezählt wird weiterhin ab T0.",
            "Plan and dates go on; they are still counted from T0.",
        ),
    ),
    Form(
        "move_programme",
        ("Auf eine andere Programmversion umstellen", "Move to another version of the programme"),
        ("Umstellen", "Move"),
        (Field("programme", ("Programm", "Programme"), "choice", programmes), ON),
        intro=(
            "Erledigtes bleibt erledigt. Nach der Wahl steht hier, was sich für diesen Fall ändert.",
            "What is done stays done. Once it is chosen, what changes for this case stands here.",
        ),
        done=("Der Fall folgt nun dem anderen Programm.", "The case follows the other programme now."),
    ),
)
DOUBTS = (
    Form(
        "correct_appointment",
        ("Termin berichtigen", "Correct an appointment"),
        ("Berichtigung speichern", "Save correction"),
        (
            Field("appointment", ("Termin", "Appointment"), "choice", settled_appointments),
            Field("status", ("Richtig ist", "What is right"), "choice", words_of("appointment")),
            _REASON,
            ON,
        ),
        intro=(
            ("Das Alte bleibt lesbar. Was Regeln daraus geschlossen hatten, zählt nicht mehr und wird niemandem "
            "vorgehalten."),
            "The old stays readable. What rules had concluded from it is taken back and held against nobody.",
        ),
        done=("Der Termin ist berichtigt.", "The appointment has been corrected."),
    ),
    Form(
        "withdraw_fact",
        ("Angabe zurücknehmen", "Take a fact back"),
        ("Zurücknehmen", "Take back"),
        (Field("fact", ("Angabe", "Fact"), "choice", current_values), _REASON, ON),
        intro=(
            ("Die Angabe zählt nicht mehr und bleibt lesbar; Zähler werden neu gerechnet. Tritt eine neue an ihre "
            "Stelle, bitte „Angabe erfassen“ wählen."),
            ("The fact counts no longer and stays readable; counters are computed anew. Where a new one takes its "
            "place, please choose “Record a fact”."),
        ),
        done=("Die Angabe ist zurückgenommen.", "The fact has been taken back."),
    ),
    Form(
        "dispute_fact",
        ("Angabe ist strittig", "A fact is disputed"),
        ("Als strittig speichern", "Save as disputed"),
        (
            Field("fact", ("Angabe", "Fact"), "choice", current_values),
            Field("by", ("Wer bestreitet sie?", "Who disputes it?"), "choice", words_of("side")),
            ON,
        ),
        intro=(
            "Bis jemand entschieden hat, wird darauf nichts gestützt und nichts verlangt (§ 84 Abs. 2 SGB X).",
            "Until somebody has decided, nothing is based on it and nothing demanded (§ 84 (2) SGB X).",
        ),
        done=("Die Angabe ist als strittig vermerkt.", "The fact has been marked as disputed."),
    ),
    Form(
        "settle_dispute",
        ("Über eine strittige Angabe entscheiden", "Decide on a disputed fact"),
        ("Entscheidung speichern", "Save decision"),
        (
            Field("fact", ("Strittige Angabe", "Disputed fact"), "choice", disputed_values),
            Field("upheld", ("Stimmt die Angabe?", "Is the fact right?"), "yesno"),
            ON,
        ),
        done=("Die Entscheidung ist erfasst.", "The decision has been recorded."),
    ),
    Form(
        "merge_into",
        ("Doppelten Fall in einen anderen überführen", "This case is a duplicate: merge it into another"),
        ("Zusammenführung beantragen", "Ask to merge"),
        (Field("into", ("Der Fall, der bleibt", "The case that stays"), "choice", other_journeys), ON, WHY),
        intro=_two(
            "Dieser Fall endet, der andere geht weiter; beide bleiben lesbar. Bitte beide vergleichen: Namen werden "
            "verschieden geschrieben, und der 1. Januar ist als Geburtstag oft nur eingesetzt.",
            "This case ends, the other goes on; both stay readable. Please compare: names are spelt in many ways, "
            "and 1 January is often a birthday only on paper.",
        ),
    ),
    Form(
        "absorb_duplicate",
        ("Doppelten Fall hier aufnehmen", "Take a duplicate of this case in"),
        ("Zusammenführung beantragen", "Ask to merge"),
        (
            Field("duplicate", ("Der doppelte Fall, der endet", "The duplicate that ends"), "choice", other_journeys),
            ON,
            WHY,
        ),
        intro=_two(
            "Dieser Fall geht weiter, der doppelte endet; beide bleiben lesbar.",
            "This case goes on, the duplicate ends; both stay readable.",
        ),
    ),
)  # fmt: skip
