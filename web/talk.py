"""The talk form: what one conversation settled becomes one command, all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.codes import ConsentBy, ConsentOutcome, Goal, Purpose, Side, TalkKind
from domain.errors import InvalidInput
from domain.facts import CommitmentFact
from store import ids
from web.dates import read_day, read_instant
from web.form_fields import NOTE_MAX, FormErrors, Posted, first
from web.promises import Promise, open_promises
from web.reading import CaseFile
from web.talk_facts import NEW_FACTS, Group, fact_choices, read_fact
from web.turn_options import optional_steps
from web.words import WORDS

NEW_PROMISES = 4
NOT_DISCUSSED = "not_discussed"
# That consent lapsed is no answer that anybody gives.
ANSWERS = tuple(outcome for outcome in ConsentOutcome if outcome != ConsentOutcome.LAPSED)


@dataclass(frozen=True)
class TalkForm:
    """What the page shows: open promises of both sides, steps, consents, and where to put new things."""

    office: list[Promise]
    participant: list[Promise]
    appointments: list[tuple[str, str]]
    steps: list[tuple[str, str]]
    optional: list[tuple[str, str]]
    facts: list[Group]
    purposes: list[Purpose]


def talk_form(file: CaseFile) -> TalkForm:
    """Everything that a talk may settle today."""
    facts = file.view.facts
    return TalkForm(
        office=open_promises(facts, Side.OFFICE, file.today),
        participant=open_promises(facts, Side.PARTICIPANT, file.today),
        appointments=[
            (a.id, file.names.appointment(a))
            for a in facts.appointments
            if a.status in ("offered", "confirmed")
        ],
        steps=[(p.step, file.names.step(p.step)) for p in file.view.plan if not file.done(p.step)][:8],
        optional=optional_steps(file.sheet()),
        facts=fact_choices(file.names.lang),
        purposes=list(Purpose),
    )


def fresh(file: CaseFile, query: Mapping[str, str]) -> dict[str, list[str]]:
    """The first filling of the form: fresh ids, today, and what kind of talk is likely."""
    facts = file.view.facts
    wanted = query.get("appointment", "")
    found = next((a for a in facts.appointments if a.id == wanted), None)
    about = found.talk if found else (TalkKind.REVIEW if facts.talks else TalkKind.FIRST)
    posted = {
        "command_id": [ids.new("command")],
        "talk_id": [ids.new("talk")],
        "next_id": [ids.new("appointment")],
        "about": [str(about)],
        "on": [file.today.isoformat()],
        "appointment": [wanted if found else ""],
        "consent_by": [str(ConsentBy.SELF)],
    }
    for number in range(NEW_PROMISES):
        posted[f"new{number}_id"] = [ids.new("commitment")]
    return posted


class _Collector:
    """Gathers items and errors, so that every mistake of the form is named at once."""

    def __init__(self, posted: Posted, file: CaseFile) -> None:
        self.posted = posted
        self.file = file
        self.errors: dict[str, InvalidInput] = {}
        self.items: list[dict[str, object]] = []
        self.notes: dict[str, str] = {}

    def text(self, name: str) -> str:
        """One typed value."""
        return first(self.posted, name)

    def wrong(self, error: InvalidInput) -> None:
        """Keep an error under its field."""
        self.errors.setdefault(error.params.get("field", ""), error)

    def day(self, name: str) -> object:
        """A typed day, or an error kept."""
        if not self.text(name):
            self.wrong(InvalidInput("required", field=name))
            return None
        try:
            return read_day(self.text(name), name)
        except InvalidInput as error:
            self.wrong(error)
            return None


def read_talk(posted: Posted, file: CaseFile) -> tuple[dict[str, object], dict[str, str]]:
    """The values of one `record_talk`, and the notes to keep beside it.

    Raises:
        FormErrors: with everything that is missing or wrong.
    """
    c = _Collector(posted, file)
    on = c.day("on")
    about = c.text("about")
    if about not in WORDS["talk"]:
        c.wrong(InvalidInput("not_in_list", field="about"))
    _consents(c, on)
    for promise in file.view.facts.commitments:
        _settle(c, promise, on)
    _steps(c, on)
    _choices(c, on)
    _facts(c, on)
    for number in range(NEW_PROMISES):
        _new_promise(c, number, on)
    _next_appointment(c)
    if c.errors:
        raise FormErrors(c.errors)
    values: dict[str, object] = {
        "kind": "record_talk",
        "talk": c.text("talk_id"),
        "about": about,
        "on": on,
        "settles": tuple(c.items),
    }
    if c.text("appointment"):
        values["appointment"] = c.text("appointment")
    return values, c.notes


def _consents(c: _Collector, on: object) -> None:
    if c.text("consent_by") not in ("", *ConsentBy):
        c.wrong(InvalidInput("not_in_list", field="consent_by"))
    for purpose in Purpose:
        name = f"consent_{purpose}"
        outcome = c.text(name)
        if outcome in ("", NOT_DISCUSSED):
            continue
        if outcome not in ANSWERS:
            c.wrong(InvalidInput("not_in_list", field=name))
            continue
        fields = tuple(f for f in c.posted.get(f"{name}_fields", []) if f in set(Goal))
        kept = fields if outcome == ConsentOutcome.PARTLY else ()
        item = {"kind": "take_consent", "purpose": str(purpose), "outcome": outcome, "on": on, "fields": kept}
        c.items.append({**item, "by": c.text("consent_by") or str(ConsentBy.SELF)})


def _settle(c: _Collector, promise: CommitmentFact, on: object) -> None:
    name = f"promise_{promise.id}"
    match c.text(name):
        case "" | "not_discussed":
            return
        case "done":
            c.items.append({"kind": "keep_commitment", "commitment": promise.id, "on": on})
        case "moved":
            due = c.day(f"{name}_due")
            c.items.append(
                {
                    "kind": "move_commitment",
                    "commitment": promise.id,
                    "due": due,
                    "agreed_with_participant": True,
                }
            )
        case "excused" if promise.side == Side.PARTICIPANT:
            _excuse(c, promise, name, on)
        case "released":
            c.items.append(
                {"kind": "release_commitment", "commitment": promise.id, "reason": "circumstances", "on": on}
            )
        case _:
            c.wrong(InvalidInput("not_in_list", field=name))


def _excuse(c: _Collector, promise: CommitmentFact, name: str, on: object) -> None:
    reason = c.text(f"{name}_reason")
    if reason not in WORDS["excuse"]:
        c.wrong(InvalidInput("not_in_list", field=f"{name}_reason"))
        return
    c.items.append(
        {
            "kind": "excuse",
            "excuse": "exc_" + promise.id.partition("_")[2][:16] + c.text("talk_id").partition("_")[2][:16],
            "subject": f"commitment/{promise.id}",
            "reason": reason,
            "on": on,
        }
    )


def _steps(c: _Collector, on: object) -> None:
    for step in c.posted.get("steps", []):
        if step and any(p.step == step for p in c.file.view.plan):
            c.items.append({"kind": "record_step", "step": step, "on": on})


def _choices(c: _Collector, on: object) -> None:
    """Steps of the programme that the plan takes up from now on."""
    known = dict(optional_steps(c.file.sheet()))
    c.items.extend(
        {"kind": "choose_step", "step": s, "on": on} for s in c.posted.get("choose", []) if s in known
    )


def _facts(c: _Collector, on: object) -> None:
    for number in range(NEW_FACTS):
        try:
            item = read_fact(c.posted, f"fact{number}_", on, c.file.view.facts)
        except InvalidInput as error:
            c.wrong(error)
            continue
        if item is not None:
            c.items.append(item)


def _new_promise(c: _Collector, number: int, on: object) -> None:
    prefix = f"new{number}_"
    side, what = c.text(f"{prefix}side"), c.text(f"{prefix}what")
    if not side and not what and not c.text(f"{prefix}due"):
        return
    if side not in set(Side):
        c.wrong(InvalidInput("not_in_list", field=f"{prefix}side"))
    if c.text(f"{prefix}goal") not in set(Goal):
        c.wrong(InvalidInput("not_in_list", field=f"{prefix}goal"))
    if len(what) > NOTE_MAX:
        c.wrong(InvalidInput("too_long", field=f"{prefix}what", max=str(NOTE_MAX)))
    due, new = c.day(f"{prefix}due"), c.text(f"{prefix}id")
    c.items.append(
        {
            "kind": "agree_commitment",
            "commitment": new,
            "side": side,
            "goal": c.text(f"{prefix}goal"),
            "due": due,
            "on": on,
        }
    )
    if what:
        c.notes[f"commitment/{new}"] = what


def _next_appointment(c: _Collector) -> None:
    day, clock = c.text("next_day"), c.text("next_time")
    if not day and not clock:
        return
    try:
        start = read_instant(day, clock, "next")
    except InvalidInput as error:
        c.wrong(error)
        return
    talk = c.text("next_talk") or str(TalkKind.OTHER)
    if talk not in WORDS["talk"]:
        c.wrong(InvalidInput("not_in_list", field="next_talk"))
    needs = c.file.view.facts.value("interpreter", c.file.today) == "needed"
    c.items.append(
        {
            "kind": "offer_appointment",
            "appointment": c.text("next_id"),
            "talk": talk,
            "start": start,
            "interpreter": "requested" if needs else "not_needed",
        }
    )
