"""What the shell says about facts, books and the handbook that it refuses; German first, then English."""

SENTENCES: dict[str, tuple[str, str]] = {
    "fact_in_future": (
        (
            "{file}: das Feld „{field}“ nennt den {day}; gefragt ist nach dem {on}, so kann es noch nicht gewesen "
            "sein. Das Datum berichtigen, Späteres weglassen oder mit --on einen späteren Tag nennen."
        ),
        (
            "{file}: the field “{field}” names {day}; asked about is {on}, so it cannot have been yet. Correct the "
            "date, leave out what came later, or name a later day with --on."
        ),
    ),
    "ends_before_start": (
        "{file}: das Feld „{field}“ ({day}) liegt vor „{other}“ ({start}). Einen der beiden Tage berichtigen.",
        "{file}: the field “{field}” ({day}) lies before “{other}” ({start}). Correct one of the two days.",
    ),
    "facts_contradict": (
        (
            "{file}: das Feld „{field}“ widerspricht „{other}“. Das Falsche weglassen; weichen zwei Quellen "
            "voneinander ab, eine als überholt (superseded) oder beide als strittig (disputed) kennzeichnen."
        ),
        (
            "{file}: the field “{field}” contradicts “{other}”. Leave out what is wrong; where two sources differ, "
            "mark one superseded or both disputed."
        ),
    ),
    "broken_book": (
        (
            "{file}: die Buchdatei ist beschädigt, Feld „{field}“ ({reason}). Die Datei aus ihrer Auslieferung oder "
            "aus der Sicherung zurückholen; ein Buch wird nie von Hand geändert."
        ),
        (
            "{file}: the file of the book is broken, field “{field}” ({reason}). Take the file from its release or "
            "from backup; a book is never edited."
        ),
    ),
    "handbook_unwritable": (
        "In das Verzeichnis {file} lässt sich nicht schreiben ({remedy}). Mit -o ein anderes nennen.",
        "The directory {file} cannot be written to ({remedy}). Name another with -o.",
    ),
    "handbook_failed": (
        "Das Handbuch ließ sich nicht setzen ({reason}). Die Seiten (HTML) sind davon nicht betroffen.",
        "The handbook could not be typeset ({reason}). Its pages (HTML) are not concerned.",
    ),
    "handbook_not_here": (
        "Das Handbuch schreibt nur der Befehl „pakt rules handbook“. Bitte so aufrufen.",
        "The handbook is written by the command “pakt rules handbook” only. Please call it so.",
    ),
    "no_parameter": (
        "Die Zahl {parameter} hat am {day} keinen Wert. Eine Fassung mit diesem Tag anlegen.",
        "The number {parameter} has no value on {day}. Date a version to cover it.",
    ),
    "unknown_parameter": (
        "Regel {rule}: die Zahl „{field}“ gibt es nicht. Zu den Zahlen der Regel hinzufügen.",
        "Rule {rule}: there is no number “{field}”. Add it to the parameters of the rule.",
    ),
    "unknown_twin": (
        "Regel {rule}: die Pflicht „{field}“, die zuerst kommen soll, gibt es nicht; {remedy}.",
        "Rule {rule}: there is no duty “{field}” that could come first; {remedy}.",
    ),
    "unknown_citation": (
        "Regel {rule}: die Fundstelle „{field}“ gibt es nicht. In rules/citations.toml ergänzen.",
        "Rule {rule}: there is no source “{field}”. Add it to rules/citations.toml.",
    ),
    "stages_misnumbered": (
        "Regel {rule}: die Stufen („{field}“) sind falsch nummeriert. Bitte 1, 2, 3 … vergeben.",
        "Rule {rule}: the stages (“{field}”) are misnumbered. Please number them 1, 2, 3 ….",
    ),
    "book_frozen": (
        "Das Buch {file} ist eingefroren. --next beginnt ein neues; --unreleased ersetzt ein nie ausgeliefertes.",
        "The book {file} is frozen. --next begins a new one; --unreleased replaces one never released.",
    ),
    "book_reaches_back": (
        "{field}: ein Buch reicht nie vor das zurück, dem es folgt. Nötig ist {remedy}.",
        "{field}: a book never reaches back before the one it follows. Needed is {remedy}.",
    ),
}
