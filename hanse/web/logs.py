"""Structured logs: one JSON object a line, on the error stream, and nothing personal in it.

Only the keys below are written. Whatever else a library hands over (an address, a query string, a
form) is dropped, and messages of loggers are written as their unfilled pattern: what is filled in
may be an e-mail address.
"""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

LET_THROUGH = frozenset(
    {
        "event", "level", "logger", "at", "request", "method", "path", "status", "milliseconds",
        "exception", "where", "job", "letter", "state", "count", "port", "worker", "version",
    }
)  # fmt: skip


# An e-mail address, a network address, a query string.
PERSONAL = re.compile(r"[^\s@]+@[^\s@]+|\b\d{1,3}(?:\.\d{1,3}){3}\b|\?\S*=\S*")


def only_known_keys(_logger: object, _method: str, event: Mapping[str, Any]) -> dict[str, Any]:
    return {key: blacked_out(value) for key, value in event.items() if key in LET_THROUGH}


def blacked_out(value: Any) -> Any:
    """The second net, for a library that fills in its message before it hands it over."""
    return PERSONAL.sub("…", value) if isinstance(value, str) else value


def place_not_values(_logger: object, _method: str, event: MutableMapping[str, Any]) -> Any:
    """Of an exception its kind and where it was; its text may quote what somebody typed."""
    trouble = event.pop("exc_info", None)
    if trouble is True:
        trouble = sys.exc_info()
    if isinstance(trouble, tuple) and trouble[0] is not None:
        event["exception"] = trouble[0].__name__
        event["where"] = place_of(trouble[2])
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
        "django_tasks_db",
    ):
        logging.getLogger(chatty).setLevel(logging.ERROR)


def json_lines(stream: Any) -> logging.Handler:
    lines = logging.StreamHandler(stream)
    lines.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=SHARED,
            use_get_message=False,
            processors=[
                place_not_values,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                only_known_keys,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    return lines
