"""The German and English sentence for every code of a refusal; `web.sentences` fills them in."""

from web.book_sentences import BOOK_SENTENCES
from web.closure_sentences import CLOSURE_SENTENCES
from web.directory_sentences import DIRECTORY_SENTENCES
from web.list_sentences import LIST_SENTENCES
from web.office_sentences import OFFICE_SENTENCES
from web.turn_sentences import TURN_SENTENCES

SENTENCES: dict[str, tuple[str, str]] = {
    # What a journey refuses (domain/handling.py)
    "stale_rev": (
        "Das wurde inzwischen geändert ({at}, {by}). Bitte den neuen Stand prüfen.",
        "This was changed in the meantime ({at}, {by}). Please check the new state.",
    ),
    "stale_rev_untold": (
        "Das wurde inzwischen geändert. Bitte den neuen Stand prüfen.",
        "This was changed in the meantime. Please check the new state.",
    ),
    "journey_closed": (
        "Der Fall ist seit dem {on} beendet. Bitte zuerst „Fall wieder öffnen“ wählen.",
        "The case has been closed since {on}. Choose “Reopen” first if it is to go on.",
    ),
    "journey_not_closed": (
        "Der Fall läuft noch. Dieser Schritt ist erst nach dem Ende des Falls möglich.",
        "The case is still running. This is possible only after it has been closed.",
    ),
    "future_day": (
        "Der {day} liegt in der Zukunft. Bitte einen Tag bis heute ({today}) eintragen.",
        "{day} lies in the future. Please enter a day up to today ({today}).",
    ),
    "consent_missing": (
        "Dafür fehlt die Einwilligung in die Begleitung. Bitte zuerst im Gespräch die Einwilligung erfassen.",
        "Consent to casework is missing. Please record the consent from the talk first.",
    ),
    "consent_scope": (
        "Die Einwilligung gilt nicht für das Feld „{goal}“. Bitte die Person fragen.",
        "The consent does not cover “{goal}”. Please ask the person and extend the consent first.",
    ),
    "unknown_subject": (
        "Diesen Eintrag gibt es in diesem Fall nicht (mehr). Bitte aus der Liste wählen.",
        "There is no such entry in this case (any more). Please choose one from the list.",
    ),
    "exists_already": (
        "Das ist bereits erfasst. Bitte die Seite neu öffnen; es muss nichts noch einmal eingetragen werden.",
        "This has already been recorded. Please reopen the page; nothing needs to be entered again.",
    ),
    "nothing_to_withdraw": (
        "Für diesen Zweck liegt keine Einwilligung vor, die widerrufen werden könnte. Bitte den Zweck prüfen.",
        "There is no consent for this purpose that could be withdrawn. Please check the purpose.",
    ),
    "fields_missing": (
        "Bei einer teilweisen Einwilligung bitte mindestens ein Lebensfeld ankreuzen.",
        "For a partial consent please tick at least one field of life.",
    ),
    "start_in_past": (
        "Der Termin ({start}) liegt in der Vergangenheit. Bitte einen späteren Zeitpunkt wählen.",
        "The appointment ({start}) lies in the past. Please choose a later time.",
    ),
    "already_settled": (
        "Das ist schon abgeschlossen (Stand: {state}). Bitte den Eintrag in der Übersicht ansehen.",
        "This has already been settled (state: {state}). Please look at the entry in the overview.",
    ),
    "too_late_to_cancel": (
        "Der Termin ({start}) hat schon begonnen. Bitte „stattgefunden“ oder „versäumt“ wählen.",
        "The appointment ({start}) has already begun. Please record it as kept or missed.",
    ),
    "too_early": (
        "Der Termin ({start}) liegt noch in der Zukunft. Bitte danach erfassen oder verschieben.",
        "The appointment ({start}) is still ahead. Please record it afterwards, or move it.",
    ),
    "unknown_code": (
        "Die Angabe „{fact}“ ist nicht vorgesehen. Möglich sind: {known}.",
        "“{fact}” is not provided for. Possible are: {known}.",
    ),
    "unknown_step": (
        "Den Schritt „{step}“ sieht das Programm dieses Falls nicht vor. Möglich sind: {known}.",
        "The programme of this case has no step “{step}”. Possible are: {known}.",
    ),
    "bad_value": (
        "Dieser Wert ist für „{fact}“ nicht vorgesehen. Erlaubt: {allowed}.",
        "This value is not provided for “{fact}”. Allowed: {allowed}.",
    ),
    "bad_number": (
        "„{fact}“ gibt es mehrfach. Bitte sagen, welches gemeint ist, zum Beispiel {first}.",
        "There are several of “{fact}”. Please say which one is meant, for example {first}.",
    ),
    "needless_number": (
        "„{fact}“ gibt es nur einmal. Bitte die Nummer weglassen.",
        "There is only one “{fact}”. Please leave the number out.",
    ),
    "bad_week": (
        "Eine Kurswoche hat sieben Buchstaben, Montag bis Sonntag, zum Beispiel aaaaa--. Es bedeuten: {letters}.",
        "A week of the course has seven letters, Monday to Sunday, such as aaaaa--. They mean: {letters}.",
    ),
    "day_out_of_reach": (
        "Dieser Tag liegt zu weit weg. Bitte einen Tag vom {earliest} bis zum {latest} eintragen.",
        "This day is too far away. Please enter a day from {earliest} to {latest}.",
    ),
    "not_a_monday": (
        "Eine Kurswoche beginnt am Montag. Bitte den Montag der Woche eintragen.",
        "A week of the course begins on a Monday. Please enter the Monday of the week.",
    ),
    "own_substitute": (
        "Niemand kann sich selbst vertreten. Bitte eine andere Person als Vertretung wählen.",
        "Nobody can be their own substitute. Please choose another person as substitute.",
    ),
    "book_already": (
        "Dieses Regelbuch gilt für den Fall schon. Bitte ein anderes wählen oder abbrechen.",
        "The case is held to this book already. Please choose another one, or cancel.",
    ),
    "pin_unknown_book": (
        "Das Regelbuch „{book}“ gibt es hier nicht. Möglich sind: {known}.",
        "There is no book of rules “{book}” here. Possible are: {known}.",
    ),
    "pin_unapproved_book": (
        "Das Regelbuch „{book}“ ist noch nicht freigegeben. Möglich sind: {known}.",
        "The book of rules “{book}” has not been approved yet. Possible are: {known}.",
    ),
    "case_worker_unknown": (
        "Diese Person führt in diesem Büro keine Fälle. Bitte jemanden aus der Liste wählen.",
        "This person runs no cases in this office. Please choose somebody from the list.",
    ),
    "substitute_unknown": (
        "Diese Person kann hier nicht vertreten. Bitte jemanden aus der Liste wählen oder frei lassen.",
        "This person cannot step in here. Please choose somebody from the list, or leave empty.",
    ),
    "due_before_agreed": (
        "Die Frist ({due}) liegt vor der Vereinbarung ({on}). Bitte eine spätere Frist eintragen.",
        "The due date ({due}) lies before the agreement ({on}). Please enter a later date.",
    ),
    "twin_same_side": (
        "Eine Gegenleistung kommt von der anderen Seite. Bitte eine Zusage der anderen Seite wählen.",
        "A counter-promise comes from the other side. Please choose a promise of the other side.",
    ),
    "agreement_needed": (
        "Eine Zusage des Büros darf nur im Einvernehmen verschoben werden. Bitte vorher absprechen.",
        "A promise of the office may only be moved in agreement. Please talk to the person first.",
    ),
    "due_in_past": (
        "Die neue Frist ({due}) liegt in der Vergangenheit. Bitte einen Tag ab heute wählen.",
        "The new date ({due}) lies in the past. Please choose today or later.",
    ),
    "already_paused": (
        "Der Fall ist bereits pausiert. Bitte zuerst die laufende Pause beenden.",
        "The case is already paused. Please end the running pause first.",
    ),
    "until_before_start": (
        "Das Ende der Pause ({until}) liegt vor ihrem Beginn. Bitte ein späteres Ende eintragen.",
        "The end of the pause ({until}) lies before its start. Please enter a later end.",
    ),
    "not_paused": (
        "Der Fall ist nicht pausiert; es gibt nichts fortzusetzen.",
        "The case is not paused; there is nothing to resume.",
    ),
    "resume_before_pause": (
        "Die Fortsetzung muss nach dem Beginn der Pause ({start}) liegen. Bitte einen späteren Tag wählen.",
        "Resuming must come after the start of the pause ({start}). Please choose a later day.",
    ),
    "until_missing": (
        "Diese Antwort braucht ein Datum nach heute, bis zu dem geklärt wird. Bitte das Datum eintragen.",
        "This answer needs a date after today by which it is settled. Please enter the date.",
    ),
    "highest_level": (
        "Die Angelegenheit liegt schon bei der Amtsleitung. Bitte eine andere Antwort wählen.",
        "The matter is already with the head. Please choose another answer.",
    ),
    "cannot_reopen": (
        "Dieser Fall kann nicht wieder geöffnet werden (Grund: {reason}). Bei Bedarf bitte neu aufnehmen.",
        "This case cannot be reopened (reason: {reason}). If needed, please start a new one.",
    ),
    "clock_moving": (
        "Die Uhr läuft gerade vor. Bitte einen Augenblick warten und noch einmal absenden.",
        "The clock is moving. Please wait a moment and send again.",
    ),
    # What a form refuses
    "required": ("Bitte ausfüllen.", "Please fill in."),
    "not_a_day": (
        "Das ist kein Datum. Bitte als Tag.Monat.Jahr schreiben, zum Beispiel 07.12.2026.",
        "This is not a date. Please write day.month.year, for example 07.12.2026.",
    ),
    "not_a_time": (
        "Das ist keine Uhrzeit. Bitte als Stunde:Minute schreiben, zum Beispiel 10:30.",
        "This is not a time. Please write hour:minute, for example 10:30.",
    ),
    "not_a_number": (
        "Das ist keine Nummer. Bitte eine ganze Zahl von 1 bis {max} eintragen.",
        "This is not a number. Please enter a whole number from 1 to {max}.",
    ),
    "week_incomplete": (
        "Bitte für jeden der sieben Tage eine Angabe wählen; „kein Kurs“, wo keiner ist oder noch kommt.",
        "Please choose an entry for each of the seven days; “no course” where there is none, or none yet.",
    ),
    "not_in_list": ("Bitte einen Eintrag aus der Liste wählen.", "Please choose an entry from the list."),
    "too_long": ("Bitte höchstens {max} Zeichen schreiben.", "Please write at most {max} characters."),
    "unknown_ags": (
        "Diese Gemeinde steht nicht im Verzeichnis. Bitte aus der Liste wählen oder den Schlüssel (08…) eingeben.",
        "The list has no such municipality. Please choose from the list or enter the key (08…).",
    ),
    "ambiguous_municipality": (
        "Mehrere Gemeinden heißen so. Bitte eine wählen: {options}.",
        "Several municipalities have this name. Please choose one: {options}.",
    ),
    "birth_in_future": (
        "Das Geburtsdatum liegt in der Zukunft. Bitte prüfen und berichtigen.",
        "The date of birth lies in the future. Please check and correct it.",
    ),
    "birth_too_early": (
        "Das Geburtsdatum liegt mehr als 120 Jahre zurück. Bitte prüfen und berichtigen.",
        "The date of birth is more than 120 years ago. Please check and correct it.",
    ),
    "allocation_before_birth": (
        "Der Tag der Zuteilung liegt vor dem Geburtsdatum. Bitte beide Angaben prüfen.",
        "The day of allocation lies before the date of birth. Please check both.",
    ),
    "allocation_in_future": (
        "Der Tag der Zuteilung liegt in der Zukunft. Bitte den Tag der tatsächlichen Zuteilung eintragen.",
        "The day of allocation lies in the future. Please enter the day of the actual allocation.",
    ),
    "allocation_too_early": (
        "Der Tag der Zuteilung liegt vor dem {earliest}. Bitte einen Tag ab dem {earliest} eintragen.",
        "The day of allocation lies before {earliest}. Please enter a day from {earliest} on.",
    ),
    "language_unknown": (
        "Diese Sprache steht nicht in der Liste. Bitte eine Sprache aus der Liste wählen.",
        "The list has no such language. Please choose one from the list.",
    ),
    "unknown_municipality": (
        "Diese Gemeinde gehört nicht zu Baden-Württemberg. Bitte aus der Liste wählen.",
        "This municipality does not belong to Baden-Württemberg. Please choose one from the list.",
    ),
    "programme_unknown": (
        "Dieses Programm ist hier nicht bekannt. Bitte die Verwaltung verständigen.",
        "This programme is not known here. Please tell the administrator.",
    ),
    "calendar_range": (
        "Dieser Tag liegt außerhalb des hinterlegten Kalenders. Bitte den Tag prüfen.",
        "This day lies outside the published calendar. Please check the day.",
    ),
    "not_an_email": (
        "Das ist keine E-Mail-Adresse. Bitte prüfen, zum Beispiel name@beispiel.de, oder leer lassen.",
        "This is not an e-mail address. Please check, for example name@example.org, or leave empty.",
    ),
    "not_a_phone": (
        "Das ist keine Telefonnummer. Bitte nur Ziffern, Leerzeichen und + verwenden oder leer lassen.",
        "This is not a phone number. Please use digits, spaces and + only, or leave empty.",
    ),
    "contact_missing": (
        "Bitte mindestens einen Weg angeben, die Person zu erreichen: Anschrift, Telefon oder E-Mail.",
        "Please give at least one way of reaching the person: address, phone or e-mail.",
    ),
    "form_id_bad": (
        "Das Formular ist unvollständig angekommen. Bitte die Seite neu öffnen und noch einmal ausfüllen.",
        "The form arrived incomplete. Please reopen the page and fill it in again.",
    ),
    "form_used": (
        "Mit diesem Formular wurde schon ein Vorgang gestartet. Bitte über „Vorgang starten“ ein neues öffnen.",
        "This form has already started a case. Please open a new one by “Start a case”.",
    ),
    # Signing in, walls, parts that are away
    "sign_in_failed": (
        "Anmeldename oder Kennwort stimmt nicht. Bitte beides prüfen.",
        "Sign-in name or password is wrong. Please check both.",
    ),
    "sign_in_slow_down": (
        "Zu viele Versuche. Bitte {minutes} Minuten warten und dann noch einmal anmelden.",
        "Too many attempts. Please wait {minutes} minutes and sign in again.",
    ),
    "bundle_names_a_person": (
        "Kein Nachweis erstellt: Ein Eintrag enthält den Namen der Person. Bitte die Verwaltung verständigen.",
        "The bundle was not made, because an entry holds the person's name. Please tell the administrator.",
    ),
    "not_permitted": (
        "Dafür reicht die Berechtigung Ihrer Rolle nicht. Bitte wenden Sie sich an die Teamleitung.",
        "Your role does not allow this. Please turn to the lead.",
    ),
    "not_found": (
        "Das gibt es hier nicht. Bitte die Adresse prüfen oder über „Meine Fälle“ suchen.",
        "There is nothing here. Please check the address or search in “My cases”.",
    ),
    "foreign_form": (
        "Die Anfrage kam von einer fremden Seite und wurde nicht ausgeführt. Bitte die Seite neu öffnen.",
        "The request came from a foreign page and was not carried out. Please reopen the page.",
    ),
    "unconfirmed": (
        "Nicht bestätigt – bitte noch einmal senden. Doppelt ausgeführt wird nichts.",
        "Not confirmed – please send again. Nothing is carried out twice.",
    ),
    "away": (
        "Ein Teil des Systems ist gerade nicht erreichbar. Bitte in einer Minute noch einmal versuchen.",
        "A part of the system cannot be reached. Please try again in a minute.",
    ),
    "reason_missing": (
        "Bitte den Anlass der Prüfung angeben; er wird im Zugriffsprotokoll festgehalten.",
        "Please state the reason for the examination; it is kept in the access log.",
    ),
    "internal": (
        "Das hat nicht geklappt; es wurde nichts geändert. Die Kennung der Anfrage hilft bei der Klärung.",
        "This did not work; nothing was changed. The request number helps to find out why.",
    ),
    **BOOK_SENTENCES,
    **TURN_SENTENCES,
    **CLOSURE_SENTENCES,
    **DIRECTORY_SENTENCES,
    **OFFICE_SENTENCES,
    **LIST_SENTENCES,
}
