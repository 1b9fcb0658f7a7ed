"""One sentence for every way in which absences and an office's own matters are refused, in both languages."""

OFFICE_SENTENCES: dict[str, tuple[str, str]] = {
    "absence_backwards": (
        "Der letzte Tag ({last}) liegt vor dem ersten ({first}). Bitte beide Tage prüfen.",
        "The last day ({last}) lies before the first ({first}). Please check both days.",
    ),
    "absence_known": (
        "Für diese Zeit ist schon eine Abwesenheit ab dem {first} eingetragen. Bitte dort den letzten Tag ändern.",
        "An absence from {first} on is already recorded for this time. Please change its last day there.",
    ),
    "not_of_the_office": (
        "Bitte jemanden aus dem eigenen Büro wählen.",
        "Please choose somebody of your own office.",
    ),
    "absence": (
        "Diesen Eintrag gibt es nicht. Die Nummern zeigt: pakt office absence list",
        "There is no such entry. The numbers are shown by: pakt office absence list",
    ),
    "number_malformed": (
        "{field} ist eine ganze Zahl ({remedy}).",
        "{field} is a whole number ({remedy}).",
    ),
    "year_out_of_range": (
        "{field}: bitte ein Jahr von {low} bis {high} angeben.",
        "{field}: please give a year from {low} to {high}.",
    ),
    "replan_reason": (
        "{field} fehlt oder ist unbekannt. Möglich: {remedy}",
        "{field} is missing or unknown. Possible: {remedy}",
    ),
    "share_out_of_range": (
        "Der Stellenanteil liegt zwischen {low} und {high} Hundertsteln einer vollen Stelle.",
        "The share of a post lies between {low} and {high} hundredths of a full one.",
    ),
    "not_for_offices": (
        "Das ist kein Schritt für ein Büro ({kind}). Möglich sind eine Antwort oder „erledigt“.",
        "That is nothing an office can be asked ({kind}). Possible are an answer, or “done”.",
    ),
}
