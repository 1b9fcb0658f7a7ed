"""What things are called on a page: steps, appointments, promises, persons, and the subject of a matter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.codes import Side
from domain.events import SYSTEM
from domain.facts import AppointmentFact, CaseFacts, CommitmentFact, ExcuseFact, PauseFact
from domain.programme import Programme
from web.dates import day_text, instant_text
from web.facts_said import about_said, fact_said
from web.words import Lang, step_name, word
from web.words_of_subjects import KEPT, SUBJECTS


@dataclass(frozen=True)
class Naming:
    """Names within one journey, in one language."""

    lang: Lang
    programme: Programme | None = None
    facts: CaseFacts | None = None
    people: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    def of(self, german: str, english: str) -> str:
        """The one of two wordings that the reader reads."""
        return english if self.lang == "en" else german

    def step(self, subject: str) -> str:
        """The title of a step as its programme has it, with its part; a repetition carries its number."""
        name = self.programme.name_of(subject) if self.programme else None
        return self.of(name.de, name.en) if name else step_name(subject, self.lang)

    def person(self, person: str | None) -> str:
        """The name of a person of the office; the system is called so."""
        if person is None:
            return "–"
        return self.of("System", "System") if person == SYSTEM else self.people.get(person, "…" + person[-6:])

    def appointment(self, entry: AppointmentFact) -> str:
        """Kind and time of an appointment."""
        return f"{word('talk', entry.talk, self.lang)}, {instant_text(entry.start)}"

    def commitment(self, entry: CommitmentFact) -> str:
        """What was promised: the note where there is one, else its field of life; then its date."""
        what = self.notes.get(f"commitment/{entry.id}") or word("goal", entry.goal, self.lang)
        return f"{what} ({self.of('bis', 'by')} {day_text(entry.due)})"

    def excuse(self, entry: ExcuseFact) -> str:
        """The reason and what it is about."""
        return f"{word('excuse', entry.reason, self.lang)} – {self.subject(entry.subject)}"

    def pause(self, entry: PauseFact) -> str:
        """Why and since when the case rests."""
        why, since = word("pause", entry.reason, self.lang), day_text(entry.start)
        return self.of(f"Pause seit {since}: {why}", f"Paused since {since}: {why}")

    def subject(self, subject: str) -> str:
        """What a matter, a task or a notice is about."""
        kind, _, rest = subject.partition("/")
        facts = self.facts
        if kind == "step":
            return self.step(rest)
        if kind == "fact":
            code, _, about = rest.partition("/")
            return fact_said(code, self.lang, re.sub(r"_(\d+)$", r"/\1", about))
        if kind in ("appointment", "commitment", "excuse", "pause") and facts is not None:
            return self._entry(kind, rest, facts)
        if self.programme is not None and kind not in SUBJECTS and self.programme.step(subject):
            return self.step(subject)
        return self._known(kind, rest) if kind in SUBJECTS else subject.replace("_", " ")

    def _known(self, kind: str, rest: str) -> str:
        """One of the things that rules are about: with its number, its day, its person, or what is kept."""
        name = self.of(*SUBJECTS[kind])
        day = re.fullmatch(r"(\d{4})_(\d{2})_(\d{2})", rest)
        if day:
            since = day_text(date(*map(int, day.groups())))
            return self.of(f"{name} vom {since}", f"{name} of {since}")
        match kind:
            case "term" | "child" | "recognition" | "referral" | "letter" if rest.isdigit():
                return about_said(f"{kind}/{rest}", self.lang)
            case "worker" if rest:
                return f"{name}: {self.person(rest)}"
            case "rule" if rest:
                return f"{name} {rest.upper().replace('_', '-')}"
            case "retention" if "/" in rest:
                journey, _, kept = rest.partition("/")
                what = self.of(*KEPT.get(kept, (kept, kept)))
                return f"{name}: {what}, {reference(journey)}"
            case _:
                return f"{name} {rest}" if rest.isdigit() else name

    def _entry(self, kind: str, id_: str, facts: CaseFacts) -> str:
        if kind == "appointment":
            found = next((x for x in facts.appointments if x.id == id_), None)
            return self.appointment(found) if found else self.of("Termin", "Appointment")
        if kind == "commitment":
            promise = next((x for x in facts.commitments if x.id == id_), None)
            side = self.of("Zusage", "Promise")
            if promise is None:
                return side
            whose = word("side", Side(promise.side), self.lang)
            return f"{side} ({whose}): {self.commitment(promise)}"
        if kind == "pause":
            pause = next((x for x in facts.pauses if x.id == id_), None)
            return self.pause(pause) if pause else self.of("Pause", "Pause")
        excuse = next((x for x in facts.excuses if x.id == id_), None)
        return self.excuse(excuse) if excuse else self.of("Entschuldigung", "Excuse")


def reference(journey: str) -> str:
    """The short reference of a journey that people read out: the first eight digits of its id."""
    digits = journey.partition("_")[2][:8].upper()
    return f"IM-{digits[:4]}-{digits[4:]}"


def digits_of_reference(text: str) -> str | None:
    """The beginning of an id that a typed reference stands for, or None where it is no reference."""
    plain = text.strip().upper().removeprefix("IM").replace("-", "").replace(" ", "").lower()
    looks_so = 4 <= len(plain) <= 32 and all(sign in "0123456789abcdef" for sign in plain)  # noqa: PLR2004
    return (
        plain
        if looks_so and (text.strip().upper().startswith("IM") or any(c.isdigit() for c in plain))
        else None
    )
