"""The turns of life as the story tells them: one sentence for each kind of event, and for each step of a request."""

from collections.abc import Callable
from typing import Any

from domain.facts import ValueFact
from store.ledger import Entry
from web.dates import day_text
from web.directory_words import KINDS
from web.facts_said import fact_said, value_said
from web.naming import Naming, reference
from web.words import word

Told = tuple[str, str]
Teller = Callable[[Any, Naming], Told]


def _both(german: str, english: str) -> Teller:
    return lambda _body, _names: (german, english)


def _office(body: Any, n: Naming) -> str:
    return n.people.get(body.to_office, body.to_office)


def _offered(body: Any, n: Naming) -> Told:
    to = _office(body, n)
    return f"Anderes Büro um Übernahme gebeten: {to}", f"Another office was asked to take the case on: {to}"


def _answered(body: Any, n: Naming) -> Told:
    if body.accepted:
        return (
            "Das andere Büro hat den Fall übernommen",
            "The other office has taken the case on",
        )
    why = word("hand_over_reason", body.reason, n.lang)
    return f"Das andere Büro gibt den Fall zurück: {why}", f"The other office returns the case: {why}"


def _reviewed(body: Any, _: Naming) -> Told:
    if body.until is None:
        return "Pause geprüft", "Pause reviewed"
    until = day_text(body.until)
    return f"Pause geprüft, nun bis {until}", f"Pause reviewed, now until {until}"


def _linked(body: Any, n: Naming) -> Told:
    who = word("relation", body.relation, n.lang)
    return f"Mit einem Haushalt verbunden ({who})", f"Linked with a household ({who})"


def _extended(body: Any, n: Naming) -> Told:
    why = word("extension", body.reason, n.lang)
    return (
        f"Laufzeit auf {body.months} Monate verlängert: {why}",
        f"Term extended to {body.months} months: {why}",
    )


def _corrected(body: Any, n: Naming) -> Told:
    what = f"{n.subject(f'appointment/{body.appointment}')} – {word('appointment', body.status, n.lang)}"
    why = word("correction", body.reason, n.lang)
    return f"Termin berichtigt: {what} ({why})", f"Appointment corrected: {what} ({why})"


def _about_value(german: str, english: str) -> Teller:
    def told(body: Any, n: Naming) -> Told:
        text = _value(body, n)
        reason = getattr(body, "reason", None)
        why = f" ({word('correction', reason, n.lang)})" if reason else ""
        return f"{german} – {text}{why}", f"{english} – {text}{why}"

    return told


def _value(body: Any, n: Naming) -> str:
    name = fact_said(body.code, n.lang, body.about)
    found: ValueFact | None = next(
        (
            v
            for v in (n.facts.values if n.facts else ())
            if (v.seq, v.code, v.about) == (body.fact, body.code, body.about)
        ),
        None,
    )
    return f"{name}: {value_said(found.code, found.value, n.lang)}" if found else name


def _disputed(body: Any, n: Naming) -> Told:
    text, by = _value(body, n), word("side", body.by, n.lang)
    return f"Angabe strittig (von: {by}) – {text}", f"Fact disputed (by: {by}) – {text}"


def _settled(body: Any, n: Naming) -> Told:
    text = _value(body, n)
    if body.upheld:
        return f"Strittige Angabe bestätigt – {text}", f"Disputed fact confirmed – {text}"
    return f"Strittige Angabe verworfen – {text}", f"Disputed fact rejected – {text}"


def _offer(body: Any, _: Naming) -> Told:
    german, english = KINDS.get(body.offer_kind, (body.offer_kind, body.offer_kind))
    return f"Angebot gemacht: {german}", f"Offer made: {english}"


def _offer_settled(body: Any, n: Naming) -> Told:
    what = word("offer_outcome", body.outcome, n.lang)
    return f"Antwort auf ein Angebot: {what}", f"Answer to an offer: {what}"


def _lapsed(body: Any, n: Naming) -> Told:
    what = word("purpose", body.purpose, n.lang)
    return (
        f"Einwilligung der Eltern erloschen – {what}",
        f"Consent of the parents lapsed – {what}",
    )


