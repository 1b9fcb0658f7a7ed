"""`pakt journey start · show · list · command · approve`: what the desk does, for scripts; by id, never by name."""

import argparse
import asyncio
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from domain.commands import Body, Command, Receipt
from domain.errors import InvalidInput, NotPermitted, Refusal
from domain.ids import ID_PATTERN, PREFIXES
from domain.permissions import Actor, Permission, Role, command_permission, may
from ops import cli_journey_replan as replanning
from ops import settings as setting
from ops.arguments import Parser
from ops.cli_second import Asked, add_actions, ask_for_two, expect_items_allowed, needs_two, second
from ops.console import print_json, say
from ops.own_programmes import programme_id, use_own_programmes
from ops.registration_reading import read_document, read_registration
from store import clock, editions, ids, people, queries
from store.books import expect_fit_pin
from store.database import Store, open_store
from store.opening import open_journey
from store.participants import register
from store.tables import PersonRow
from web.expecting import expect_known

BODY: TypeAdapter[Any] = TypeAdapter(Body)
CONFIRM_S = 10.0


def run(argv: list[str], *, data_dir: Path, as_json: bool) -> int:
    """Carry out one action in the name of the person given by `--as`."""
    options = _parser().parse_args(argv)
    settings = setting.load_installed(data_dir)
    use_own_programmes(settings.data_dir)
    store = open_store(settings, settings.master_key())

    def answer() -> int:
        return second(store, settings, options, actor_of(store, options.login), as_json=as_json)

    act: dict[str, Callable[[], int]] = {
        "list": lambda: _list(store, as_json=as_json),
        "show": lambda: _show(store, options.id, actor_of(store, options.login), as_json=as_json),
        "start": lambda: _start(store, options, as_json=as_json),
        "command": lambda: _command(store, settings, options, as_json=as_json),
        "replan": lambda: replanning.run(store, options, actor_of, as_json=as_json),
        **dict.fromkeys(("approve", "reject", "take", "return"), answer),
    }
    try:
        return act[options.action]()
    finally:
        store.close()


def _parser() -> Parser:
    parser = Parser(prog="pakt journey", description="start, show and run journeys")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="id, state, office and programme of each journey")
    show = actions.add_parser("show", help="one journey, without the person behind it")
    start = actions.add_parser(
        "start", help="register a participant from a JSON FILE (- for stdin) and start"
    )
    start.add_argument("file", help="language, birth date, municipality … as on the form of the desk")
    command = actions.add_parser(
        "command", help="one command, such as: record_contact contact=visit on=2027-01-05"
    )
    replan = actions.add_parser("replan", help="plan every open journey anew, or say how far that is")
    replanning.add_options(replan)
    for action in (show, command):
        action.add_argument("id")
    command.add_argument("name")
    command.add_argument("fields", nargs="*", metavar="FIELD=VALUE")
    command.add_argument("--command-id", help="the id of an earlier attempt, to send it again")
    command.add_argument("--rev", type=int, help="the revision of the subject that was seen")
    command.add_argument("--approved-by", metavar="LOGIN", help="the second person, where two have to agree")
    for action in (show, start, command, replan, *add_actions(actions)):
        action.add_argument(
            "--as", dest="login", default="maier", help="in whose name (default: maier of the demo)"
        )
    return parser


def actor_of(store: Store, login: str, *, field: str = "--as") -> Actor:
    """The person with this login, as the permissions see them."""
    with store.read() as session:
        person: PersonRow | None = people.by_login(session, login)
        if person is None:
            raise InvalidInput("person_unknown", field=field, login=login)
        chain = people.chain_of(session, person.id)
        return Actor(id=person.id, role=Role(person.role), office=person.office_id, chain=chain)


def _list(store: Store, *, as_json: bool) -> int:
    with store.read() as session:
        lines = [line.row for line in queries.journey_list(session, store, limit=sys.maxsize)]
    rows = sorted(
        ({"id": r.id, "state": r.state, "office": r.office_id, "programme": r.programme} for r in lines),
        key=lambda row: row["id"],
    )
    if as_json:
        print_json(rows)
        return 0
    for row in rows:
        line = f"{row['id']}  {row['state']:<8} {row['office']:<20} {row['programme']}"
        say(line, line)
    return 0


def _show(store: Store, journey: str, actor: Actor, *, as_json: bool) -> int:
    open_journey(store, actor, journey, Permission.OFFICE_JOURNEY_OPEN, purpose="shell")
    view = queries.journey_view(store, journey)
    if as_json:
        print_json(
            {
                "id": journey,
                "state": view.state,
                "office": view.office,
                "seq": view.seq,
                "facts": view.facts.model_dump(mode="json"),
                "plan": [step.model_dump(mode="json") for step in view.plan],
                "upcoming": [entry.model_dump(mode="json") for entry in view.upcoming],
            }
        )
        return 0
    say(f"{journey}  {view.state}  {view.office}", f"{journey}  {view.state}  {view.office}")
    for step in view.plan:
        done = "✓" if view.facts.step_done(step.step) else " "
        say(f"  {done} {step.due:%d.%m.%Y}  {step.step}", f"  {done} {step.due}  {step.step}")
    for entry in view.upcoming:
        line = f"  → {entry.on}  {entry.what} {entry.code} ({entry.addressee})"
        say(line, line)
    return 0


