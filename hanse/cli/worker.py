"""`hanse worker`: carries out background work and says every few seconds that it is alive."""

import secrets
import threading
import time

import click
import structlog
from django.db import DatabaseError, close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker

from hanse.cli.leash import end_with_parent
from hanse.commons.work.actions import beat, begin_rounds, fall_silent, give_up_orphans, tidy

log = structlog.get_logger("hanse.worker")

SECONDS_BETWEEN_BEATS = 20
BEATS_BETWEEN_TIDYING = 180


@click.command()
@click.option("--once", is_flag=True, help="Do what waits now, then end.")
def worker(*, once: bool) -> None:
    """Carry out background work until it is stopped."""
    end_with_parent()
    name = secrets.token_hex(8)
    give_up_orphans()
    works = Worker(
        queue_names=["default"],
        interval=0.5,
        batch=once,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
    beat(name)
    threading.Thread(target=keep_beating, args=[name], daemon=True).start()
    works.configure_signals()
    log.info("worker_started", worker=name)
    try:
        works.run()
    finally:
        fall_silent(name)


def keep_beating(name: str) -> None:
    beats = 0
    while True:
        time.sleep(SECONDS_BETWEEN_BEATS)
        beats += 1
        close_old_connections()
        try:
            beat(name)
            give_up_orphans()
            begin_rounds()
            if beats % BEATS_BETWEEN_TIDYING == 0:
                tidy()
        except DatabaseError as no:
            log.warning("heartbeat_failed", exception=type(no).__name__)
            connection.close()
