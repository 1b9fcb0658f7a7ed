"""Sentences for what a list of running cases or allocations may have wrong: what it is, then what helps."""

from typing import Final

LIST_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # The file as a whole (store/reading_lists.py)
    "list_missing": (
        "Es ist keine Datei angekommen. Bitte eine Datei auswählen und noch einmal hochladen.",
        "No file has arrived. Please choose a file and upload it again.",
    ),
    "list_without_lines": (
        "Die Liste hat nur eine Kopfzeile. Bitte mindestens eine Zeile darunter ausfüllen.",
        "The list has a heading only. Please fill in at least one line below it.",
    ),
    "list_too_wide": (
        "Die Liste hat mehr als {max} Spalten. Bitte nur die Spalten der Vorlage behalten.",
        "The list has more than {max} columns. Please keep the columns of the example only.",
    ),
    "list_old_workbook": (
        "Das ist eine Arbeitsmappe im alten Format (.xls) oder mit Kennwort. Bitte als .xlsx ohne Kennwort speichern.",
        "This is a workbook of the old format (.xls) or with a password. Please save it as .xlsx without one.",
    ),
    "list_broken_workbook": (
        "Die Arbeitsmappe ist nicht lesbar. Bitte in der Tabellenkalkulation öffnen und neu als .xlsx speichern.",
        "The workbook cannot be read. Please open it in a spreadsheet program and save it as .xlsx again.",
    ),
    "list_unpacks_too_large": (
        "Die Arbeitsmappe ist entpackt zu groß. Bitte nur die Liste selbst in eine neue Mappe kopieren.",
        "The workbook is too large once unpacked. Please copy the list alone into a new workbook.",
    ),
    "list_with_macros": (
        "Die Arbeitsmappe enthält Makros. Bitte ohne Makros als .xlsx speichern.",
        "The workbook holds macros. Please save it as .xlsx without them.",
    ),
    # One cell (domain/list_cells.py, domain/take_over_reading.py)
    "cell_computes": (
        "Hier steht eine Formel. Bitte den Wert selbst eintragen (kopieren, „Werte einfügen“).",
        "There is a formula here. Please enter the value itself (copy, “paste values”).",
    ),
    "year_too_short": (
        "Das Jahr hat nur zwei Ziffern. Bitte vierstellig schreiben, zum Beispiel 07.12.2026.",
        "The year has two digits only. Please write all four, for example 07.12.2026.",
    ),
    "neither_yes_nor_no": (
        "Das ist weder ja noch nein. Bitte „ja“ oder „nein“ eintragen oder leer lassen.",
        "This is neither yes nor no. Please enter “ja” or “nein”, or leave it empty.",
    ),
    "not_whole": (
        "Das ist keine ganze Zahl. Bitte nur Ziffern eintragen oder leer lassen.",
        "This is not a whole number. Please enter digits only, or leave it empty.",
    ),
    "list_language_unknown": (
        "Diese Sprache kennt Pakt nicht. Bitte den Namen oder eines dieser Kürzel eintragen: {known}.",
        "Pakt does not know this language. Please enter its name or one of these tags: {known}.",
    ),
    "term_unknown": (
        "Diese Laufzeit gibt es nicht. Bitte {allowed} Monate eintragen oder leer lassen.",
        "There is no such term. Please enter {allowed} months, or leave it empty.",
    ),
    "term_over": (
        (
            "Die Laufzeit ist am {day} abgelaufen. Bitte eine bewilligte Verlängerung unter „Laufzeit Monate“ "
            "eintragen ({months}) oder die Zeile entfernen."
        ),
        (
            "The term ended on {day}. Please enter an extension that was granted under “Laufzeit Monate” "
            "({months}), or remove the line."
        ),
    ),
    "term_over_for_good": (
        "Auch die längste Laufzeit ist abgelaufen (Ende {day}). Bitte den Tag prüfen oder die Zeile entfernen.",
        "Even the longest term is over (it ended on {day}). Please check the day, or remove the line.",
    ),
    "step_unknown": (
        "Den Schritt „{value}“ kennt das Programm nicht. Bitte Kürzel aus dieser Reihe verwenden: {known}.",
        "The programme has no step “{value}”. Please use codes of this row: {known}.",
    ),
    "step_number_missing": (
        "Den Schritt „{value}“ gibt es mehrmals. Bitte mit Nummer schreiben, zum Beispiel {example}.",
        "The step “{value}” comes several times. Please write it with its number, for example {example}.",
    ),
    "step_number_wrong": (
        "Die Nummer in „{value}“ passt nicht. Bitte zum Beispiel {example} schreiben (höchstens {most}).",
        "The number in “{value}” does not fit. Please write for example {example} (at most {most}).",
    ),
    "entitlement_unknown": (
        "Dieser Kursanspruch ist unbekannt. Bitte Pflicht, Anspruch, Zulassung oder kein eintragen.",
        "This entitlement is unknown. Please enter Pflicht, Anspruch, Zulassung or kein.",
    ),
    "of_age_differs": (
        "Nach dem Geburtsdatum ist das der {day}. Bitte eines von beiden berichtigen oder die Spalte leeren.",
        "By the date of birth this is {day}. Please correct one of the two, or empty the column.",
    ),
    "before_allocation": (
        "Der Tag liegt vor der Zuweisung ({day}). Bitte beide Tage prüfen und einen berichtigen.",
        "The day lies before the allocation ({day}). Please check both days and correct one.",
    ),
    "email_missing": (
        "Zur E-Mail-Einwilligung fehlt die Adresse. Bitte sie eintragen oder die Einwilligung leeren.",
        "There is consent to e-mail, and no address. Please enter it, or empty the consent.",
    ),
    "consent_not_given": (
        "Das darf erst nach der Einwilligung erfasst sein. Bitte „Einwilligung am“ ausfüllen oder dies leeren.",
        "This may be recorded only after consent. Please fill in “Einwilligung am”, or empty this.",
    ),
    "line_twice": (
        "Dieselbe Person oder Nummer steht schon in Zeile {line}. Bitte eine der beiden Zeilen entfernen.",
        "The same person or number stands in line {line} already. Please remove one of the two lines.",
    ),
    # A line beside what the office has (store/take_overs.py, store/allocations.py)
    "number_of_another": (
        "Unter dieser Nummer ist schon jemand anders übernommen. Bitte Nummer, Name und Geburtsdatum prüfen.",
        "Somebody else was taken over under this number. Please check number, name and date of birth.",
    ),
    "colleague_unknown": (
        "Diese Person führt hier keine Fälle. Bitte einen Anmeldenamen aus dieser Reihe eintragen: {known}.",
        "This person runs no cases here. Please enter one of these sign-in names: {known}.",
    ),
    "likely_known": (
        (
            "Vermutlich gibt es diese Person hier schon (Geburtsdatum und Name). Bitte prüfen; ist es jemand "
            "anders, „kein Doppel“ mit ja ausfüllen."
        ),
        (
            "This person is likely known here already (date of birth and name). Please check; if it is somebody "
            "else, enter ja under “kein Doppel”."
        ),
    ),
    "likely_twice": (
        (
            "Vermutlich steht diese Person auch in Zeile {line} (Geburtsdatum und Name). Bitte prüfen; ist es "
            "jemand anders, „kein Doppel“ mit ja ausfüllen."
        ),
        (
            "This person likely stands in line {line} too (date of birth and name). Please check; if it is "
            "somebody else, enter ja under “kein Doppel”."
        ),
    ),
    "no_office_for_ags": (
        (
            "Für diese Gemeinde ist hier kein Büro eingerichtet. Bitte die Gemeinde prüfen oder das Büro von der "
            "Verwaltung einrichten lassen; es gibt Büros für: {known}."
        ),
        (
            "There is no office here for this municipality. Please check it, or have the administrator set the "
            "office up; there are offices for: {known}."
        ),
    ),
    "allocated_elsewhere": (
        "Diese Zuteilung liegt schon bei „{office}“. Bitte warten, bis sie von dort zurückkommt.",
        "This allocation is with “{office}” already. Please wait until it comes back from there.",
    ),
    "allocation_too_old": (
        "Die Zuteilung liegt über ein Jahr zurück. Bitte den Tag prüfen; laufende Fälle werden übernommen.",
        "The allocation is over a year ago. Please check the day; running cases are taken over instead.",
    ),
    "allocation_settled": (
        "Diese Zuteilung ist schon erledigt. Bitte die Liste der Zuteilungen neu öffnen.",
        "This allocation is settled already. Please reopen the list of allocations.",
    ),
    "allocation_columns": (
        "Das ist keine Liste laufender Fälle: {field} fehlt. Eine Zuteilungsliste bitte mit --allocations einlesen.",
        "This is no list of running cases: it lacks {field}. Please read an allocation list with --allocations.",
    ),
}
