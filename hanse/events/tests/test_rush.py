"""500 people press “register” for 100 seats at once, from ten processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from hanse.events.models import Pool, Registration
from hanse.events.words import RegistrationState

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True),
]

PROCESSES, EACH, SEATS = 10, 50, 100
RUSH = Path(__file__).parent / "rush.py"


def process(event, first: int, last: int) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-W", "ignore", str(RUSH), str(connection.settings_dict["NAME"]),
         str(event.pk), str(first), str(last)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ},
    )  # fmt: skip


def all_at_once(event, spans) -> list[subprocess.Popen[str]]:
    running = [process(event, first, last) for first, last in spans]
    for one in running:
        assert one.stdout.readline() == "ready\n", one.stderr.read()
    for one in running:
        one.stdin.write("go\n")
        one.stdin.flush()
    return running


def answers_of(one: subprocess.Popen[str]) -> list[tuple[int, int, str]]:
    said, wrong = one.communicate(timeout=300)
    assert one.returncode == 0, wrong
    return [answer(line) for line in said.splitlines()]


def answer(line: str) -> tuple[int, int, str]:
    guest, number, state = line.split()
    return int(guest), int(number), state


def stand(event) -> list[tuple[int, str, str]]:
    rows = Registration.objects.filter(event=event).order_by("number")
    return list(rows.values_list("number", "email", "state"))


@pytest.fixture
def scarce(event):
    Pool.objects.filter(event=event).update(capacity=SEATS)
    return event


def test_exactly_the_first_hundred_numbers_have_a_seat(scarce):
    spans = [(start * EACH, (start + 1) * EACH) for start in range(PROCESSES)]
    said = [one for ran in all_at_once(scarce, spans) for one in answers_of(ran)]
    rows = stand(scarce)
    assert [number for number, _email, _state in rows] == list(range(1, 501))
    assert [state for _number, _email, state in rows] == ["confirmed"] * 100 + ["waiting"] * 400
    assert len({email for _number, email, _state in rows}) == 500
    # What each process was told is what stands in the records.
    assert sorted((number, f"g{guest}@rush.example", state) for guest, number, state in said) == [
        (number, email, state) for number, email, state in rows
    ]
    pool = Pool.objects.get(event=scarce)
    assert (pool.taken, pool.drawn) == (100, 500)


def test_the_same_people_in_two_processes_are_registered_once(scarce):
    twice = all_at_once(scarce, [(0, 40), (0, 40), (0, 40)])
    told = [set(answers_of(one)) for one in twice]
    assert told[0] == told[1] == told[2]
    assert Registration.objects.filter(event=scarce).count() == 40
    assert Pool.objects.get(event=scarce).taken == 40


def test_a_killed_process_loses_no_confirmed_registration(scarce):
    running = all_at_once(scarce, [(start * 60, (start + 1) * 60) for start in range(4)])
    victim = running[0]
    said = [answer(victim.stdout.readline()) for _ in range(10)]
    os.kill(victim.pid, signal.SIGKILL)
    rest, _wrong = victim.communicate()
    said += [answer(line) for line in rest.splitlines() if line.count(" ") == 2]
    for one in running[1:]:
        said += answers_of(one)
    kept = {email: (number, state) for number, email, state in stand(scarce)}
    for guest, number, state in said:
        assert kept[f"g{guest}@rush.example"] == (number, state)
    confirmed = Registration.objects.filter(event=scarce, state=RegistrationState.CONFIRMED)
    assert Pool.objects.get(event=scarce).taken == confirmed.count() == 100
    assert len(kept) < 240, "the process was killed before it was through"
