"""The activity under the real server: its policy tries again, gives up as `deferred`, and leaks nothing."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from temporalio import workflow
from temporalio.client import Client
from temporalio.common import RetryPolicy
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from activities.send_notice import Notices
from domain.calls import SEND_NOTICE, SendAnswer, SendRequest
from domain.policies import POLICIES
from notices.mail import MailChannel
from store.database import Store
from tests.notices.post import MAIL, NAME, NOW, QUICK, Case, planned
from tests.support.mail_server import Behaviour, MailServer
from tests.support.server import plain_client, temporal_server

__all__ = ["plain_client", "temporal_server"]
pytestmark = pytest.mark.server
POLICY = POLICIES[SEND_NOTICE]


@workflow.defn(name="HandOver")
class HandOver:
    """Hands one notice over, with the attempts of the policy and hardly a pause."""

    @workflow.run
    async def run(self, request: SendRequest) -> SendAnswer:
        """The answer of the activity."""
        answer: SendAnswer = await workflow.execute_activity(
            SEND_NOTICE,
            request,
            result_type=SendAnswer,
            start_to_close_timeout=POLICY.start_to_close,
            retry_policy=RetryPolicy(
                initial_interval=timedelta(milliseconds=50), maximum_attempts=POLICY.attempts
            ),
        )
        return answer


async def test_greylisting_and_a_closing_server_end_delivered_once(
    plain_client: Client, sqlite_store: Store, mail_server: MailServer
) -> None:
    case = planned(sqlite_store)
    mail_server.script(Behaviour.LATER_450, Behaviour.CLOSING_421, Behaviour.OK)
    answer, history = await _hand_over(plain_client, case, mail_server)
    assert answer.outcome == "sent"
    assert mail_server.copies() == {case.row().message_id: 1}
    assert (case.row().attempts, case.row().possible_duplicate) == (3, False)
    for needle in (MAIL, NAME, "greylisted"):
        assert needle not in history


async def test_a_server_that_stays_down_ends_deferred_and_not_as_an_error(
    plain_client: Client, sqlite_store: Store, mail_server: MailServer
) -> None:
    case = planned(sqlite_store)
    mail_server.stop()
    answer, history = await _hand_over(plain_client, case, mail_server)
    assert (answer.outcome, answer.reason) == ("deferred", "mail_server_away")
    assert case.row().attempts == POLICY.attempts
    assert MAIL not in history


async def test_a_hanging_server_holds_nobody_else_up(
    plain_client: Client, sqlite_store: Store, mail_server: MailServer
) -> None:
    case = planned(sqlite_store)
    mail_server.script(Behaviour.HANG_AT_BANNER, Behaviour.OK)
    answer, _ = await asyncio.wait_for(_hand_over(plain_client, case, mail_server), 20)
    assert answer.outcome == "sent"


async def _hand_over(client: Client, case: Case, server: MailServer) -> tuple[SendAnswer, str]:
    notices = Notices(case.store, MailChannel(server.settings(), limits=QUICK))
    queue = f"hand-over-{case.notice}"
    with ThreadPoolExecutor(2) as threads:
        async with Worker(
            client,
            task_queue=queue,
            workflows=[HandOver],
            activities=[notices.send_notice],
            activity_executor=threads,
            workflow_runner=UnsandboxedWorkflowRunner(),
        ):
            handle = await client.start_workflow(
                "HandOver",
                SendRequest(journey=case.journey, notice=case.notice, now=NOW),
                id=queue,
                task_queue=queue,
                result_type=SendAnswer,
            )
            answer: SendAnswer = await handle.result()
    return answer, (await handle.fetch_history()).to_json()
