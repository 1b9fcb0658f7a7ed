"""The sentences for what journeys and the desk refuse around the turns of life; `web.refusals` holds the others."""

TURN_SENTENCES: dict[str, tuple[str, str]] = {
    "second_person_needed": (
        "Das entscheidet niemand allein. Bitte mit dem Formular im Fall beantragen; die Leitung gibt frei.",
        "Nobody decides this alone. Please ask for it by its form in the case; the lead or the head approves.",
    ),
    "second_person_unfit": (
        "Diese Person kann hier nicht zustimmen: Es braucht jemand anderen, von der Leitung oder deren Vertretung.",
        "This person cannot agree here: it takes the lead, the head or their deputy, and somebody else.",
    ),
    "approval": (
        "Diesen Antrag gibt es nicht, oder er wartet nicht auf Sie.",
        "There is no such request, or it does not wait for you.",
    ),
    "hand_over": (
        "Diese Anfrage gibt es nicht, oder Ihr Büro wurde nicht gefragt.",
        "There is no such question, or your office was not asked.",
    ),
    "hand_over_reason_unknown": (
        "Diesen Grund gibt es nicht. Möglich sind: {remedy}.",
        "There is no such reason. Possible are: {remedy}.",
    ),
    "approval_waits": (
        "Dafür wartet schon ein Antrag auf Freigabe. Bitte unter „Freigaben“ ansehen.",
        "A request for this is waiting already. Please look under “Approvals”.",
    ),
    "approval_decided": (
        "Über diesen Antrag ist schon entschieden ({decided}).",
        "This request has been decided already ({decided}).",
    ),
    "approval_under_way": (
        "Der Antrag ist gerade unterwegs zum Fall. Bitte zuerst noch einmal „Freigeben“ drücken.",
        "The request is on its way to the case just now. Please press “Approve” once more first.",
    ),
    "own_office": (
        "Der Fall liegt schon in diesem Büro. Bitte ein anderes wählen.",
        "The case is in this office already. Please choose another one.",
    ),
    "hand_over_open": (
        "Ein anderes Büro ist schon gefragt. Bitte die Antwort abwarten oder die Anfrage zurückziehen.",
        "Another office has been asked already. Please wait for its answer, or take the question back.",
    ),
    "hand_over_settled": (
        "Diese Anfrage ist nicht mehr offen (Stand: {answered}).",
        "This question is not open any more (state: {answered}).",
    ),
    "hand_over_elsewhere": (
        "Das beantwortet nur das gefragte Büro, auf seiner Seite „Übergaben“.",
        "Only the asked office answers this, on its page “Hand-overs”.",
    ),
    "hand_over_consent": (
        "Für die Übergabe fehlt die Einwilligung der Person. Bitte zuerst „Einwilligung erfassen“, Zweck „Übergabe“.",
        "The person's consent to the hand-over is missing. Please record it first, for the purpose “Hand-over”.",
    ),
    "residence_rule_unchecked": (
        "Bitte zuerst prüfen, ob der Umzug erlaubt ist (§ 12a AufenthG), und „Umzug geprüft und erklärt“ erfassen.",
        "Please check first whether the move is allowed (§ 12a AufenthG) and record “Move checked and explained”.",
    ),
    "continuation_missing": (
        "Es fehlt, als welcher Fall es weitergeht. Bitte über die Seite „Übergaben“ annehmen.",
        "It is missing as which case this goes on. Please accept on the page “Hand-overs”.",
    ),
    "ags_of_another_office": (
        "Diese Gemeinde gehört nicht zum gewählten Büro; es ist zuständig für {ags}.",
        "This municipality does not belong to the chosen office; it serves {ags}.",
    ),
    "offer_of_another_kind": (
        "Dieser Eintrag steht im Verzeichnis als {kind}.",
        "The directory has this entry as {kind}.",
    ),
    "office_unknown": (
        "Dieses Büro gibt es hier nicht. Bitte eines aus der Liste wählen.",
        "There is no such office here. Please choose one from the list.",
    ),
    "other_journey_unknown": (
        "Diesen anderen Fall gibt es in diesem Büro nicht. Bitte einen aus der Liste wählen.",
        "There is no such other case in this office. Please choose one from the list.",
    ),
    "same_journey": (
        "Das ist dieser Fall selbst. Bitte den anderen wählen.",
        "This is the case itself. Please choose the other one.",
    ),
    "not_longer": (
        "Der Fall läuft schon {months} Monate. Bitte eine längere Laufzeit wählen.",
        "The case runs for {months} months already. Please choose a longer term.",
    ),
    "not_blocked": (
        "Die Adresse ist nicht gesperrt; es gibt nichts aufzuheben.",
        "The address is not blocked; there is nothing to lift.",
    ),
    "not_disputed": (
        "Diese Angabe ist nicht strittig; es gibt nichts zu entscheiden.",
        "This fact is not disputed; there is nothing to decide.",
    ),
    "value_unclear": (
        "Unter dieser Nummer stehen mehrere Angaben. Bitte dazu sagen, welche gemeint ist: {known}.",
        "Several facts stand under this number. Please say which one is meant: {known}.",
    ),
    "nothing_to_correct": (
        "Zu diesem Termin ist noch nichts erfasst. Bitte „stattgefunden“, „versäumt“ oder „absagen“ wählen.",
        "Nothing has been recorded of this appointment yet. Please record it as kept, missed or cancelled.",
    ),
    "of_age": (
        "Die Person ist volljährig und antwortet selbst. Bitte „die Person selbst“ wählen.",
        "The person is of age and answers for themselves. Please choose “the person”.",
    ),
    "journey_over": (
        "Dieser Fall ist abgeschlossen; daran lässt sich nichts mehr ändern.",
        "This case has ended for good; nothing about it can be changed any more.",
    ),
    "address_blocked": (
        "Die Adresse ist gesperrt: Nichts wird gedruckt oder geschickt. Bitte persönlich sprechen.",
        "The address is blocked: nothing is printed or sent. Please speak in person.",
    ),
    "same_person": (
        "Von und an sind dieselbe Person. Bitte jemand anderen wählen.",
        "From and to are the same person. Please choose somebody else.",
    ),
    "nothing_to_hand_over": (
        "Diese Person führt keine offenen Fälle. Es gibt nichts zu übergeben.",
        "This person runs no open cases. There is nothing to hand over.",
    ),
}
