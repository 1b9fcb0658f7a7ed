"""Where rooms meet: activities and their policies, notices and their gate, events and their folds."""

import ast
import re
from collections.abc import Iterable
from typing import get_args

from domain import commands, events
from domain.calls import DECIDE, OFFICE_DAY, SEND_NOTICE, SWEEP
from domain.folding import FOLDS
from domain.handlers.registry import HANDLERS
from domain.handling import handle
from domain.policies import POLICIES
from tests.house.sources import Source, calls, imported, of_rooms, product, python

PLANNER = "activities/notices_plan.py"
CALLER = "workflows/calling.py"
MAILER = re.compile(r"^notices/[a-z_]+\.py$")
CATCHER = "ops/mail_catcher.py"
TIMEOUTS = (
    "start_to_close_timeout",
    "schedule_to_close_timeout",
    "schedule_to_start_timeout",
    "heartbeat_timeout",
)
EXECUTORS = ("execute_activity", "start_activity", "execute_local_activity", "start_local_activity")


def timeouts_elsewhere(sources: Iterable[Source]) -> list[str]:
    """Timeouts and activity calls outside of the one function that reads the policy table."""
    found = []
    for one in sources:
        for line, name, call in calls(one):
            given = [word.arg for word in call.keywords if word.arg in TIMEOUTS]
            caller, _, last = name.rpartition(".")
            direct = caller == "temporalio.workflow" and last.removesuffix("_method") in EXECUTORS
            if (given or direct) and one.path != CALLER:
                found.append(f"{one.path}:{line} {given or name}; add a row to domain/policies.py instead")
    return found


def activity_names(sources: Iterable[Source]) -> set[str]:
    """The names under which activities are defined, as written in the decorator."""
    return {
        ast.unparse(word.value)
        for one in sources
        for _, name, call in calls(one)
        if name.endswith("activity.defn")
        for word in call.keywords
        if word.arg == "name"
    }


def makers_of(sources: Iterable[Source], name: str) -> set[str]:
    """The files that construct a certain model."""
    return {one.path for one in sources for _, called, _ in calls(one) if called.rpartition(".")[2] == name}


def gateless(source: Source) -> list[str]:
    """What the planner lacks: the gate, asked before anything is planned, and the budget."""
    asked = {name for _, name, _ in calls(source)}
    return [name for name in ("domain.gate.gate", "domain.gate.budget") if name not in asked]


def mailers(sources: Iterable[Source]) -> set[str]:
    """The files that can hand a mail over."""
    hand_over = {"smtplib", "aiosmtplib", "email"}
    return {
        one.path
        for one in sources
        if {n.partition(".")[0] for n in imported(one.tree).values()} & (hand_over - {"email"})
    }


def _event_types() -> dict[str, type]:
    union = get_args(events.EventBody)[0]
    return {str(body.model_fields["type"].default): body for body in get_args(union)}


def _command_kinds() -> set[str]:
    union = get_args(commands.Body)[0]
    return {str(body.model_fields["kind"].default) for body in get_args(union)}


def test_every_activity_has_a_policy_and_every_policy_an_activity() -> None:
    assert set(POLICIES) == {DECIDE, OFFICE_DAY, SEND_NOTICE, SWEEP}
    assert activity_names(of_rooms("activities")) == {"DECIDE", "OFFICE_DAY", "SEND_NOTICE", "SWEEP"}


def test_no_timeout_is_set_outside_the_table() -> None:
    assert timeouts_elsewhere(product()) == []


def test_only_the_planner_plans_and_it_asks_the_gate() -> None:
    assert makers_of(product(), "NoticePlanned") == {PLANNER}
    planner = next(one for one in product() if one.path == PLANNER)
    assert gateless(planner) == []


def test_only_the_notices_room_hands_mail_over() -> None:
    assert {path for path in mailers(product()) if path != CATCHER and not MAILER.match(path)} == set()


def test_only_the_sending_activity_reaches_the_channel() -> None:
    reached = {one.path for one in product() for _, name, _ in calls(one) if name.endswith(".deliver")}
    assert reached <= {"activities/send_notice.py", "notices/channel.py", "notices/mail.py"}


def test_every_event_is_folded() -> None:
    assert set(FOLDS) == set(_event_types().values())


def test_every_event_is_made_somewhere() -> None:
    made = {
        name.rpartition(".")[2]
        for one in python()
        if one.path not in ("domain/events.py", "domain/happened.py")
        for _, name, _ in calls(one)
    }
    assert {body.__name__ for body in _event_types().values()} - made == set()


def test_every_command_is_handled() -> None:
    assert callable(handle)
    assert set(HANDLERS) == _command_kinds()


def test_a_timeout_elsewhere_is_found() -> None:
    bad = "from temporalio import workflow\nworkflow.execute_activity('x', start_to_close_timeout=1)"
    assert timeouts_elsewhere([Source("workflows/journey.py", bad)])
    assert not timeouts_elsewhere([Source(CALLER, bad)])


def test_a_second_planner_is_found_and_one_without_the_gate() -> None:
    bad = Source(
        "activities/shortcut.py", "from domain.events import NoticePlanned\nNoticePlanned(notice='x')"
    )
    assert makers_of([bad], "NoticePlanned") == {"activities/shortcut.py"}
    assert gateless(bad) == ["domain.gate.gate", "domain.gate.budget"]


def test_a_mailer_elsewhere_is_found() -> None:
    assert mailers([Source("web/bad.py", "import smtplib")]) == {"web/bad.py"}
    assert mailers([Source("web/bad.py", "from smtplib import SMTP")]) == {"web/bad.py"}


def test_an_activity_name_is_read_from_its_decorator() -> None:
    text = "from temporalio import activity\n@activity.defn(name=OTHER)\ndef other(): ..."
    assert activity_names([Source("activities/other.py", text)]) == {"OTHER"}
