"""What the shell says where a setting, a file of the house or a call of its own cannot be right; German first."""

SENTENCES: dict[str, tuple[str, str]] = {
    "database_in_memory": (
        "Eine Datenbank im Arbeitsspeicher („{field}“) verlöre alles. Eine Datei oder PostgreSQL angeben.",
        "A database in memory (“{field}”) would lose everything. Name a file or PostgreSQL.",
    ),
    "weak_master_key": (
        "Der oberste Schlüssel („{field}“) ist zu kurz oder zu einfach. Neu erzeugen: openssl rand -hex 32",
        "The key above all keys (“{field}”) is too short or too simple. Make one: openssl rand -hex 32",
    ),
    "password_short": (
        "Das Kennwort („{field}“) ist zu kurz. Ein längeres wählen.",
        "The password (“{field}”) is too short. Choose a longer one.",
    ),
    "programme_directory": (
        "Das Verzeichnis der Programme {file} gibt es nicht. Anlegen, oder die Einstellung herausnehmen.",
        "The directory of programmes {file} does not exist. Create it, or take the setting out.",
    ),
    "date_malformed": (
        "Der Tag („{field}“) ist nicht lesbar. Bitte als {remedy} schreiben, zum Beispiel 2027-03-01.",
        "The day (“{field}”) cannot be read. Please write it as {remedy}, as in 2027-03-01.",
    ),
    "naive_instant": (
        "Dem Zeitpunkt („{field}“) fehlt die Zeitzone. Bitte mit Zeitzone angeben, etwa 2027-03-01T08:00+01:00.",
        "The instant (“{field}”) has no time zone. Please give one, as in 2027-03-01T08:00+01:00.",
    ),
    "months_backwards": (
        "Die Zahl der Monate („{field}“) ist negativ. Monate bitte ab dem Ereignis vorwärts zählen.",
        "The number of months (“{field}”) is negative. Please count months forward from the event.",
    ),
    "sending_offset": (
        "Der Versatz des Versands („{field}“) passt nicht in den Tag. Bitte 0 bis 599 Minuten angeben.",
        "The offset of sending (“{field}”) does not fit into the day. Please give 0 to 599 minutes.",
    ),
    "mix_unreadable": (
        "Die Datei {file} mit der Mischung („{field}“) lässt sich nicht lesen. Pfad und Rechte prüfen.",
        "The file {file} with the mix (“{field}”) cannot be read. Check its path and rights.",
    ),
    "mix_malformed": (
        "Die Mischung ist fehlerhaft, Feld „{field}“: {reason}. Bitte die Datei berichtigen.",
        "The mix is malformed, field “{field}”: {reason}. Please correct the file.",
    ),
}
