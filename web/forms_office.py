"""The forms of office and management: pause, tasks, escalations, handing over, end and after-care."""

from web.form_fields import Field, Form
from web.form_options import books_of_rules, open_escalations, open_tasks, staff, stand_ins, words_of
from web.forms import CASEWORK, ON
from web.forms_turns import DOUBTS, TURNS, WHY

# Refused or withdrawn consent and a merger end a case by forms of their own.
ENDINGS = (
    *("term_ended", "goals_reached", "handed_over", "own_wish", "moved_away"),
    *("contact_lost", "takes_no_part", "death"),
)

_OFFICE = (
    Form(
        "pause",
        ("Pause beginnen", "Begin a pause"),
        ("Pause beginnen", "Begin pause"),
        (
            Field("reason", ("Grund", "Reason"), "choice", words_of("pause")),
            Field("start", ("Erster Tag der Pause", "First day of the pause"), "day", preset="today"),
            Field("until", ("Voraussichtlich bis", "Expected until"), "day", required=False),
        ),
        new=("pause", "pause"),
        intro=(
            "In der Pause wird nichts verlangt. Zusagen des Büros und gesetzliche Fristen laufen weiter.",
            "During a pause nothing is demanded. Promises of the office and statutory periods go on.",
        ),
        done=("Der Fall ist pausiert.", "The case is paused."),
    ),
    Form(
        "resume",
        ("Pause beenden", "End the pause"),
        ("Fortsetzen", "Resume"),
        (
            Field(
                "on", ("Erster Tag, der wieder zählt", "First day that counts again"), "day", preset="today"
            ),
        ),
        done=("Der Fall läuft wieder.", "The case goes on."),
    ),
    Form(
        "answer_escalation",
        ("Eskalation beantworten", "Answer an escalation"),
        ("Antwort speichern", "Save answer"),
        (
            Field("escalation", ("Angelegenheit", "Matter"), "choice", open_escalations),
            Field("answer", ("Antwort", "Answer"), "choice", words_of("answer")),
            Field(
                "until",
                ("Geklärt bis", "Settled by"),
                "day",
                required=False,
                shown_if="answer=take_over|return|extend",
                hint=("Bis dahin ruht die Angelegenheit.", "Until then the matter rests."),
            ),
            ON,
        ),
        done=("Die Antwort ist erfasst.", "The answer has been recorded."),
    ),
    Form(
        "complete_task",
        ("Aufgabe erledigt", "Task done"),
        ("Als erledigt speichern", "Save as done"),
        (Field("task", ("Aufgabe", "Task"), "choice", open_tasks), ON),
        done=("Die Aufgabe ist erledigt.", "The task is done."),
    ),
    Form(
        "assign_case_worker",
        ("Zuständigkeit übergeben", "Hand over the case"),
        ("Zuständigkeit übergeben", "Hand over"),
        (
            Field("case_worker", ("Zuständige Person", "Case worker"), "choice", staff),
            Field(
                "substitute",
                ("Vertretung", "Substitute"),
                "choice",
                stand_ins,
                required=False,
                hint=(
                    "Wer einspringt, wenn die zuständige Person fehlt. Ohne Vertretung wird die Leitung erinnert.",
                    "Who steps in when the case worker is away. Where nobody does, the lead is reminded.",
                ),
            ),
        ),
        done=("Die Zuständigkeit ist übergeben.", "The case has been handed over."),
    ),
    Form(
        "pin_book",
        ("Regelbuch festlegen", "Hold to a book of rules"),
        ("Regelbuch festlegen", "Hold to this book"),
        (Field("book", ("Regelbuch", "Book of rules"), "choice", books_of_rules),),
        intro=(
            "Der Fall bleibt bei diesem Buch, bis hier wieder „das jeweils geltende Buch“ gewählt wird.",
            "The case stays with this book until “the book in force” is chosen here again.",
        ),
        done=("Das Regelbuch ist festgelegt.", "The book of rules is set."),
    ),
    Form(
        "close",
        ("Fall beenden", "Close the case"),
        ("Fall beenden", "Close case"),
        (Field("reason", ("Grund", "Reason"), "choice", words_of("close", *ENDINGS)), ON, WHY),
        intro=(
            (
                "Danach folgen höchstens 90 Tage Nachsorge; in dieser Zeit kann der Fall wieder geöffnet werden. "
                "Vor dem Ende der Laufzeit, und bei „Wirkt nicht mit“ immer, braucht es eine zweite Person; der "
                "Tod wirkt sofort, und von da an verlässt nichts mehr das Haus."
            ),
            (
                "At most 90 days of after-care follow; during them the case can be reopened. Before the end of "
                "the term, and for “Takes no part” always, a second person is needed; death acts at once, and "
                "from then on nothing leaves the house."
            ),
        ),
        done=("Der Fall ist beendet.", "The case has been closed."),
    ),
    Form("reopen", ("Fall wieder öffnen", "Reopen the case"), ("Wieder öffnen", "Reopen"), (ON,)),
    Form(
        "record_follow_up",
        ("Nachsorgeanruf erfassen", "Record the follow-up call"),
        ("Nachsorge abschließen", "Finish after-care"),
        (ON,),
    ),
)
FORMS: dict[str, Form] = {form.kind: form for form in (*CASEWORK, *_OFFICE, *TURNS, *DOUBTS)}
_EVERY_DAY = (
    "offer_appointment",
    "confirm_appointment",
    "move_appointment",
    "cancel_appointment",
    "keep_appointment",
    "miss_appointment",
    "set_interpreter",
    "agree_commitment",
    "keep_commitment",
    "move_commitment",
    "release_commitment",
    "record_step",
    "choose_step",
    "drop_step",
    "record_fact",
    "record_contact",
    "take_consent",
    "excuse",
    "decide_excuse",
    "complete_task",
)
_TURNING = (
    "pause",
    "review_pause",
    "resume",
    "change_status",
    "announce_course_start",
    "cancel_course",
    "offer_hand_over",
    "withdraw_hand_over",
    "link_household",
    "leave_household",
    "block_address",
    "unblock_address",
    "extend_term",
    "assign_case_worker",
    "move_programme",
    "pin_book",
)
MENU: tuple[tuple[tuple[str, str], tuple[str, ...]], ...] = (
    (("Alltag", "Every day"), _EVERY_DAY),
    (("Wendepunkte", "Turning points"), _TURNING),
    (("Berichtigen", "Putting right"), tuple(form.kind for form in DOUBTS)),
    (("Ende", "End"), ("close", "reopen", "record_follow_up")),
)