def _start(store: Store, options: argparse.Namespace, *, as_json: bool) -> int:
    actor = actor_of(store, options.login)
    if not may(actor, Permission.OFFICE_JOURNEY_START, actor.office):
        raise NotPermitted("not_permitted")
    content = read_document(options.file)
    content.setdefault("form_id", ids.new("command"))
    content.setdefault("programme", editions.newest_programme()[1].id)
    if isinstance(content["programme"], str):
        content["programme"] = programme_id(content["programme"])
    content.setdefault("case_worker", actor.id)
    content |= {"actor": actor.id, "role": str(actor.role), "office": actor.office}
    form = read_registration(content)
    with store.write() as session:
        participant, journey = register(session, store, form)
    if as_json:
        print_json({"id": journey, "participant": participant})
    else:
        say(journey, journey)
    return 0


def _command(store: Store, settings: setting.Settings, options: argparse.Namespace, *, as_json: bool) -> int:
    actor = actor_of(store, options.login)
    body = read_body(options.name, options.fields)
    row = open_journey(store, actor, options.id, command_permission(options.name), purpose="shell")
    expect_items_allowed(actor, row, body)
    with store.read() as session:
        expect_known(session, row.office_id, body, programme=row.programme)
    if clock.state(store).moving_to is not None:
        raise Refusal("clock_moving")
    expect_fit_pin(store, body)
    command_id = _command_id(options.command_id)
    if needs_two(store, row, body):
        agrees = actor_of(store, options.approved_by, field="--approved-by") if options.approved_by else None
        return ask_for_two(
            store, settings, Asked(actor, row, body, command_id, agrees=agrees), as_json=as_json
        )
    command = Command(
        command_id=command_id,
        actor=actor.id,
        role=str(actor.role),
        rev=options.rev,
        body=body,
    )
    receipt = asyncio.run(_send(store, settings, options.id, command))
    if as_json:
        print_json(receipt.model_dump(mode="json"))
    else:
        line = f"{receipt.command_id}  {receipt.first_seq}–{receipt.last_seq}"
        say(line, line)
    return 0


def _command_id(given: str | None) -> str:
    if given is not None and not re.fullmatch(ID_PATTERN, given):
        remedy = f"{PREFIXES['command']}_ + 32 × 0–9, a–f"
        raise InvalidInput("command_id_malformed", field="--command-id", value=given, remedy=remedy)
    return given or ids.new("command")


async def _send(store: Store, settings: setting.Settings, journey: str, command: Command) -> Receipt:
    # Only a command meets Temporal; listing and showing should not wait for its library.
    from gateway.commands import Gateway  # noqa: PLC0415
    from gateway.connection import connect  # noqa: PLC0415
    from ops.codec import data_converter  # noqa: PLC0415

    client = await connect(settings, data_converter(store.keys))
    return await Gateway(client).execute(journey, command, wait_s=CONFIRM_S)


def read_body(name: str, fields: list[str]) -> Any:
    """The command that `FIELD=VALUE` words ask for; the first one that does not fit is named."""
    content: dict[str, Any] = {"kind": name}
    for field in fields:
        key, separator, value = field.partition("=")
        if not separator:
            raise InvalidInput("command_malformed", field=field, reason="FIELD=VALUE", remedy=_fields(name))
        content[key] = _counted(name, key, _parsed(value))
    try:
        return BODY.validate_python(content)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        if first["type"] == "union_tag_invalid":
            remedy = ", ".join(sorted(_kinds()))
            raise InvalidInput("journey_command_unknown", field="name", value=name, remedy=remedy) from None
        field = ".".join(str(part) for part in first["loc"][1:])
        allowed = str(first.get("ctx", {}).get("expected", first["type"])).replace(" or ", ", ")
        raise InvalidInput("command_malformed", field=field, reason=allowed, remedy=_fields(name)) from None


def _parsed(value: str) -> Any:
    """A value in JSON where it is a list or an object; otherwise the text as it stands."""
    if value[:1] not in "[{":
        return {"true": True, "false": False}.get(value, value)
    try:
        return json.loads(value)
    except ValueError:
        return value


def _counted(name: str, key: str, value: Any) -> Any:
    """A number where the command knows certain numbers only, such as the months of a longer term."""
    schema = BODY.json_schema()["$defs"].get(_kinds().get(name, ""), {})
    allowed = schema.get("properties", {}).get(key, {}).get("enum", ())
    return next((number for number in allowed if isinstance(number, int) and str(number) == value), value)


def _kinds() -> dict[str, Any]:
    mapping: dict[str, str] = BODY.json_schema()["discriminator"]["mapping"]
    return {kind: reference.rsplit("/", 1)[1] for kind, reference in mapping.items()}


def _fields(name: str) -> str:
    schema = BODY.json_schema()["$defs"].get(_kinds().get(name, ""), {})
    return ", ".join(key for key in schema.get("properties", {}) if key != "kind")
