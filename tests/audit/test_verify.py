"""Verification names the first altered entry, whatever was altered, in bundles of a really lived journey."""

import json

import pytest

from audit.format import canonical, sha256_of
from audit.verify import verify
from tests.audit.altering import ALTERATIONS, Alteration, anywhere, draw_from, rewritten, stream_of
from tests.audit.conftest import Lived

SEEDS = range(25)


def test_an_unchanged_bundle_of_an_ended_journey_is_good(lived: Lived) -> None:
    report = verify(lived.bundle)
    assert (report.ok, report.first_bad) == (True, None)
    content = json.loads(lived.bundle)
    assert report.entries == content["manifest"]["entries"] > 8
    assert all(run["closed"] for run in content["runs"])


def test_an_unchanged_bundle_of_an_open_journey_is_good(lived: Lived) -> None:
    report = verify(lived.open_bundle)
    assert (report.ok, report.first_bad) == (True, None)
    assert not json.loads(lived.open_bundle)["runs"][-1]["closed"]


@pytest.mark.parametrize("alter", ALTERATIONS, ids=lambda alter: alter.__name__)
def test_the_first_altered_entry_is_named(lived: Lived, alter: Alteration) -> None:
    for seed in SEEDS:
        content = json.loads(lived.bundle)
        place = alter(content, draw_from(f"{alter.__name__} {seed}"))
        report = verify(rewritten(content))
        assert not report.ok, seed
        assert report.first_bad is not None
        assert (report.first_bad.stream, report.first_bad.seq) == place, (seed, report.first_bad)


@pytest.mark.parametrize("alter", ALTERATIONS, ids=lambda alter: alter.__name__)
def test_nothing_altered_in_an_open_journey_passes(lived: Lived, alter: Alteration) -> None:
    for seed in range(5):
        content = json.loads(lived.open_bundle)
        alter(content, draw_from(f"open {alter.__name__} {seed}"))
        assert not verify(rewritten(content)).ok, seed


def test_any_single_changed_byte_is_found_and_its_ledger_entry_is_named(lived: Lived) -> None:
    content = json.loads(lived.bundle)
    name, entries = stream_of(content)
    draw = draw_from("bytes")
    for _ in range(200):
        at = draw.randrange(len(lived.bundle))
        torn = bytearray(lived.bundle)
        torn[at] ^= draw.choice([1, 2, 4, 8, 16, 32, 64, 128])
        report = verify(bytes(torn))
        assert not report.ok, at
        where = _entry_at(lived.bundle, at, entries)
        if where is not None and report.first_bad is not None:
            assert (report.first_bad.stream, report.first_bad.seq) == (name, where), (at, report.first_bad)


def _entry_at(raw: bytes, at: int, entries: list[dict[str, object]]) -> int | None:
    for seq, entry in enumerate(entries, start=1):
        written = canonical(entry)
        start = raw.index(written)
        if start < at < start + len(written) - 1:
            return seq
    return None


def test_a_cut_off_file_is_not_good_wherever_it_is_cut(lived: Lived) -> None:
    draw = draw_from("cuts")
    for _ in range(60):
        report = verify(lived.bundle[: draw.randrange(10, len(lived.bundle))])
        assert not report.ok


def test_what_stands_outside_ledger_and_histories_is_guarded_too(lived: Lived) -> None:
    for field, value in (("sdk", "0.0.1"), ("build", "other"), ("runs", 9), ("events", 1), ("entries", 1)):
        content = json.loads(lived.bundle)
        content["manifest"][field] = value
        assert not verify(canonical(content)).ok, field


def test_another_way_to_write_the_same_bundle_is_not_the_bundle(lived: Lived) -> None:
    report = verify(json.dumps(json.loads(lived.bundle), ensure_ascii=False).encode())
    assert report.first_bad is not None
    assert report.first_bad.field == "bytes"


def test_a_whole_run_left_out_is_found(lived: Lived) -> None:
    for left_out in range(len(json.loads(lived.bundle)["runs"])):
        content = json.loads(lived.bundle)
        del content["runs"][left_out]
        for order, run in enumerate(content["runs"], start=1):
            run["order"] = order
        content["manifest"]["runs"] -= 1
        content["manifest"]["events"] = sum(run["events"] for run in content["runs"])
        inner = {key: value for key, value in content.items() if key != "sha256"}
        assert not verify(canonical({**inner, "sha256": sha256_of(inner)})).ok, left_out


def test_a_history_that_tells_an_event_otherwise_is_found_even_with_fresh_hashes(lived: Lived) -> None:
    content = json.loads(lived.bundle)
    run = content["runs"][0]
    text = json.dumps(run["history"])
    run["history"] = json.loads(text.replace('"contact": "call"', '"contact": "visit"'))
    assert json.dumps(run["history"]) != text
    run["sha256"] = sha256_of(run["history"])
    run["event_sha256"] = [sha256_of(event) for event in run["history"]["events"]]
    report = verify(rewritten(content))
    assert report.first_bad is not None
    assert report.first_bad.reason == "history says otherwise"


def test_whatever_stands_in_a_bundle_verify_answers(lived: Lived) -> None:
    for seed in range(120):
        content = json.loads(lived.bundle)
        anywhere(content, draw_from(f"anywhere {seed}"))
        if content != json.loads(lived.bundle):
            report = verify(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())
            assert not report.ok, seed
            assert report.first_bad is not None


def test_a_forger_who_computes_every_hash_anew_gets_an_answer_too(lived: Lived) -> None:
    for seed in range(30):
        content = json.loads(lived.bundle)
        run = draw_from(f"run {seed}").choice(content["runs"])
        anywhere(run["history"], draw_from(f"history {seed}"))
        try:
            run["sha256"] = sha256_of(run["history"])
            run["event_sha256"] = [sha256_of(event) for event in run["history"].get("events", [])]
            raw = rewritten(content)
        except (ValueError, TypeError):
            raw = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        verify(raw)
