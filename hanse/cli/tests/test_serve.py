"""`hanse serve` acted out with real processes."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow]
SECONDS = 40


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def environment(tmp_path):
    inherited = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    mine = {**inherited, "HANSE_VAR": str(tmp_path), "HANSE_DEMO": "1", "PYTHONWARNINGS": "ignore"}
    mine.pop("HANSE_SECRET_KEY", None)
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "-v0"], env=mine, check=True,
    )  # fmt: skip
    (tmp_path / "static").mkdir(exist_ok=True)
    return mine


@pytest.fixture
def serving(environment):
    started = []

    def start(port: int):
        one = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "hanse.cli.main", "serve", "--port", str(port)],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(one)
        return one

    yield start
    for one in started:
        if one.poll() is None:
            one.kill()
        one.wait()
        one.stdout.close()
        one.stderr.close()


def wait_until_open(port: int) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    pytest.fail("the site did not open")


def children_of(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    if not path.exists():
        pytest.skip("this system does not tell the children of a process")
    return [int(child) for child in path.read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        told = Path(f"/proc/{pid}/stat").read_text()
        return told.rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def wait_until_gone(pids: list[int]) -> None:
    end = time.monotonic() + SECONDS
    while any(is_alive(pid) for pid in pids):
        assert time.monotonic() < end, "a child was left behind"
        time.sleep(0.1)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_opens_tells_its_address_and_leaves_nothing_behind(serving, how):
    port = free_port()
    process = serving(port)
    wait_until_open(port)
    address = process.stdout.readline()
    assert address == f"Hanse is open: http://127.0.0.1:{port}/\n"
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
        assert answer.status == 200
    children = children_of(process.pid)
    assert len(children) == 2
    assert any("aino@example.org" in process.stdout.readline() for _ in range(3))
    process.send_signal(how)
    assert process.wait(timeout=SECONDS) == 0
    wait_until_gone(children)


def test_children_end_when_it_is_killed(serving):
    port = free_port()
    process = serving(port)
    wait_until_open(port)
    children = children_of(process.pid)
    process.kill()
    process.wait()
    wait_until_gone(children)


def test_when_the_web_server_ends_the_worker_is_stopped_and_it_says_so(serving):
    port = free_port()
    process = serving(port)
    wait_until_open(port)
    children = children_of(process.pid)
    os.kill(children[0], signal.SIGKILL)
    _, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 1
    assert "the web server ended by itself" in err
    wait_until_gone(children)


def test_a_worker_that_was_killed_is_started_again_while_the_pages_stay(serving):
    port = free_port()
    process = serving(port)
    wait_until_open(port)
    web, worker = children_of(process.pid)
    os.kill(worker, signal.SIGKILL)
    wait_until_gone([worker])
    end = time.monotonic() + SECONDS
    while set(children_of(process.pid)) <= {web, worker}:
        assert time.monotonic() < end, "no new worker came"
        time.sleep(0.1)
    assert is_alive(web)
    wait_until_open(port)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 0
    assert "is started again" in err
    wait_until_gone([web])


def test_a_port_in_use_is_said_in_plain_words(serving):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = serving(port)
        _, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 1
    assert f"Port {port} is in use" in err
