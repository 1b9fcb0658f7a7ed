"""Logs: one JSON line per event, named noun_verbed, with allow-listed ids and codes and nothing else."""

import copy
import logging  # noqa: TID251 - the one place that bridges the standard library's logging
import os
import queue
import re
import sys
import threading
from datetime import UTC, datetime
from logging.handlers import QueueHandler, QueueListener  # noqa: TID251 - as above
from pathlib import Path
from types import TracebackType

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, WrappedLogger

from domain.errors import PaktError

_LINE = (
    "event",
    "level",
    "timestamp",
    "logger",
    "process",
    "pid",
    "where",
    "error",
    "code",
    "reason",
    "dropped",
)
_THINGS = (
    *("journey", "participant", "appointment", "talk", "commitment", "excuse", "pause", "escalation", "task"),
    *(
        "notice",
        "command",
        "person",
        "office",
        "command_id",
        "command_name",
        "event_type",
        "seq",
        "call",
        "rule",
    ),
    *(
        "stage",
        "outcome",
        "addressee",
        "escalation_level",
        "subject",
        "channel",
        "key",
        "actor",
        "role",
        "rev",
    ),
    *("book", "programme", "calendar", "stream"),
)
_TEMPORAL = (
    *(
        "workflow_id",
        "workflow_type",
        "run_id",
        "run",
        "activity_id",
        "activity_type",
        "attempt",
        "task_queue",
    ),
    *("update_id", "update_name", "namespace"),
)
_MEASURES = (
    *(
        "route",
        "method",
        "status",
        "request_id",
        "duration_ms",
        "count",
        "kind",
        "state",
        "target",
        "as_of",
        "at",
    ),
    *(
        "on",
        "next_wake",
        "healed",
        "bytes",
        "part",
        "port",
        "exit_code",
        "restarts",
        "pages",
        "migration",
        "version",
    ),
)
KEYS = frozenset((*_LINE, *_THINGS, *_TEMPORAL, *_MEASURES))
_EVENT = re.compile(r"[a-z]+(_[a-z0-9]+)+")
_VALUE = re.compile(r"[A-Za-z0-9_./:+,=<>()\[\]{}#*?|-]{0,200}")
_FRAMES = 8
_NESTED = ("temporal_workflow", "temporal_activity")
_QUIET = {
    "temporalio": logging.INFO,
    "mail": logging.WARNING,
    "aiosmtpd": logging.WARNING,
    "asyncio": logging.WARNING,
    "uvicorn.access": logging.CRITICAL,
    "uvicorn.error": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "alembic": logging.WARNING,
    "httpx": logging.WARNING,
}
_listener: QueueListener | None = None
_dropped = 0


def configure(process: str, *, file: Path | None = None, screen: bool = True, temporal: bool = True) -> None:
    """Send every log line of this process, from whatever library, to stderr and to `file` if one is given.

    Call it before the first Temporal client. `temporal=False` is for a process that has none,
    `screen=False` for one whose terminal belongs to a person.
    """
    flush()
    global _listener  # noqa: PLW0603 - one process, one sink
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)] if screen else []
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handlers.append(logging.FileHandler(file, encoding="utf-8"))
    for handler in handlers:
        handler.setFormatter(_formatter(process))
    lines: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    _listener = QueueListener(lines, *handlers)
    _listener.start()
    root = logging.getLogger()
    root.handlers[:] = [_Handover(lines)]
    root.setLevel(logging.INFO)
    for name, level in _QUIET.items():
        logging.getLogger(name).setLevel(level)
    _bind_structlog()
    if temporal:
        _tame_temporal()
    sys.excepthook = _log_crash
    threading.excepthook = _log_thread_crash


def logger(name: str) -> FilteringBoundLogger:
    """The logger of a module; call it as `log.info("notice_sent", notice=…)`."""
    bound: FilteringBoundLogger = structlog.get_logger(name)
    return bound


def flush() -> None:
    """Write out every line handed in so far; lines after this need `configure` again."""
    global _listener  # noqa: PLW0603 - one process, one sink
    if _listener is None:
        return
    _listener.stop()
    for handler in _listener.handlers:
        handler.close() if isinstance(handler, logging.FileHandler) else handler.flush()
    _listener = None
    logging.getLogger().handlers[:] = [logging.NullHandler()]


