"""Structured logs: one JSON object a line, on the error stream, and nothing personal in it.

Only the keys below are written. Whatever else a library hands over (an address, a query string, a
form) is dropped, and messages of loggers are written as their unfilled pattern: what is filled in
may be an e-mail address.
"""

import logging
import sys
from collections.abc import Mapping
from typing import Any

import structlog

LET_THROUGH = frozenset(
    {
        "event", "level", "logger", "at", "request", "method", "path", "status", "milliseconds",
        "exception", "where", "job", "letter", "state", "count", "port", "worker", "version",
    }
)  # fmt: skip


def only_known_keys(_logger: object, _method: str, event: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in event.items() if key in LET_THROUGH}


def pattern_not_filling(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """For records of other libraries: the message as written in their code, and where it failed."""
    record = event.get("_record")
    if record is not None:
        event["event"] = str(record.msg)
        if record.exc_info and record.exc_info[0] is not None:
            event["exception"] = record.exc_info[0].__name__
            event["where"] = place_of(record.exc_info[2])
        event.pop("exc_info", None)
    return event


def place_of(trace: Any) -> list[str]:
    """File, line and function of the last calls; the values in them stay out."""
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-8:]


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", key="at"),
]


def configure(choices: Mapping[str, Any]) -> None:
    """Called by Django once, with settings.LOGGING."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers = [json_lines(sys.stderr)]
    root.setLevel(choices.get("level", "INFO"))
    # These print the address with its query string, the SQL with its values, or every step.
    for chatty in (
        "django.server",
        "django.db.backends",
        "waitress.queue",
        "httpx",
        "django_tasks",
    ):
        logging.getLogger(chatty).setLevel(logging.ERROR)


def json_lines(stream: Any) -> logging.Handler:
    lines = logging.StreamHandler(stream)
    lines.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=SHARED,
            processors=[
                pattern_not_filling_foreign,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                only_known_keys,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    return lines


def pattern_not_filling_foreign(logger: Any, method: str, event: Any) -> Any:
    return event if event.get("_from_structlog") else pattern_not_filling(logger, method, event)
