"""One sentence for every way in which an entry of the directory, or a list of them, is refused."""

DIRECTORY_SENTENCES: dict[str, tuple[str, str]] = {
    "offer_kind_unknown": (
        "Diese Art gibt es nicht. Möglich sind Kurs, Verein, Tandem, Ehrenamt, MBE/JMD, Kita, Praktikum ({allowed}).",
        "There is no such kind. Possible are: {allowed}.",
    ),
    "offer_level_unknown": (
        "Dieses Sprachniveau gibt es nicht. Möglich sind {allowed}; leer, wenn keines nötig ist.",
        "There is no such level. Possible are {allowed}; empty where none is needed.",
    ),
    "offer_place_unknown": (
        "Diesen Ort gibt es in Baden-Württemberg nicht. Bitte Gemeinde oder Landkreis nennen, oder ihren Schlüssel.",
        "There is no such place in Baden-Württemberg. Please name a municipality or district, or its key.",
    ),
    "offer_start_far": (
        "Der Beginn liegt mehr als drei Jahre entfernt. Bitte einen Tag vom {earliest} bis {latest} eintragen.",
        "The start is more than three years away. Please enter a day from {earliest} to {latest}.",
    ),
    "offer_childcare_unclear": (
        "Bitte ja, nein oder unbekannt eintragen.",
        "Please enter yes, no or unknown.",
    ),
    "offer_places_unclear": (
        "Bitte eine ganze Zahl von 0 bis {max} eintragen; leer, wenn sie unbekannt ist.",
        "Please enter a whole number from 0 to {max}; empty if unknown.",
    ),
    "offer_phone_unclear": (
        "Das ist keine Telefonnummer einer Stelle. Bitte nur Ziffern, Leerzeichen und + oder leer lassen.",
        "This is not an office's phone number. Please use digits, spaces and + only, or leave empty.",
    ),
    "offer_names_a_person": (
        "Hier steht eine Person oder E-Mail-Adresse. Bitte nur die Einrichtung nennen; Personen gehören nicht hierher.",
        "This names a person or e-mail address. Please name the organisation only; persons do not belong here.",
    ),
    "offer_text_unprintable": (
        "Der Text enthält ein Zeichen, das sich nicht anzeigen lässt. Bitte neu tippen.",
        "The text holds a character that cannot be shown. Please type it anew.",
    ),
    "offer_exists": (
        "Dieses Angebot steht schon im Verzeichnis (gleiche Art, Anbieter, Ort, Beginn). Bitte dort ändern.",
        "This offer is in the directory already (same kind, provider, place, start). Please change it there.",
    ),
    "offer_stale": (
        "Dieser Eintrag wurde inzwischen geändert. Bitte den neuen Stand ansehen und noch einmal eintragen.",
        "This entry was changed in the meantime. Please look at its new state and enter it again.",
    ),
    "offer_withdrawn": (
        "Dieses Angebot ist seit dem {on} zurückgezogen. Bitte ein anderes wählen oder neu eintragen.",
        "This offer was withdrawn on {on}. Please choose another, or enter it anew.",
    ),
    "settled_before_offered": (
        "Das Angebot wurde erst am {offered} gemacht. Bitte einen Tag ab dann eintragen.",
        "The offer was made on {offered} only. Please enter a day from then on.",
    ),
    "list_empty": (
        "Die Liste ist leer. Bitte eine CSV-Datei mit Kopfzeile angeben.",
        "The list is empty. Please give a CSV file with a heading.",
    ),
    "list_too_large": (
        "Die Datei ist größer als {max} MB. Bitte in mehrere Listen teilen.",
        "The file is larger than {max} MB. Please split it into several lists.",
    ),
    "list_too_long": (
        "Die Liste hat mehr als {max} Zeilen. Bitte in mehrere Listen teilen.",
        "The list has more than {max} lines. Please split it into several lists.",
    ),
    "list_encoding": (
        "Die Datei ist weder UTF-8 noch Windows-1252. Bitte als CSV (UTF-8) speichern.",
        "The file is neither UTF-8 nor Windows-1252. Please save it as CSV (UTF-8).",
    ),
    "list_broken": (
        "Ab Zeile {line} ist ein Anführungszeichen nicht geschlossen oder falsch gesetzt. Bitte dort berichtigen.",
        "From line {line} on a quotation mark is not closed or misplaced. Please correct it there.",
    ),
    "list_column_unknown": (
        "Die Spalte „{field}“ ist unbekannt. Bitte umbenennen oder entfernen; bekannt sind: {known}",
        "The column “{field}” is unknown. Please rename or remove it; known are: {known}",
    ),
    "list_column_twice": (
        "Die Spalte „{field}“ steht zweimal in der Kopfzeile. Bitte eine davon entfernen.",
        "The column “{field}” stands twice in the heading. Please remove one of them.",
    ),
    "list_column_missing": (
        "In der Kopfzeile fehlt: {field}. Bitte ergänzen; bekannt sind: {known}",
        "The heading lacks: {field}. Please add it; known are: {known}",
    ),
    "list_cells_over": (
        "Die Zeile hat mehr Felder als die Kopfzeile ({count}). Bitte Texte mit Trennzeichen in Anführungszeichen.",
        "The line has more cells than the heading ({count}). Please put texts with separators in quotation marks.",
    ),
    "list_line_twice": (
        "Dasselbe Angebot steht schon in Zeile {line}. Bitte eine der beiden Zeilen entfernen.",
        "The same offer stands in line {line} already. Please remove one of the two lines.",
    ),
}