def dropped() -> int:
    """How many keys and values this process has kept out of its log so far."""
    return _dropped


def _tame_temporal() -> None:
    """Left to itself, the SDK appends its context to messages, and its core prints failures in clear."""
    # Imported here: a short command that never meets Temporal should not wait for its library.
    from temporalio import activity, runtime, workflow  # noqa: PLC0415

    workflow.logger.workflow_info_on_message = False
    activity.logger.activity_info_on_message = False
    sink = runtime.LogForwardingConfig(
        logger=logging.getLogger("temporalio.core"), append_log_fields_to_message=False
    )
    quiet = runtime.TelemetryFilter(core_level="WARN", other_level="ERROR")
    telemetry = runtime.TelemetryConfig(logging=runtime.LoggingConfig(filter=quiet, forwarding=sink))
    runtime.Runtime.set_default(runtime.Runtime(telemetry=telemetry), error_if_already_set=False)


class _Handover(QueueHandler):
    """Hands records to the writing thread, so that no workflow ever waits for a file's lock."""

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        """Reduce an exception to its kind and place here, where its frames still live."""
        handed = copy.copy(record)
        if record.exc_info and record.exc_info[1] is not None:
            handed.__dict__.update(_fault(record.exc_info[1]))
        handed.exc_info, handed.exc_text, handed.stack_info = None, None, None
        return handed


def _bind_structlog() -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            _fault_of_call,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _formatter(process: str) -> logging.Formatter:
    def stamp(_logger: WrappedLogger, _name: str, line: EventDict) -> EventDict:
        record: logging.LogRecord = line["_record"]
        line["timestamp"] = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="microseconds")
        line["process"], line["pid"] = process, os.getpid()
        return line

    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            _name_foreign,
        ],
        processors=[
            stamp,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _lift_temporal,
            _allow_listed,
            structlog.processors.JSONRenderer(sort_keys=False),
        ],
    )


def _name_foreign(_logger: WrappedLogger, _name: str, line: EventDict) -> EventDict:
    """Replace a library's free text by the place that wrote it: the text may quote what it was given."""
    record: logging.LogRecord = line["_record"]
    if not _EVENT.fullmatch(str(line["event"])):
        line["event"] = "foreign_logged"
        line.setdefault("where", f"{record.module}:{record.lineno}")
    return line


def _lift_temporal(_logger: WrappedLogger, _name: str, line: EventDict) -> EventDict:
    for nest in _NESTED:
        for key, value in dict(line.pop(nest, None) or {}).items():
            line.setdefault(key, value)
    return line


def _allow_listed(_logger: WrappedLogger, _name: str, line: EventDict) -> EventDict:
    """Keep allowed keys with plain values; say on the line how many were left out."""
    global _dropped  # noqa: PLW0603 - a counter for the whole process
    if not _EVENT.fullmatch(str(line.get("event"))):
        line["event"] = "event_misnamed"
    kept = {key: value for key, value in line.items() if key in KEYS and _plain(value)}
    missing = len(line) - len(kept)
    if missing:
        _dropped += missing
        kept["dropped"] = missing
    return {key: kept[key] for key in ("timestamp", "level", "process", "event") if key in kept} | kept


def _plain(value: object) -> bool:
    if value is None or isinstance(value, bool | int | float):
        return True
    return isinstance(value, str) and _VALUE.fullmatch(value) is not None


def _fault(error: BaseException) -> dict[str, str]:
    """Kind, code and place of an error, never its message."""
    frames: list[str] = []
    step = error.__traceback__
    while step is not None:
        frames.append(f"{Path(step.tb_frame.f_code.co_filename).name}:{step.tb_lineno}")
        step = step.tb_next
    fault = {"error": type(error).__name__, "where": ">".join(frames[-_FRAMES:])[-200:]}
    return fault | ({"code": error.code} if isinstance(error, PaktError) else {})


def _fault_of_call(_logger: WrappedLogger, _name: str, line: EventDict) -> EventDict:
    given = line.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    return {**_fault(error), **line} if error is not None else line


def _log_crash(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        logger("ops").critical("process_crashed", exc_info=error)
    flush()


def _log_thread_crash(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        logger("ops").critical("thread_crashed", exc_info=args.exc_value)
