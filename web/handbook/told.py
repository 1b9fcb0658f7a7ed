"""Recorded facts told as lines a person reads: what a worked example begins with."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from domain.calendar import BERLIN
from domain.codes import FACT_CODES
from rules.literals import office, person
from rules.words import day, figure
from web.dates import WEEKDAYS
from web.facts_said import fact_said, value_said
from web.words import Lang, step_name, word
from web.words_of_subjects import KEPT

Row = Mapping[str, Any]
_USUAL = person()
_BEFORE_A_DAY = (" am", " bis", " vom", " on", " until", " of")
_FRAME = {*_USUAL, *office()}


def told(facts: Mapping[str, Any], lang: Lang, *, rule: str) -> tuple[str, ...]:
    """What was recorded, one line each, where it is not as in every example."""
    teller = _Teller(lang, rule)
    lines = [*teller.frame(facts)]
    for part, rows in facts.items():
        if part in _FRAME and part != "consents":
            continue
        if part == "consents" and rows == _USUAL["consents"]:
            continue
        if isinstance(rows, Sequence) and not isinstance(rows, str):
            lines += [teller.row(part, row) for row in rows]
    return tuple(lines)


def usual(lang: Lang) -> str:
    """What holds in every example about a person, unless it says otherwise."""
    german = "Wo nichts anderes steht: zugewiesen am {t0}, Einwilligung am {consent}, Fachkraft und Vertretung benannt."
    english = (
        "Unless said otherwise: allocated on {t0}, consent on {consent}, case worker and substitute named."
    )
    text = english if lang == "en" else german
    return text.format(t0=on(_USUAL["t0"], lang), consent=on(_USUAL["consents"][0]["on"], lang))


def on(of: str | date, lang: Lang) -> str:
    """A day with its day of the week."""
    found = date.fromisoformat(of) if isinstance(of, str) else of
    return f"{WEEKDAYS[lang][found.weekday()]} {day(found, int(lang == 'en'))}"


class _Teller:
    """Tells rows in one language."""

    def __init__(self, lang: Lang, rule: str) -> None:
        self.lang = lang
        self.rule = rule

    def of(self, german: str, english: str) -> str:
        """The one of two wordings that is read."""
        return english if self.lang == "en" else german

    def on(self, of: str) -> str:
        """A day as it is read."""
        return on(of, self.lang)

    def frame(self, facts: Row) -> list[str]:
        """What of the journey itself is not as in every example."""
        lines = []
        if "journey" in facts:
            for name, sentence in (
                ("t0", self.of("zugewiesen am", "allocated on")),
                ("opened_on", self.of("Fall angelegt am", "case opened on")),
                ("assigned_on", self.of("Zuständigkeit zuletzt geändert am", "staffing last changed on")),
                ("closed_on", self.of("Fall beendet am", "case closed on")),
            ):
                if facts.get(name) not in (None, _USUAL.get(name)):
                    lines.append(f"{sentence} {self.on(facts[name])}")
            if not facts["case_worker"]:
                lines.append(self.of("keine zuständige Fachkraft benannt", "no case worker named"))
            if not facts["substitute"]:
                lines.append(self.of("keine Vertretung benannt", "no substitute named"))
            if not facts["consents"]:
                lines.append(self.of("keine Einwilligung erteilt", "no consent given"))
            if "term_months" in facts:
                months = facts["term_months"]
                lines.append(self.of(f"Laufzeit {months} Monate", f"term of {months} months"))
        return lines

    def row(self, part: str, row: Row) -> str:
        """One thing that was recorded."""
        teller = _TELLERS.get(part)
        if teller is None:
            said = (f"{name} {value}" for name, value in row.items() if name != "id")
            return f"{part.replace('_', ' ')}: {', '.join(said)}"
        return teller(self, row)

    def also(self, line: str, *more: str) -> str:
        """A line with what is known besides; empty parts are left out."""
        return ", ".join((line, *(part for part in more if part)))

    def dated(self, row: Row, name: str, german: str, english: str) -> str:
        """A day of a row with its name, or nothing."""
        return f"{self.of(german, english)} {self.on(row[name])}" if row.get(name) else ""


def _value(t: _Teller, row: Row) -> str:
    code = FACT_CODES.get(row["code"])
    named = fact_said(row["code"], t.lang, row.get("about", ""))
    told_value = t.on(row["value"]) if code and code.is_day else value_said(row["code"], row["value"], t.lang)
    known = row["recorded_on"] if row["recorded_on"] != row["valid_from"] else ""
    joined = " " if named.endswith(_BEFORE_A_DAY) and code and code.is_day else ": "
    return t.also(
        f"{named}{joined}{told_value} ({t.of('ab', 'from')} {t.on(row['valid_from'])})",
        t.of("bekannt ab ", "known from ") + t.on(known) if known else "",
        t.of("strittig", "disputed") if row.get("disputed") else "",
        t.of("überholt", "superseded") if row.get("superseded") else "",
    )


def _appointment(t: _Teller, row: Row) -> str:
    start = datetime.fromisoformat(row["start"]).astimezone(BERLIN).date()
    talk = word("talk", row["talk"], t.lang)
    status = word("appointment", row.get("status", "offered"), t.lang)
    by = row.get("cancelled_by")
    interpreter = row.get("interpreter", "not_needed")
    return t.also(
        f"{t.of('Termin', 'appointment')} ({talk}) {t.of('am', 'on')} {on(start, t.lang)}: {status}",
        t.dated(row, "offered_on", "angeboten am", "offered on"),
        t.of("durch: ", "by: ") + word("side", by, t.lang) if by else "",
        f"{t.of('Sprachmittlung', 'interpreter')}: {word('interpreter', interpreter, t.lang)}"
        if interpreter != "not_needed"
        else "",
        ""
        if row.get("invited_in_language", True)
        else t.of("Einladung nicht in der Sprache der Person", "invitation not in the person's language"),
    )


def _commitment(t: _Teller, row: Row) -> str:
    german = "Zusage der Stelle" if row["side"] == "office" else "Zusage der Person"
    english = "promise of the office" if row["side"] == "office" else "promise of the person"
    return t.also(
        f"{t.of(german, english)} ({word('goal', row['goal'], t.lang)}) {t.of('bis', 'by')} {t.on(row['due'])}",
        t.dated(row, "agreed_on", "vereinbart am", "agreed on"),
        t.dated(row, "kept_on", "eingehalten am", "kept on"),
        t.dated(row, "released_on", "aufgehoben am", "released on"),
        t.of("mit einer Gegenzusage", "with a counter-promise") if row.get("twin") else "",
    )


def _excuse(t: _Teller, row: Row) -> str:
    decided = row.get("decided_on")
    outcome = (
        t.of("anerkannt am", "accepted on") if row.get("accepted") else t.of("abgelehnt am", "rejected on")
    )
    return t.also(
        f"{t.of('Grund genannt', 'reason given')}: {word('excuse', row['reason'], t.lang)}, {t.on(row['on'])}",
        f"{outcome} {t.on(decided)}" if decided else t.of("noch nicht entschieden", "not decided yet"),
    )


def _pause(t: _Teller, row: Row) -> str:
    named, start = word("pause", row["reason"], t.lang), t.on(row["start"])
    if row.get("ended_on"):
        end = t.on(row["ended_on"])
        return t.of(f"Pause vom {start} bis {end}: {named}", f"paused from {start} to {end}: {named}")
    return t.of(f"Pause seit {start}: {named}", f"paused since {start}: {named}")


def _spoken(t: _Teller, row: Row) -> str:
    rule = "" if row["rule"] == t.rule else f"{row['rule']}, "
    stage, spoke = row["stage"], t.on(row["on"])
    return t.of(f"{rule}Stufe {stage} sprach am {spoke}", f"{rule}stage {stage} spoke on {spoke}")


def _task(t: _Teller, row: Row) -> str:
    opened = t.dated(row, "opened_on", "Aufgabe vom", "task of")
    closed = t.dated(row, "closed_on", "abgeschlossen am", "closed on")
    return t.also(opened, closed or t.of("noch offen", "still open"))


def _consent(t: _Teller, row: Row) -> str:
    purpose = word("purpose", row["purpose"], t.lang)
    outcome = word("consent", row["outcome"], t.lang)
    return f"{t.of('Einwilligung', 'consent')} – {purpose}: {outcome}, {t.on(row['on'])}"


def _post(t: _Teller, row: Row) -> str:
    share = figure(row["share"], int(t.lang == "en"))
    due = row.get("due_items", 0)
    return t.also(
        f"{_worker(t, row['worker'])}: {share} % {t.of('einer Stelle seit', 'of a post since')} {t.on(row['since'])}",
        t.of(f"{row['running_cases']} laufende Fälle", f"{row['running_cases']} running cases"),
        t.of(f"{due} fällige Vorgänge", f"{due} matters due") if due else "",
        f"{t.of('vertreten durch', 'substitute:')} {_worker(t, row['substitute'])}"
        if row.get("substitute")
        else "",
    )


def _worker(t: _Teller, ref: str) -> str:
    """A made-up person of an example, by the digit of the id."""
    return f"{word('addressee', 'case_worker', t.lang)} {ref[-1]}"


def _absence(t: _Teller, row: Row) -> str:
    return t.also(
        f"{_worker(t, row['worker'])} {t.of('abwesend ab', 'absent from')} {t.on(row['first'])}",
        t.dated(row, "last", "letzter Tag", "last day") or t.of("Ende offen", "end open"),
    )


def _validity(t: _Teller, row: Row) -> str:
    return t.also(
        f"{t.of('Regel', 'rule')} {row['rule']}",
        t.dated(row, "until", "letzter Tag", "last day"),
        t.of("eine Fassung danach ist da", "a version after it is there") if row.get("successor") else "",
        t.dated(row, "recheck_by", "Quelle zu lesen bis", "source to be read by"),
    )


def _retention(t: _Teller, row: Row) -> str:
    return t.also(
        f"{t.of('Aufbewahrung', 'keeping')}: {KEPT[row['data']][t.lang == 'en']}",
        t.dated(row, "closed_on", "Fall beendet am", "case closed on"),
        t.dated(row, "withdrawn_on", "Einwilligung widerrufen am", "consent withdrawn on"),
        t.of("Löschung angehalten", "deletion on hold") if row.get("held") else "",
        t.dated(row, "erased_on", "gelöscht am", "erased on"),
    )


def _report(t: _Teller, row: Row) -> str:
    return t.also(
        f"{t.of('Kennzahlen für', 'figures for')} {row['year']}",
        t.dated(row, "due", "fällig am", "due on"),
        t.dated(row, "sent_on", "gesandt am", "sent on"),
    )


def _talk(t: _Teller, row: Row) -> str:
    return f"{t.of('Gespräch gehalten', 'talk held')}: {word('talk', row['talk'], t.lang)}, {t.on(row['on'])}"


def _contact(t: _Teller, row: Row) -> str:
    return f"{t.of('Kontakt', 'contact')}: {word('contact', row['kind'], t.lang)}, {t.on(row['on'])}"


def _step(t: _Teller, row: Row) -> str:
    return f"{t.of('Schritt erledigt', 'step done')}: {step_name(row['step'], t.lang)}, {t.on(row['on'])}"


_TELLERS: dict[str, Callable[[_Teller, Row], str]] = {
    "values": _value,
    "appointments": _appointment,
    "commitments": _commitment,
    "excuses": _excuse,
    "pauses": _pause,
    "spoken": _spoken,
    "tasks": _task,
    "consents": _consent,
    "posts": _post,
    "absences": _absence,
    "validities": _validity,
    "retentions": _retention,
    "reports": _report,
    "talks": _talk,
    "contacts": _contact,
    "steps": _step,
}
