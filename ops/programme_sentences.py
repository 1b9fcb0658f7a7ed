"""What a programme may have wrong, and how a remedy begins in German (domain/programme_checks.py)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "programme_months": (
        "{field} passt nicht: eine Laufzeit von {value} Monaten kennt dieses Programm nicht. Möglich: {remedy}",
        "{field} is wrong: this programme knows no term of {value} months. Use one of: {remedy}",
    ),
    "file_no_journey": (
        "In {file} stehen keine Fakten eines Falls: das Feld „{field}“ fehlt.",
        "{file} holds no facts of a journey: the field “{field}” is missing.",
    ),
}
PROBLEMS: dict[str, tuple[str, str]] = {
    "number_too_large": ("die Zahl ist zu groß", "the number is too large"),
    "text_in_one_language": ("der Text fehlt in einer Sprache", "the text is missing in one language"),
    "unknown_rule": ("diese Regel gibt es nicht", "there is no such rule"),
    "unknown_duty": ("diese Pflicht gibt es nicht", "there is no such duty"),
    "extension_not_longer": ("die Verlängerung ist nicht länger", "the extension is not longer"),
    "due_twice": ("der Schritt hat zweierlei Fristen", "the step has two kinds of dates"),
    "due_outside_term": ("die Frist liegt außerhalb der Laufzeit", "the date lies outside the term"),
    "back_from_nowhere": (
        "rückwärts zählt nur das Ende der Laufzeit",
        "only the end of the term counts back",
    ),
    "back_in_working_days": (
        "rückwärts zählen keine Arbeitstage",
        "working days do not count back",
    ),
    "not_in_a_journey": ("das gibt es in einem Fall nicht", "a journey has no such day"),
    "repeat_without_end": ("die Wiederholung endet nicht", "the repetition does not end"),
    "repeat_too_often": ("die Wiederholung kommt zu oft", "the repetition comes too often"),
    "season_without_months": ("eine Jahreszeit braucht Monate", "a season needs months"),
    "notice_without_date": ("die Nachricht hat kein Datum", "the notice has no date"),
    "notice_outside_journey": ("die Nachricht gehört zu keinem Fall", "the notice belongs to no journey"),
    "fordern_without_foerdern": (
        "Fordern ohne Fördern",
        "a demand without what the office owes",
    ),
    "civic_not_voluntary": ("das ist immer freiwillig", "this is always voluntary"),
    "demand_on_voluntary": ("Freiwilliges verlangt niemand", "what is voluntary is demanded of nobody"),
    "notice_on_voluntary": ("an Freiwilliges erinnert niemand", "nobody is reminded of what is voluntary"),
    "no_talk_to_wait_for": ("es gibt kein Gespräch zum Warten", "there is no talk to wait for"),
    "no_talk_named": ("das Gespräch ist nicht benannt", "the talk is not named"),
    "talk_settles_all": ("ein Gespräch erledigte alle", "one talk would settle all"),
}
REMEDIES: tuple[tuple[str, str], ...] = (
    (
        "use t0, term, close, year, step:<id> or fact:<code>",
        "t0, term, close, year, step:<Schritt> oder fact:<Faktum>",
    ),
    ("use a whole number up to ", "eine ganze Zahl, höchstens "),
    ("write the text in ", "den Text auch verfassen in "),
    ("name a longer term than ", "eine längere Laufzeit nennen als "),
    (
        "give it due and repeat, or parts with a due each",
        "entweder due und repeat angeben, oder parts mit je einem due",
    ),
    ("count back from term only, else forward", "nur von term aus rückwärts zählen, sonst vorwärts"),
    ("count back in d, W or M", "rückwärts in d, W oder M zählen"),
    ("let it lie within the term", "innerhalb der Laufzeit bleiben"),
    (
        "count from t0, term, step:<id> or fact:<code>, or set level to office",
        "von t0, term, step:<Schritt> oder fact:<Faktum> aus zählen, oder level auf office setzen",
    ),
    (
        "let it count from t0, a step or another fact, so that the term ends it, or give it times",
        "von t0, einem Schritt oder anderem Faktum aus zählen, damit die Laufzeit sie beendet, oder times angeben",
    ),
    (
        "at most 60 repetitions within the longest term: take a longer distance",
        "höchstens 60 Wiederholungen in der längsten Laufzeit: einen größeren Abstand nehmen",
    ),
    (
        "at most 12 steps are core: set core to false here or elsewhere",
        "höchstens 12 Schritte sind Kernschritte: core hier oder anderswo auf false setzen",
    ),
    ("count every repetition like the first, in ", "jede Wiederholung wie die erste zählen, in "),
    ("count the repetition in M", "die Wiederholung in M zählen"),
    (
        "a step that waits for the next talk has no date of its own: take the notice out",
        "ein Schritt, der auf das nächste Gespräch wartet, hat keine eigene Frist: die Nachricht herausnehmen",
    ),
    (
        "only steps of a journey send notices: take it out",
        "nur Schritte eines Falls senden Nachrichten: herausnehmen",
    ),
    (
        "say first what the office owes: add foerdern, or take fordern out",
        "zuerst sagen, was die Stelle schuldet: foerdern ergänzen, oder fordern herausnehmen",
    ),
    ("set voluntary to true: it is an offer", "voluntary auf true setzen: es ist ein Angebot"),
    (
        "what is voluntary is demanded of nobody: take fordern out",
        "Freiwilliges wird von niemandem verlangt: fordern herausnehmen",
    ),
    (
        "an offer is made by the office: set actor to office",
        "ein Angebot macht die Stelle: actor auf office setzen",
    ),
    (
        "nobody is reminded of what is voluntary: take the notice out",
        "an Freiwilliges wird niemand erinnert: die Nachricht herausnehmen",
    ),
    (
        "name the talk of at least one step with a date of its own, such as talk: review",
        "bei einem Schritt mit eigener Frist das Gespräch benennen, etwa talk: review",
    ),
    (
        "name the talk of this step, such as talk: review",
        "das Gespräch dieses Schritts benennen, etwa talk: review",
    ),
    (
        "one talk would settle every repetition: record each as done",
        "ein Gespräch erledigte jede Wiederholung: jede einzeln als erledigt erfassen",
    ),
    ("let it end after from_month", "to_month nach from_month setzen"),
    (
        "these steps wait for each other: let one of them count from t0 or a fact",
        "diese Schritte warten aufeinander: einen von t0 oder einem Faktum aus zählen",
    ),
    (
        "the notice would come before the step is known: shorten it",
        "die Nachricht käme, bevor der Schritt bekannt ist: verkürzen",
    ),
)
