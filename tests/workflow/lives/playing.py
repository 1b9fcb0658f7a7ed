"""Plays one life on the real house, line by line, and says of each line what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, get_args

from temporalio.service import RPCError, RPCStatusCode

from domain.calendar import BERLIN
from domain.commands import Command, RecordTalk, Single
from domain.errors import NotFound, Refusal
from domain.ids import PREFIXES
from store import ids, ledger, people
from tests.support.stage import BODY, Stage
from tests.workflow.lives.script import Line, Script
from tests.workflow.lives.trace import trace

_STARTED = (
    "of_age_on", "continues", "taken_over_on", "first_review_on", "steps_before", "known", "consents",
    "last_contact_on",
)  # fmt: skip
_LOGINS = {"case_worker": "maier", "substitute": "okafor", "lead": "vogt", "head": "brandt"}
_KINDS = {
    "twin": "commitment", "into": "journey", "duplicate": "journey", "continued_as": "journey",
    "case_worker": "person", "substitute": "person",
}  # fmt: skip


_MODELS = {
    get_args(model.model_fields["kind"].annotation)[0]: model for model in (*get_args(Single), RecordTalk)
}


def _consents(line: Line) -> str:
    """`consents casework,email`: the first talk is held and these purposes are allowed."""
    given = (f"take_consent purpose={p} outcome=given" for p in line.rest.split()[0].split(","))
    return " ; ".join(
        ("record_talk talk=@first_talk about=first_talk", *given, "record_step step=first_talk")
    )


def _facts(line: Line) -> str:
    """`facts a=b c=d about=child/1`: one talk settles them all."""
    pairs = dict(word.split("=", 1) for word in line.words)
    more = "".join(f" {name}={pairs.pop(name)}" for name in ("about", "valid_from") if name in pairs)
    known = (f"record_fact code={code} value={value}{more}" for code, value in pairs.items())
    return " ; ".join((f"record_talk talk=@talk_{line.number} about=other", *known))


_SHORT = {"consents": _consents, "facts": _facts}


@dataclass
class Play:
    """One life under way: its journey, and the names that its script gives to ids."""

    house: Stage
    script: Script
    journey: str = ""
    named: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    async def live(self) -> list[str]:
        """Every line in its order; what is not as written is collected, not thrown."""
        begin = datetime.combine(self.script.begin, time(8), tzinfo=BERLIN)
        self.journey = await self.house.start(begin, **self._base())
        self.named["self"] = self.journey
        for line in self.script.lines:
            await self._pass_time(line)
            wrong = await self._play(line)
            if wrong:
                self.broken.append(
                    f"{self.script.file}.life:{line.number}: {line.day} {line.verb} {line.rest}: {wrong}"
                )
        self.broken += self._house_rules()
        return self.broken

    def _base(self) -> dict[str, Any]:
        base = {key: _value(value) for key, value in self.script.base.items()}
        identity = {key: base.pop(key) for key in ("email", "phone", "address") if key in base}
        started = {key: base.pop(key) for key in _STARTED if key in base}
        extra = {"started_with": started} if started else {}
        return {**base, **extra, **({"identity": identity} if identity else {})}

    async def _pass_time(self, line: Line) -> None:
        try:
            await self.house.until(self.journey, line.at)
        except RPCError as error:
            # After-care is over: no time passes in a journey that has ended.
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise

    async def _play(self, line: Line) -> str:
        if line.verb in _SHORT:
            return await self._do(_SHORT[line.verb](line), line.day)
        if line.verb == "do":
            return await self._do(line.rest, line.day)
        if line.verb == "refused":
            return await self._refused(line)
        looks = {"expect": self._expect, "never": self._never, "silent": self._silent, "has": self._has}
        return looks[line.verb](line) if line.verb in looks else ""

    async def _refused(self, line: Line) -> str:
        code, _, command = line.rest.partition(" ")
        said = await self._do(command.strip(), line.day)
        return "" if said.startswith(f"refused {code} ") else f"wanted {code}, got {said or 'a receipt'}"

    def _never(self, line: Line) -> str:
        found = [t for t in self.trace() if _holds(t, line.words)]
        return f"but: {found[0]}" if found else ""

    async def _do(self, rest: str, day: str) -> str:
        first, *others = (part.strip() for part in rest.split(";"))
        fields = self._fields(first, day)
        people_ = {name: fields.pop(name, None) for name in ("as", "approved_by")}
        if others:
            fields["settles"] = [self._fields(part, day) for part in others]
        role = people_["as"] or "case_worker"
        approvals = (self._person(people_["approved_by"]),) if people_["approved_by"] else ()
        command = Command(
            command_id=ids.new("command"),
            actor=self._person(role),
            role="case_worker" if role == "substitute" else role,
            approvals=approvals,
            body=BODY.validate_python(fields),
        )
        try:
            await self.house.gateway.execute(self.journey, command, wait_s=30)
        except NotFound:
            return "refused ended "
        except Refusal as refusal:
            return f"refused {refusal.code} {dict(refusal.params)}"
        await self.house.quiet(self.journey)
        return ""

    def _person(self, role: str) -> str:
        with self.house.store.read() as session:
            row = people.by_login(session, _LOGINS[role])
        assert row is not None, role
        return row.id

    def _fields(self, text: str, day: str) -> dict[str, Any]:
        """A command as it is written; `on` and `valid_from` are the line's own day unless it says otherwise."""
        kind, *pairs = text.split()
        today = {name: day for name in ("on", "valid_from") if name in _MODELS[kind].model_fields}
        fields = today | dict(pair.split("=", 1) for pair in pairs)
        return {"kind": kind, **{key: self._field(key, value) for key, value in fields.items()}}

    def _field(self, key: str, value: str) -> Any:
        if key == "fact" and value.startswith("@"):
            return self._fact_number(value[1:])
        if key == "start" and "T" in value:
            return datetime.fromisoformat(value).replace(tzinfo=BERLIN)
        if key == "fields":
            return value.split(",")
        if value.startswith(("@", "appointment/@", "commitment/@")):
            return self._id(key, value)
        return _value(value)

    def _fact_number(self, code: str) -> int:
        """The number of the latest value of a code; `@code/child_1` asks for one of several."""
        name, _, about = code.partition("/")
        values = self.house.facts(self.journey).values
        return [v.seq for v in values if v.code == name and v.about.replace("/", "_") == about][-1]

    def _id(self, key: str, value: str) -> str:
        head, _, name = value.partition("@")
        kind = head.strip("/") or _KINDS.get(key, key)
        if name in _LOGINS and kind == "person":
            return self._person(name)
        if kind in ("escalation", "task"):
            return self._opened(kind, name)
        if name not in self.named:
            self.named[name] = ids.new(kind if kind in PREFIXES else "note")
        return head + self.named[name]

    def _opened(self, kind: str, name: str) -> str:
        """An escalation is named by its rule, a task by what it asks for: the latest open one is meant."""
        facts = self.house.facts(self.journey)
        if kind == "escalation":
            return [m.id for m in facts.matters if m.rule == name and m.closed_on is None][-1]
        return [t.id for t in facts.tasks if t.what == name and t.closed_on is None][-1]

    def trace(self) -> list[str]:
        """What happened so far."""
        names = {id_: name for name, id_ in self.named.items()}
        return trace(self.house.entries(self.journey), names)

    def _expect(self, line: Line) -> str:
        today = [t for t in self.trace() if t.startswith(line.day)]
        if any(_holds(t, line.words) for t in today):
            return ""
        near = [t for t in self.trace() if _holds(t, line.words)] or today
        return f"not there; instead: {' | '.join(near[-6:]) or 'nothing that day'}"

    def _silent(self, line: Line) -> str:
        since = line.words[0]
        planned = [t for t in self.trace() if since < t[:10] <= line.day and t[11:].startswith("notice ")]
        return f"but: {planned[0]}" if planned else ""

    def _has(self, line: Line) -> str:
        facts = self.house.facts(self.journey)
        for word in line.words:
            name, _, wanted = word.partition("=")
            found = getattr(facts, name) if hasattr(facts, name) else facts.value(name, line.at.date())
            if str(found) != wanted:
                return f"{name} is {found}"
        return ""

    def _house_rules(self) -> Iterator[str]:
        """What holds in every life: the chain is whole, one notice a day, and no notice once it is closed."""
        with self.house.store.read() as session:
            if ledger.verify(session, f"journey/{self.journey}") is not None:
                yield f"{self.script.file}: the ledger's chain is broken"
        sent = [t[:10] for t in self.trace() if t[11:].startswith("sent ")]
        yield from (
            f"{self.script.file}: two notices left on {d}" for d in sorted(set(sent)) if sent.count(d) > 1
        )
        closed = self.house.facts(self.journey).closed_on
        late = [
            t for t in self.trace() if closed and t[:10] > closed.isoformat() and t[11:].startswith("sent ")
        ]
        yield from (f"{self.script.file}: left after the end: {t}" for t in late)


def _holds(line: str, words: list[str]) -> bool:
    said = line.split()
    return all(
        word in said or any(part.startswith(word) and "=" not in word for part in said) for word in words
    )


def _value(text: str) -> Any:
    return {"yes": "yes", "true": True, "false": False}.get(
        text, int(text) if text.isdigit() and text[0] != "0" else text
    )
