"""One sentence for every way in which a step of a book is refused, in both languages."""

BOOK_SENTENCES: dict[str, tuple[str, str]] = {
    "nothing_changed": (
        "Es ist keine Zahl genannt, die anders sein soll. Bitte mindestens eine angeben.",
        "No number is named that is to differ. Please name at least one.",
    ),
    "parameter_unknown": (
        "Die Zahl „{field}“ gibt es in diesem Buch nicht: {remedy}",
        "There is no number “{field}” in this book: {remedy}",
    ),
    "value_out_of_range": (
        "{field}: {value} liegt außerhalb der Grenzen. Erlaubt ist: {remedy}",
        "{field}: {value} is outside its limits. Allowed is: {remedy}",
    ),
    "value_no_number": (
        "{field}: „{value}“ passt nicht. Erlaubt ist: {remedy}",
        "{field}: “{value}” does not fit. Allowed is: {remedy}",
    ),
    "value_unchanged": (
        "{field} ist schon {value}. Bitte weglassen oder eine andere Zahl wählen.",
        "{field} is {value} already. Leave it out, or choose another number.",
    ),
    "set_malformed": (
        "„{value}“ lässt sich nicht lesen. So schreiben: {remedy}",
        "“{value}” cannot be read. Write it like this: {remedy}",
    ),
    "reason_needed": (
        "Bitte in einem Satz sagen, warum das Buch geändert wird.",
        "Please say in a sentence why the book is changed.",
    ),
    "book_id": (
        "Die Kennung „{book}“ passt nicht. Möglich ist: {remedy}",
        "The id “{book}” does not fit. Use: {remedy}",
    ),
    "book_id_taken": (
        "Ein Buch „{book}“ gibt es schon. Bitte eine andere Kennung wählen.",
        "There is a book “{book}” already. Please choose another id.",
    ),
    "book_base_unapproved": (
        "Das Buch „{book}“ ist nie freigegeben worden. Bitte mit einem Buch beginnen, das galt.",
        "The book “{book}” was never approved. Please begin with one that was in force.",
    ),
    "book_has_findings": (
        "Die Prüfung hat {number} Mängel gefunden, zuerst: {first}. Bitte einen neuen Entwurf machen.",
        "The check found {number} faults, the first: {first}. Please make a new draft.",
    ),
    "book_state": (
        "Dieser Schritt geht jetzt nicht: Das Buch „{book}“ ist „{stands}“, nötig wäre „{needed}“.",
        "This step is not possible now: the book “{book}” is “{stands}”; it must be “{needed}”.",
    ),
    "simulation_unfinished": (
        "Die Erprobung von „{book}“ ist nicht zu Ende. Bitte noch einmal erproben; sie wird fortgesetzt.",
        "The simulation of “{book}” is not finished. Please simulate again; it will go on where it was.",
    ),
    "four_eyes": (
        "Wer das Buch gemacht, geprüft oder erprobt hat, gibt es nicht frei. Bitte eine zweite Person bitten.",
        "Who made, checked or simulated the book cannot approve it. Please ask a second person.",
    ),
    "result_changed": (
        "Das Ergebnis ist nicht mehr das, das angesehen wurde. Bitte neu erproben und noch einmal ansehen.",
        "The result is no longer the one that was looked at. Please simulate again and look at it.",
    ),
    "book_in_force_changed": (
        "Seit der Erprobung gilt ein anderes Buch. Bitte gegen dieses neu erproben.",
        "Another book is in force since the simulation. Please simulate against that one.",
    ),
    "activation_too_soon": (
        "Das ist zu früh: Ein Buch gilt frühestens zwei Arbeitstage nach seiner Aktivierung, also ab {earliest}.",
        "That is too soon: a book comes into force two working days ahead at least, here from {earliest}.",
    ),
    "activation_reaches_back": (
        "Ein Buch wirkt nie zurück: Bitte einen Tag nach dem {after} wählen.",
        "A book never reaches back: please choose a day after {after}.",
    ),
    "days_outside": (
        "Die Zahl der Tage passt nicht. Möglich ist: {remedy}",
        "The number of days does not fit. Use: {remedy}",
    ),
    "nothing_to_compare": (
        "Es fehlen Fälle zum Vergleichen. Bitte Dateien nennen oder --stored.",
        "There is nothing to compare. Please name files with facts, or --stored.",
    ),
    "pin_unknown_book": (
        "Das Buch „{book}“ gibt es hier nicht. Möglich ist: {known}",
        "There is no book “{book}” here. Use one of: {known}",
    ),
    "pin_unapproved_book": (
        "Das Buch „{book}“ ist nie freigegeben worden; kein Fall kann daran gebunden werden. Möglich ist: {known}",
        "The book “{book}” was never approved; no case can be held to it. Use one of: {known}",
    ),
    "broken_book": (
        "Das Buch „{file}“ ist beschädigt ({field}: {reason}). Bitte aus einer Sicherung wiederherstellen.",
        "The book “{file}” is damaged ({field}: {reason}). Please restore it from a backup.",
    ),
    "simulation_under_way": (
        "Die Erprobung läuft schon. Bitte warten und die Seite neu laden.",
        "The simulation is under way already. Please wait and reload the page.",
    ),
}
