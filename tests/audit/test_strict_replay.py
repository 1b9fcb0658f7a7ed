"""Strict replay on histories of the shipped workflow."""

import uuid

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client

from audit.histories import in_clear, parsed, readable
from audit.replay import replay
from tests.audit.living import begun, ended, histories_of, small_activities, small_book, workers
from tests.support.server import plain_client, temporal_server  # noqa: F401
from workflows.journey import Journey


async def test_unchanged_code_replays_every_run_without_a_difference(plain_client: Client) -> None:  # noqa: F811
    journey = f"jrn_{uuid.uuid4().hex}"
    async with workers(plain_client, small_activities(lambda *_: None)):
        await begun(plain_client, journey)
        await ended(plain_client, journey)
    histories = await histories_of(plain_client, journey)
    shown = [readable(await in_clear(history, None)) for history in histories]
    [
        print(e.event_id, e.event_time.ToDatetime().time(), EventType.Name(e.event_type)[11:])
        for h in histories
        for e in h.events
    ]
    report = await replay(journey, [parsed(one) for one in shown], workflow=Journey, judge=small_book)
    print(report.model_dump_json(indent=1))
    assert report.ok
