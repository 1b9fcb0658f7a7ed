"""What the shell says about calendars and their files; German first, then English."""

SENTENCES: dict[str, tuple[str, str]] = {
    "calendar": (
        "Den Kalender „{calendar}“ gibt es nicht: {remedy}",
        "There is no calendar “{calendar}”: {remedy}",
    ),
    "calendar_broken": (
        "{file}, Zeile {line}: kein lesbares JSON. Abhilfe: {remedy}",
        "{file}, line {line}: not readable as JSON. Remedy: {remedy}",
    ),
    "calendar_invalid": (
        "{file}, Feld „{field}“: {problem}. Abhilfe: {remedy}",
        "{file}, field “{field}”: {problem}. Remedy: {remedy}",
    ),
    "calendar_unreadable": (
        "{file} kann nicht gelesen werden ({reason}). Bitte {field} prüfen.",
        "{file} cannot be read ({reason}). Please check {field}.",
    ),
    "calendar_id": (
        "{field}: „{value}“ passt nicht. Kleinbuchstaben, Ziffern und _ verwenden, zum Beispiel {remedy}",
        "{field}: “{value}” does not fit. Use lower-case letters, digits and _, for example {remedy}",
    ),
    "calendar_years": (
        "{field}: {value} geht nicht. Möglich ist {remedy}.",
        "{field}: {value} does not work. Possible is {remedy}.",
    ),
    "calendar_published": (
        (
            "{file} ist mit anderem Inhalt veröffentlicht (dort: {stands}; jetzt: {made}) und bleibt, wie es ist. "
            "Für den neuen Kalender mit --id eine neue Kennung geben."
        ),
        (
            "{file} is published with another content (there: {stands}; now: {made}) and stays as it is. "
            "Give the new calendar an id of its own with --id."
        ),
    ),
    "calendar_unwritable": (
        "{file} kann nicht geschrieben werden ({reason}). Bitte {field} prüfen.",
        "{file} cannot be written ({reason}). Please check {field}.",
    ),
    "generator_missing": (
        "Das Paket „{field}“ fehlt; nur wer Kalender erzeugt, braucht es. Abhilfe: {remedy}",
        "The package “{field}” is missing; only who generates calendars needs it. Remedy: {remedy}",
    ),
    "office": (
        "Das Büro „{office}“ gibt es hier nicht. Bitte {field} prüfen.",
        "There is no office “{office}” here. Please check {field}.",
    ),
}
PROBLEMS: dict[str, tuple[str, str]] = {
    "its file has another name": ("die Kennung passt nicht zur Datei", "the id does not fit the file"),
    "the content does not fit its hash": (
        "der Inhalt passt nicht zu seiner Prüfsumme",
        "the content does not fit its hash",
    ),
    "the days must stand in order, each once": (
        "die Tage stehen nicht in ihrer Reihenfolge, jeder einmal",
        "the days must stand in order, each once",
    ),
    "a day lies outside of first and last": (
        "ein Tag liegt vor dem ersten oder nach dem letzten",
        "a day lies outside of first and last",
    ),
    "last lies before first": ("der letzte Tag liegt vor dem ersten", "last lies before first"),
}
REMEDIES: tuple[tuple[str, str], ...] = (
    ("take the published file again", "die veröffentlichte Datei wieder nehmen"),
)
