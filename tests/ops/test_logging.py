"""Logs: ids and codes by an allow-list, one line per event of a workflow however often it is replayed."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ops import logging
from ops.temporal_server import TemporalServer

SAMPLE = Path(__file__).with_name("logging_sample.py")
ROOT = SAMPLE.parents[2]


@pytest.fixture(scope="module")
def process(
    temporal_server: TemporalServer, tmp_path_factory: pytest.TempPathFactory
) -> tuple[subprocess.CompletedProcess[str], str]:
    file = tmp_path_factory.mktemp("logs") / "deep" / "sample.log"
    done = subprocess.run(
        [sys.executable, str(SAMPLE), temporal_server.address, str(file)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    return done, file.read_text()


Process = tuple[subprocess.CompletedProcess[str], str]


def lines(process: Process) -> list[dict[str, Any]]:
    return [json.loads(line) for line in process[0].stderr.splitlines()]


def test_every_line_is_json_and_the_file_holds_the_same_lines(process: Process) -> None:
    assert [json.loads(line) for line in process[1].splitlines()] == lines(process)


def test_a_workflow_logs_each_event_once_though_it_was_replayed(process: Process) -> None:
    events = Counter(line["event"] for line in lines(process))
    assert (events["sample_started"], events["sample_failed"]) == (1, 1)


def test_a_workflow_line_carries_the_ids_of_its_run(process: Process) -> None:
    line = next(line for line in lines(process) if line["event"] == "sample_started")
    assert line["workflow_id"] == "logging/1"
    assert {"run_id", "workflow_type", "seq", "timestamp", "pid"} <= line.keys()


def test_no_name_reaches_the_log_by_message_key_value_or_error(process: Process) -> None:
    assert "Erika" not in process[0].stderr + process[0].stdout + process[1]


def test_what_was_kept_out_is_counted_on_the_line(process: Process) -> None:
    line = next(line for line in lines(process) if line["event"] == "person_named")
    assert line["journey"] == "jrn_1"
    assert line["dropped"] == 2


def test_an_error_shows_its_kind_and_place(process: Process) -> None:
    line = next(line for line in lines(process) if line.get("activity_type") == "fail")
    assert line["error"] == "ValueError"
    assert "logging_sample.py:" in line["where"]


def test_an_event_with_a_wrong_name_is_still_a_line(process: Process) -> None:
    assert "event_misnamed" in {line["event"] for line in lines(process)}


def test_the_process_leaves_with_the_code_it_was_given(process: Process) -> None:
    assert process[0].returncode == 3


def test_the_allow_list_holds_no_word_for_personal_data() -> None:
    assert not logging.KEYS & {
        "name",
        "first_name",
        "email",
        "mail",
        "phone",
        "address",
        "birth_date",
        "text",
    }
