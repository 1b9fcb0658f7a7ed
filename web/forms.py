"""Every command as a form: one table. A new command is one entry here and nothing else on the desk."""

from web.form_fields import Field, Form
from web.form_options import (
    earlier_values,
    excusable,
    fact_values,
    open_appointments,
    open_commitments,
    open_excuses,
    open_steps,
    words_of,
)

ON = Field("on", ("Tag", "Day"), "day", preset="today")
_APPOINTMENT = Field("appointment", ("Termin", "Appointment"), "choice", open_appointments)
_COMMITMENT = Field("commitment", ("Zusage", "Promise"), "choice", open_commitments)
_START = Field("start", ("Beginn", "Start"), "instant")
_BY_SIDE = Field("by", ("Wer hat darum gebeten?", "Who asked for it?"), "choice", words_of("side"))

CASEWORK = (
    Form(
        "take_consent",
        ("Einwilligung erfassen", "Record consent"),
        ("Einwilligung speichern", "Save consent"),
        (
            Field("purpose", ("Zweck", "Purpose"), "choice", words_of("purpose")),
            Field(
                "outcome",
                ("Antwort", "Answer"),
                "choice",
                words_of("consent", "given", "partly", "refused", "withdrawn"),
            ),
            Field(
                "by",
                ("Wer hat geantwortet?", "Who answered?"),
                "choice",
                words_of("consent_by"),
                required=False,
                preset="self",
            ),
            Field("on", ("Tag der Antwort", "Day of the answer"), "day", preset="today"),
            Field(
                "fields",
                ("Gilt nur für diese Lebensfelder", "Covers only these fields of life"),
                "many",
                words_of("goal"),
                shown_if="outcome=partly",
            ),
        ),
        intro=(
            (
                "Ablehnen ist ein gültiges Ergebnis. Wird die Begleitung abgelehnt oder widerrufen, endet der Fall. "
                "Was Eltern erlaubt haben, gilt bis vier Wochen nach dem 18. Geburtstag; dann wird die Person gefragt."
            ),
            (
                "Refusing is a valid outcome and no breach. If casework is refused or withdrawn, the case ends. "
                "What parents allowed holds until four weeks after the 18th birthday; then the person is asked."
            ),
        ),
        done=("Die Einwilligung ist erfasst.", "The consent has been recorded."),
    ),
    Form(
        "offer_appointment",
        ("Termin anbieten", "Offer an appointment"),
        ("Termin anbieten", "Offer appointment"),
        (
            Field("talk", ("Worum geht es?", "What is it about?"), "choice", words_of("talk")),
            _START,
            Field("place", ("Wo?", "Where?"), "choice", words_of("place"), preset="office"),
            Field(
                "interpreter",
                ("Sprachmittlung", "Interpreter"),
                "choice",
                words_of("interpreter", "not_needed", "requested", "confirmed", "declined"),
            ),
            Field(
                "invited_in_language",
                ("Einladung in verstandener Sprache?", "Invitation in a language understood?"),
                "yesno",
                preset="yes",
                hint=(
                    "Auch mündlich, wenn die Person nicht liest. Ohne sie zählt ein Fernbleiben nicht.",
                    "By voice too where the person does not read. Without it staying away does not count.",
                ),
            ),
        ),
        new=("appointment", "appointment"),
        done=("Der Termin ist angeboten.", "The appointment has been offered."),
    ),
    Form(
        "confirm_appointment",
        ("Termin bestätigt", "Appointment confirmed"),
        ("Bestätigung speichern", "Save confirmation"),
        (_APPOINTMENT,),
        done=("Der Termin ist bestätigt.", "The appointment is confirmed."),
    ),
    Form(
        "move_appointment",
        ("Termin verschieben", "Move an appointment"),
        ("Termin verschieben", "Move appointment"),
        (_APPOINTMENT, _START, _BY_SIDE),
        done=("Der Termin ist verschoben.", "The appointment has been moved."),
    ),
    Form(
        "cancel_appointment",
        ("Termin absagen", "Cancel an appointment"),
        ("Termin absagen", "Cancel appointment"),
        (_APPOINTMENT, _BY_SIDE),
        done=("Der Termin ist abgesagt.", "The appointment has been cancelled."),
    ),
    Form(
        "keep_appointment",
        ("Termin hat stattgefunden", "Appointment kept"),
        ("Speichern", "Save"),
        (_APPOINTMENT, ON),
    ),
    Form(
        "miss_appointment",
        ("Termin versäumt", "Appointment missed"),
        ("Versäumnis speichern", "Save as missed"),
        (_APPOINTMENT, ON),
        intro=(
            "Bitte nur, wenn wirklich niemand kam. Die Person wird freundlich nach dem Grund gefragt.",
            "Please confirm only if nobody came. The person will be asked kindly for the reason.",
        ),
    ),
    Form(
        "set_interpreter",
        ("Stand der Sprachmittlung", "State of interpreting"),
        ("Speichern", "Save"),
        (_APPOINTMENT, Field("interpreter", ("Stand", "State"), "choice", words_of("interpreter"))),
    ),
    Form(
        "record_step",
        ("Schritt erledigt", "Step done"),
        ("Als erledigt speichern", "Save as done"),
        (
            Field("step", ("Schritt", "Step"), "choice", open_steps),
            Field("on", ("Erledigt am", "Done on"), "day", preset="today"),
        ),
        done=("Der Schritt ist als erledigt erfasst.", "The step has been recorded as done."),
    ),
    Form(
        "record_fact",
        ("Angabe erfassen", "Record a fact"),
        ("Angabe speichern", "Save fact"),
        (
            Field("about", ("Nummer", "Number"), "number"),
            Field("value", ("Wert", "Value"), "choice", fact_values),
            Field("valid_from", ("Gilt seit", "Valid since"), "day", preset="today"),
            Field(
                "source",
                ("Woher wissen wir das?", "How do we know?"),
                "choice",
                words_of("source"),
                preset="person",
            ),
            Field(
                "supersedes",
                ("Berichtigt die frühere Angabe", "Corrects the earlier entry"),
                "choice",
                earlier_values,
                required=False,
            ),
        ),
        done=("Die Angabe ist erfasst.", "The fact has been recorded."),
    ),
    Form(
        "record_contact",
        ("Kontakt erfassen", "Record a contact"),
        ("Kontakt speichern", "Save contact"),
        (
            Field(
                "contact",
                ("Art", "Kind"),
                "choice",
                words_of("contact"),
                hint=(
                    "Ein Versuch des Büros ist noch kein Lebenszeichen der Person.",
                    "An attempt by the office is no sign of life of the person.",
                ),
            ),
            ON,
        ),
        done=("Der Kontakt ist erfasst.", "The contact has been recorded."),
    ),
    Form(
        "excuse",
        ("Entschuldigung erfassen", "Record an excuse"),
        ("Entschuldigung speichern", "Save excuse"),
        (
            Field("subject", ("Wofür?", "What for?"), "choice", excusable),
            Field(
                "reason",
                ("Grund", "Reason"),
                "choice",
                words_of("excuse"),
                hint=("Nur der Grund; keine Diagnose.", "The reason only; no diagnosis."),
            ),
            Field("on", ("Mitgeteilt am", "Told on"), "day", preset="today"),
        ),
        new=("excuse", "excuse"),
        done=(
            "Erfasst. Bis zur Entscheidung wird nichts verlangt.",
            "Recorded. Nothing is demanded until decided.",
        ),
    ),
    Form(
        "decide_excuse",
        ("Über eine Entschuldigung entscheiden", "Decide on an excuse"),
        ("Entscheidung speichern", "Save decision"),
        (
            Field("excuse", ("Entschuldigung", "Excuse"), "choice", open_excuses),
            Field("accepted", ("Anerkannt?", "Accepted?"), "yesno"),
            ON,
        ),
    ),
    Form(
        "agree_commitment",
        ("Zusage vereinbaren", "Agree a promise"),
        ("Zusage speichern", "Save promise"),
        (
            Field("side", ("Wer sagt zu?", "Who promises?"), "choice", words_of("side")),
            Field("goal", ("Lebensfeld", "Field of life"), "choice", words_of("goal")),
            Field(
                "what",
                ("Was genau?", "What exactly?"),
                "note",
                hint=("Ein kurzer Satz.", "One short sentence."),
            ),
            Field("due", ("Bis wann?", "By when?"), "day"),
            Field("on", ("Vereinbart am", "Agreed on"), "day", preset="today"),
            Field("twin", ("Gegenleistung zu", "In return for"), "choice", open_commitments, required=False),
        ),
        new=("commitment", "commitment"),
        done=("Die Zusage ist vereinbart.", "The promise has been agreed."),
    ),
    Form(
        "keep_commitment",
        ("Zusage eingehalten", "Promise kept"),
        ("Als eingehalten speichern", "Save as kept"),
        (_COMMITMENT, ON),
        done=("Die Zusage ist als eingehalten erfasst.", "The promise has been recorded as kept."),
    ),
    Form(
        "move_commitment",
        ("Zusage verschieben", "Move a promise"),
        ("Neue Frist speichern", "Save new date"),
        (
            _COMMITMENT,
            Field("due", ("Neue Frist", "New date"), "day"),
            Field(
                "agreed_with_participant",
                ("Mit der Person abgesprochen?", "Agreed with the person?"),
                "yesno",
            ),
        ),
    ),
    Form(
        "release_commitment",
        ("Zusage aufheben", "Release a promise"),
        ("Zusage aufheben", "Release promise"),
        (_COMMITMENT, Field("reason", ("Grund", "Reason"), "choice", words_of("release")), ON),
    ),
)
