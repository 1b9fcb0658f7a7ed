"""One sentence for every way in which closure days of an office are refused, in both languages."""

CLOSURE_SENTENCES: dict[str, tuple[str, str]] = {
    "closure_past": (
        "Dafür ist es zu spät: Möglich ist ein Tag ab dem {earliest}. Vergangene Tage bleiben, wie sie waren.",
        "It is too late for that: possible is a day from {earliest} on. Past days stay as they were.",
    ),
    "closure_backwards": (
        "Der letzte Tag ({last}) liegt vor dem ersten ({first}). Bitte beide Tage prüfen.",
        "The last day ({last}) lies before the first ({first}). Please check both days.",
    ),
    "closure_long": (
        "Das sind mehr als {most} Tage auf einmal. Bitte den letzten Tag prüfen oder in Teilen eintragen.",
        "These are more than {most} days at once. Please check the last day, or enter them in parts.",
    ),
    "closure_no_working_day": (
        "In dieser Zeit liegt kein Arbeitstag; an Wochenenden und Feiertagen ist ohnehin geschlossen.",
        "There is no working day in this time; weekends and public holidays are free anyway.",
    ),
    "closure_reason": (
        "Bitte einen Grund aus der Liste wählen.",
        "Please choose a reason from the list.",
    ),
}
