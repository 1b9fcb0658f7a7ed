"""What Temporal keeps: sealed per journey, refused when altered, moved or in the clear."""

import asyncio
import json
import zlib
from base64 import b64decode
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from temporalio import activity, workflow
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.client import Client, WorkflowFailureError
from temporalio.common import RetryPolicy
from temporalio.converter import (
    ActivitySerializationContext,
    DataConverter,
    WorkflowSerializationContext,
)
from temporalio.exceptions import ApplicationError
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner, Worker

from domain.errors import PaktError, Permanent
from domain.ids import NAMESPACE, workflow_id
from domain.model import Wire
from ops.codec import ENCODING, HOUSE, data_converter, is_tombstone
from ops.temporal_server import TemporalServer
from store.database import Store, open_store
from store.keys import KeyDestroyed, KeyUnknown
from tests.support.registered import an_id
from tests.support.stores import MASTER_KEY

ONE, OTHER = an_id("journey", "one"), an_id("journey", "other")
NEEDLE = "Nadelwort-Heuhaufen"


class Message(Wire):
    """What goes over the wire in these tests."""

    code: str
    on: date


SAID = Message(code="reason", on=date(2027, 1, 4))


@pytest.fixture
def keyed(sqlite_store: Store) -> Store:
    with sqlite_store.write() as session:
        for owner in (ONE, OTHER):
            sqlite_store.keys.create(session, owner)
    return sqlite_store


def converter(store: Store, journey: str = ONE, *, tolerant: bool = False) -> DataConverter:
    context = WorkflowSerializationContext(namespace=NAMESPACE, workflow_id=workflow_id(journey))
    return data_converter(store.keys, tolerant=tolerant).with_context(context)


def sealed(store: Store, value: object = SAID, journey: str = ONE) -> Payload:
    return asyncio.run(converter(store, journey).encode([value]))[0]


def opened(store: Store, payload: Payload, journey: str = ONE) -> object:
    return asyncio.run(converter(store, journey).decode([payload], [Message]))[0]


def test_a_model_goes_through_and_comes_back(keyed: Store) -> None:
    payload = sealed(keyed)

    assert opened(keyed, payload) == SAID
    assert payload.metadata["encoding"] == ENCODING
    assert payload.metadata["kid"].decode() == keyed.keys.key_of(ONE).kid
    assert b"reason" not in payload.SerializeToString()


def test_another_process_with_the_same_master_key_reads_it(keyed: Store) -> None:
    payload = sealed(keyed)
    other = open_store(keyed.url, MASTER_KEY)

    assert opened(other, payload) == SAID
    other.close()


def test_a_long_payload_is_squeezed_and_a_short_one_is_not_blown_up(keyed: Store) -> None:
    long, short = "words " * 5000, "x"

    assert len(sealed(keyed, long).data) < 1000 < len(long)
    assert len(sealed(keyed, short).data) < len(zlib.compress(short.encode())) + 80


def test_equal_payloads_look_different_each_time(keyed: Store) -> None:
    assert sealed(keyed).data != sealed(keyed).data


