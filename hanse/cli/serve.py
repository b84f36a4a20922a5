"""`hanse serve`: the web server and the background worker, started and stopped together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import click
from django.conf import settings

from hanse.cli.demo import PASSWORD, PEOPLE
from hanse.cli.leash import LEASH
from hanse.cli.web import LOOPBACK

SECONDS_TO_END = 10
SECONDS_TO_START = 60


WORKER = "background worker"
MOST_RESTARTS = 5


@dataclass
class Child:
    name: str
    words: Sequence[str]
    process: subprocess.Popen[bytes]


@click.command()
@click.option("--port", default=8000, type=click.IntRange(1, 65535), show_default=True)
@click.option("--host", default=LOOPBACK, show_default=True, help="0.0.0.0 behind your own proxy.")
def serve(*, host: str, port: int) -> None:
    """Serve the site, with its background worker, until Ctrl-C."""
    if why := why_not_free(host, port):
        raise click.ClickException(why)
    # Letters lead here, to the address that is printed, unless the operator says where people reach
    # this place: a log-in at one name of this machine does not count at another.
    os.environ.setdefault("HANSE_ADDRESS", f"http://{reachable(host)}:{port}")
    stopping = Stopping()
    reading, writing = os.pipe()
    children: list[Child] = []
    try:
        for name, words in {
            "web server": ["web", "--host", host, "--port", str(port)],
            WORKER: ["worker"],
        }.items():
            children.append(Child(name, words, start(words, reading)))
        if wait_until_served(host, port, children, stopping):
            greet(host, port)
        ended = watch(children, stopping, reading)
    finally:
        stop(children)
        os.close(reading)
        os.close(writing)
    if ended is not None:
        code = ended.process.returncode
        click.echo(f"Stopped: the {ended.name} ended by itself (exit code {code}).", err=True)
        sys.exit(1)
    click.echo("Stopped.", err=True)


class Stopping:
    """True from the first Ctrl-C or SIGTERM on."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.ask)

    def ask(self, _number: int, _frame: object) -> None:
        self.asked = True

    def __bool__(self) -> bool:
        return self.asked


def why_not_free(host: str, port: int) -> str:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            return f"Port {port} needs rights that you do not have. Try --port 8000."
        except OSError:
            return f"Port {port} is in use. Stop what uses it, or choose another: --port {port + 1}"
    return ""


def start(words: Sequence[str], reading: int) -> subprocess.Popen[bytes]:
    """A child in a session of its own: Ctrl-C reaches us alone, and we end the children."""
    return subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-m", "hanse.cli.main", *words],
        env={**os.environ, LEASH: str(reading)},
        pass_fds=[reading],
        start_new_session=True,
        stdin=subprocess.DEVNULL,
    )


def wait_until_served(host: str, port: int, children: Sequence[Child], stopping: Stopping) -> bool:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and not stopping and first_ended(children) is None:
        try:
            socket.create_connection((reachable(host), port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def reachable(host: str) -> str:
    return LOOPBACK if host == "0.0.0.0" else host  # noqa: S104  compared, not bound


def greet(host: str, port: int) -> None:
    click.echo(f"Hanse is open: http://{reachable(host)}:{port}/")
    if settings.DEMO:
        click.echo(f"Log-ins of the demo world, all with the password {PASSWORD}:")
        for one in PEOPLE:
            click.echo(f"  {one.email:<22} {one.name}, {one.part}")
    click.echo("Ctrl-C stops it.")


def watch(children: Sequence[Child], stopping: Stopping, reading: int) -> Child | None:
    """Wait until somebody asks to stop, or a child has ended by itself.

    A worker that ended is started again, a few times: pages need not go because a job went wrong.
    """
    restarts = 0
    while not stopping:
        ended = first_ended(children)
        if ended is not None and ended.name == WORKER and restarts < MOST_RESTARTS:
            restarts += 1
            click.echo(f"The {ended.name} ended by itself and is started again.", err=True)
            ended.process = start(ended.words, reading)
        elif ended is not None:
            return ended
        time.sleep(0.2)
    return None


def first_ended(children: Sequence[Child]) -> Child | None:
    return next((child for child in children if child.process.poll() is not None), None)


def stop(children: Sequence[Child]) -> None:
    """Ask all at once, wait, and end by force what has not gone."""
    for child in children:
        if child.process.poll() is None:
            child.process.terminate()
    end = time.monotonic() + SECONDS_TO_END
    for child in children:
        try:
            child.process.wait(timeout=max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()