def _outcome(body: Any, n: Naming) -> Told:
    what = f"{body.rule} – {n.subject(body.subject)} ({day_text(body.said_on)})"
    return (
        f"Zurückgenommen, was eine Regel gesagt hatte: {what}; es wird niemandem vorgehalten",
        f"Taken back what a rule had said: {what}; it is held against nobody",
    )


def _taken_over(body: Any, n: Naming) -> Told:
    what = f"{body.rule} – {n.subject(body.subject)}"
    return (
        f"Vor der Übernahme fällig, bleibt still: {what}",
        f"Due before the take-over, stays silent: {what}",
    )


TURNED: dict[str, Teller] = {
    "hand_over_offered": _offered,
    "hand_over_answered": _answered,
    "hand_over_withdrawn": _both(
        "Anfrage zur Übergabe zurückgezogen", "Question to another office taken back"
    ),
    "hand_over_lapsed": _both(
        "Anfrage zur Übergabe ohne Antwort verfallen; der Fall bleibt hier",
        "The question to another office lapsed without an answer; the case stays here",
    ),
    "pause_reviewed": _reviewed,
    "household_linked": _linked,
    "household_left": _both("Aus dem Haushalt gelöst", "Household left"),
    "address_blocked": _both(
        "Adresse gesperrt: nichts wird mehr geschickt", "Address blocked: nothing is sent any more"
    ),
    "address_unblocked": _both("Adresssperre aufgehoben", "Address block lifted"),
    "term_extended": _extended,
    "journey_merged": lambda b, _n: (
        f"Doppelter Fall: weiter in {reference(b.into)}",
        f"Duplicate: goes on in {reference(b.into)}",
    ),
    "duplicate_absorbed": lambda b, _n: (
        f"Doppelter Fall aufgenommen: {reference(b.duplicate)}",
        f"Duplicate taken in: {reference(b.duplicate)}",
    ),
    "appointment_corrected": _corrected,
    "fact_withdrawn": _about_value("Angabe zurückgenommen", "Fact taken back"),
    "fact_disputed": _disputed,
    "dispute_settled": _settled,
    "step_chosen": lambda b, n: (f"In den Plan genommen: {n.step(b.step)}", f"Chosen: {n.step(b.step)}"),
    "step_dropped": lambda b, n: (f"Aus dem Plan genommen: {n.step(b.step)}", f"Dropped: {n.step(b.step)}"),
    "offer_presented": _offer,
    "offer_settled": _offer_settled,
    "programme_moved": lambda b, _n: (
        f"Folgt jetzt dem Programm {b.programme}",
        f"Follows the programme {b.programme} now",
    ),
    "consent_lapsed": _lapsed,
    "outcome_withdrawn": _outcome,
    "matter_taken_over": _taken_over,
}
TURNED_TONES = {
    "hand_over_offered": "notice",
    "hand_over_answered": "good",
    "hand_over_lapsed": "warning",
    "address_blocked": "danger",
    "fact_disputed": "warning",
    "fact_withdrawn": "warning",
    "appointment_corrected": "warning",
    "term_extended": "good",
    "consent_lapsed": "warning",
    "outcome_withdrawn": "good",
}
_STEPS: dict[str, Told] = {
    "approval_requested": ("Freigabe beantragt", "Approval asked for"),
    "approval_given": ("Freigegeben", "Approved"),
    "approval_rejected": ("Antrag abgelehnt", "Request rejected"),
    "approval_withdrawn": ("Antrag zurückgezogen", "Request taken back"),
    "approval_refused": (
        "Freigegeben, aber der Fall lässt es nicht zu",
        "Approved, but the case does not allow it",
    ),
}


def _step(entry: Entry, n: Naming) -> Told:
    from web.forms_office import FORMS  # noqa: PLC0415 - forms know names, the story only needs their titles

    german, english = _STEPS[entry.type]
    form = FORMS.get(str((entry.body or {}).get("kind", "")))
    what = n.of(*form.title) if form else ""
    return (f"{german}: {what}", f"{english}: {what}") if what else (german, english)


STEPS: dict[str, Callable[[Entry, Naming], Told]] = dict.fromkeys(_STEPS, _step)
