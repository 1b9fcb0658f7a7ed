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
}
