"""`pakt audit …`: hands the audit room the services that an export needs, opened only then."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from temporalio.client import Client

from audit import cli
from domain.errors import PaktError, Transient
from gateway.connection import connect
from ops import console
from ops import settings as setting
from ops.arguments import usage_mistake
from ops.codec import data_converter
from store.database import open_store


def run(argv: list[str], *, data_dir: Path, as_json: bool) -> int:
    """Export, verify or replay; without a running Temporal an export takes what the archive holds."""

    @asynccontextmanager
    async def services() -> AsyncIterator[cli.Services]:
        settings = setting.load_installed(data_dir)
        store = open_store(settings, settings.master_key())
        converter = data_converter(store.keys)
        client: Client | None
        try:
            client = await connect(settings, converter)
        except Transient:
            client = None
        try:
            yield cli.Services(store=store, converter=converter, client=client)
        finally:
            store.close()

    return cli.run([*argv, *(["--json"] if as_json else [])], open_services=services, sentence=_sentence)


def _sentence(refused: PaktError) -> str:
    if refused.code == "bad_arguments":
        message = refused.params["remedy"].rpartition("; see ")[0]
        refused = usage_mistake("pakt audit", message)
    return console.sentence(refused)