@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(position=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_one_flipped_bit_is_refused(keyed: Store, position: int, bit: int) -> None:
    payload = _once(keyed)
    data = bytearray(payload.data)
    data[position % len(data)] ^= 1 << bit

    altered = Payload(metadata=dict(payload.metadata), data=bytes(data))

    with pytest.raises(Permanent, match="payload_altered"):
        opened(keyed, altered)


_MADE: dict[str, Payload] = {}


def _once(store: Store) -> Payload:
    return _MADE.setdefault(store.url, sealed(store))


def test_a_truncated_payload_is_refused(keyed: Store) -> None:
    payload = sealed(keyed)

    for length in range(len(payload.data)):
        cut = Payload(metadata=dict(payload.metadata), data=payload.data[:length])
        with pytest.raises(Permanent, match="payload_altered"):
            opened(keyed, cut)


def test_a_payload_moved_to_another_journey_is_refused(keyed: Store) -> None:
    with pytest.raises(Permanent, match="payload_altered"):
        opened(keyed, sealed(keyed), journey=OTHER)


def test_a_payload_under_another_key_id_is_refused(keyed: Store) -> None:
    payload = sealed(keyed)
    payload.metadata["kid"] = keyed.keys.key_of(OTHER).kid.encode()

    with pytest.raises(Permanent, match="payload_altered"):
        opened(keyed, payload)


def test_a_payload_in_the_clear_is_refused(keyed: Store) -> None:
    plain = DataConverter.default.payload_converter.to_payloads([{"code": "reason"}])[0]

    for payload in (plain, Payload()):
        with pytest.raises(Permanent, match="payload_in_the_clear"):
            opened(keyed, payload)


def test_an_unknown_key_may_be_tried_again(keyed: Store) -> None:
    with pytest.raises(KeyUnknown) as caught:
        sealed(keyed, journey=an_id("journey", "not yet"))

    assert caught.value.retryable


def test_a_key_service_that_is_away_may_be_tried_again(keyed: Store) -> None:
    with keyed.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE journey_keys RENAME TO away")

    with pytest.raises(PaktError, match="key_service_away") as caught:
        sealed(keyed)

    assert caught.value.retryable


def test_a_destroyed_key_is_an_error_for_workers_and_a_tombstone_for_viewers(keyed: Store) -> None:
    payload = sealed(keyed)
    with keyed.write() as session:
        keyed.keys.destroy(session, ONE)

    with pytest.raises(KeyDestroyed) as caught:
        opened(keyed, payload)
    viewer = converter(keyed, tolerant=True)
    assert viewer.payload_codec is not None
    (shown,) = asyncio.run(viewer.payload_codec.decode([payload]))
    (value,) = asyncio.run(viewer.decode([payload]))

    assert not caught.value.retryable
    assert is_tombstone(shown)
    assert value["tombstone"] == "key_destroyed"


def test_an_altered_payload_is_no_tombstone_for_a_viewer_either(keyed: Store) -> None:
    payload = sealed(keyed)
    payload.data = payload.data[:-1] + b"x"

    with pytest.raises(Permanent, match="payload_altered"):
        asyncio.run(converter(keyed, tolerant=True).decode([payload]))


def test_a_workflow_of_no_journey_uses_the_house_key(sqlite_store: Store) -> None:
    context = WorkflowSerializationContext(namespace=NAMESPACE, workflow_id="sweeper")
    house = data_converter(sqlite_store.keys).with_context(context)

    (payload,) = asyncio.run(house.encode([SAID]))

    assert payload.metadata["kid"].decode() == sqlite_store.keys.key_of(HOUSE).kid
    assert asyncio.run(house.decode([payload], [Message])) == [SAID]


def test_an_activity_of_a_journey_uses_the_key_of_the_journey_in_any_namespace(keyed: Store) -> None:
    context = ActivitySerializationContext(
        namespace="ReplayNamespace",
        activity_id="1",
        activity_type="decide",
        activity_task_queue=None,
        workflow_id=workflow_id(ONE),
        workflow_type="Journey",
        is_local=False,
    )

    found = data_converter(keyed.keys).with_context(context)

    assert asyncio.run(found.decode([sealed(keyed)], [Message])) == [SAID]


def test_a_failure_tells_its_message_and_stack_to_nobody_without_the_key(keyed: Store) -> None:
    failure = Failure()
    cause = ValueError(NEEDLE)
    error = ApplicationError(NEEDLE, {"detail": NEEDLE}, type="Broken")
    error.__cause__ = cause

    asyncio.run(converter(keyed).encode_failure(error, failure))

    assert NEEDLE.encode() not in failure.SerializeToString()
    assert failure.message == failure.cause.message == "Encoded failure"
    back = asyncio.run(converter(keyed).decode_failure(failure))
    assert NEEDLE in str(back)
    assert NEEDLE in str(back.__cause__)


@activity.defn
async def break_down(said: Message) -> Message:
    raise RuntimeError(f"{NEEDLE} {said.code}")


@activity.defn
async def repeat(said: Message) -> Message:
    return said


@workflow.defn
class Talking:
    """Says a thing twice, and breaks if asked to."""

    @workflow.run
    async def run(self, said: Message) -> Message:
        """One activity."""
        step = break_down if said.code == "break" else repeat
        policy = RetryPolicy(maximum_attempts=1)
        return await workflow.execute_activity(
            step, said, start_to_close_timeout=timedelta(seconds=10), retry_policy=policy
        )


@pytest.fixture
async def sealing_client(keyed: Store, temporal_server: TemporalServer) -> Client:
    return await Client.connect(
        temporal_server.address, namespace=NAMESPACE, data_converter=data_converter(keyed.keys)
    )


async def _live(client: Client, said: Message, journey: str) -> object:
    queue = f"codec-{uuid4().hex}"
    async with Worker(
        client,
        task_queue=queue,
        workflows=[Talking],
        activities=[break_down, repeat],
        workflow_runner=UnsandboxedWorkflowRunner(),
    ):
        return await client.execute_workflow(Talking.run, said, id=workflow_id(journey), task_queue=queue)


@pytest.mark.server
async def test_a_history_on_a_real_server_is_sealed_and_replays(keyed: Store, sealing_client: Client) -> None:
    said = Message(code="word_of_needles", on=SAID.on)

    assert await _live(sealing_client, said, ONE) == said

    history = await sealing_client.get_workflow_handle(workflow_id(ONE)).fetch_history()
    assert "word_of_needles" not in history.to_json()
    metadata = [found for found in _metadata(json.loads(history.to_json())) if "encoding" in found]
    assert len(metadata) >= 4
    assert {b64decode(found["encoding"]) for found in metadata} == {ENCODING}
    assert {b64decode(found["kid"]).decode() for found in metadata} == {keyed.keys.key_of(ONE).kid}
    replayer = Replayer(
        workflows=[Talking],
        workflow_runner=UnsandboxedWorkflowRunner(),
        data_converter=data_converter(keyed.keys),
    )
    await replayer.replay_workflow(history)


@pytest.mark.server
async def test_a_failing_activity_leaves_no_word_of_it_in_the_history(
    keyed: Store, sealing_client: Client
) -> None:
    with pytest.raises(WorkflowFailureError) as caught:
        await _live(sealing_client, Message(code="break", on=SAID.on), OTHER)

    history = await sealing_client.get_workflow_handle(workflow_id(OTHER)).fetch_history()
    raw = b"".join(event.SerializeToString() for event in history.events)
    assert NEEDLE.encode() not in raw
    assert b"test_codec.py" not in raw
    assert NEEDLE in str(caught.value.cause.__cause__)


def _metadata(found: object) -> Iterator[dict[str, str]]:
    if isinstance(found, dict):
        if isinstance(found.get("metadata"), dict):
            yield found["metadata"]
        found = list(found.values())
    if isinstance(found, list):
        for part in found:
            yield from _metadata(part)
