from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from hanse.commons.work.actions import ask_to_stop, beat, give_up_orphans, tidy
from hanse.commons.work.jobs import Progress, job, start
from hanse.commons.work.models import Heartbeat, Job
from hanse.kit.refusals import Refusal, Refused

pytestmark = [pytest.mark.database, pytest.mark.django_db]

steps: list[int] = []


@job
def count(progress: Progress, *, upto: int) -> str:
    for number in progress.through(range(upto), "Counting"):
        steps.append(number)  # noqa: PERF402
    return "/account/"


@job
def count_until_stopped(progress: Progress, *, upto: int) -> None:
    for number in range(upto):
        steps.append(number)
        if number == 2:
            ask_to_stop(progress.job, by=None)
        progress.say(step=f"Step {number}")


@job
def refuse(progress: Progress) -> None:
    raise Refused(Refusal("no_rows", "The table %(name)s has no rows.", {"name": "sbs"}))


@job
def break_(progress: Progress) -> None:
    raise ZeroDivisionError("jobs of ana@example.org")


@pytest.fixture(autouse=True)
def no_steps():
    steps.clear()


def carry_out_what_waits() -> None:
    """As the worker does, without its habit of closing the connection in between."""
    works = Worker(
        queue_names=["default"], interval=0, batch=True, backend_name="default",
        startup_delay=False, max_tasks=None, worker_id="test", excluded_queue_names=[],
    )  # fmt: skip
    for waiting in DBTaskResult.objects.ready():
        waiting.claim("test")
        works.run_task(waiting)


def ended(one: Job) -> Job:
    carry_out_what_waits()
    one.refresh_from_db()
    return one


def test_a_job_runs_counts_and_says_where_its_result_is(ana):
    done = ended(start(count, by=ana, title="Count", upto=3))
    assert (done.state, done.done, done.total, done.step) == ("done", 3, 3, "Counting")
    assert done.result_url == "/account/"
    assert steps == [0, 1, 2]


def test_a_refusal_becomes_a_sentence_a_person_can_act_on(ana):
    failed = ended(start(refuse, by=ana, title="Load"))
    assert (failed.state, failed.error) == ("failed", "The table sbs has no rows.")


def test_a_mistake_of_the_program_shows_a_number_and_no_innards(ana):
    failed = ended(start(break_, by=ana, title="Break"))
    assert failed.state == "failed"
    assert str(failed.pk) in failed.error
    assert "ana@" not in failed.error
    assert DBTaskResult.objects.get().status == "FAILED"


def test_a_running_job_stops_at_its_next_step(ana):
    stopped = ended(start(count_until_stopped, by=ana, title="Count", upto=100))
    assert stopped.state == "cancelled"
    assert steps == [0, 1, 2]


def test_a_waiting_job_that_is_stopped_never_starts(ana):
    waiting = start(count, by=ana, title="Count", upto=3)
    ask_to_stop(waiting, by=ana)
    assert ended(waiting).state == "cancelled"
    assert steps == []


def test_what_has_ended_cannot_be_stopped(ana):
    done = ended(start(count, by=ana, title="Count", upto=1))
    with pytest.raises(Refused):
        ask_to_stop(done, by=ana)


def test_a_job_whose_worker_was_killed_is_said_to_have_failed(ana):
    lost = start(count, by=ana, title="Count", upto=3)
    Job.objects.update(state="running")
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["dead"])
    beat("alive")
    give_up_orphans()
    lost.refresh_from_db()
    assert lost.state == "failed"
    assert "Start it again" in lost.error


def test_a_job_whose_worker_lives_is_left_alone(ana):
    running = start(count, by=ana, title="Count", upto=3)
    Job.objects.update(state="running")
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["alive"])
    beat("alive")
    give_up_orphans()
    running.refresh_from_db()
    assert running.state == "running"


def test_a_silent_worker_counts_as_dead():
    Heartbeat.objects.create(worker="w", at=timezone.now() - timedelta(minutes=3))
    give_up_orphans()
    assert not Heartbeat.objects.exists()


def test_tidying_keeps_what_is_fresh(ana):
    ended(start(count, by=ana, title="Count", upto=1))
    tidy()
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=31))
    tidy()
    assert not DBTaskResult.objects.exists()


def test_its_owner_follows_it_and_a_stranger_does_not_learn_of_it(as_person, ana, bruno, carla):
    mine = start(count, by=ana, title="Count", upto=3)
    assert as_person(ana).get(f"/jobs/{mine.pk}/").status_code == 200
    for who in (None, bruno, carla):
        assert as_person(who).get(f"/jobs/{mine.pk}/").status_code == 404
        assert as_person(who).post(f"/jobs/{mine.pk}/cancellation/").status_code == 404
    mine.refresh_from_db()
    assert mine.state == "waiting"


def test_with_htmx_only_the_state_is_written_and_polling_ends_with_the_job(as_person, ana):
    mine = start(count, by=ana, title="Count", upto=3)
    browser = as_person(ana)
    part = browser.get(f"/jobs/{mine.pk}/", headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "<html" not in part.content.decode()
    assert "hx-get" in part.content.decode()
    ended(mine)
    part = browser.get(f"/jobs/{mine.pk}/", headers={"HX-Request": "true"})
    assert part.status_code == 286
    assert "/account/" in part.content.decode()


def test_without_script_the_page_looks_again_by_itself_until_the_end(as_person, ana):
    mine = start(count, by=ana, title="Count", upto=3)
    again = '<noscript><meta http-equiv="refresh" content="5"></noscript>'
    assert again in as_person(ana).get(f"/jobs/{mine.pk}/").content.decode()
    ended(mine)
    assert again not in as_person(ana).get(f"/jobs/{mine.pk}/").content.decode()


def test_stopping_by_page_and_stopping_too_late(as_person, ana):
    mine = start(count, by=ana, title="Count", upto=3)
    assert as_person(ana).post(f"/jobs/{mine.pk}/cancellation/").status_code == 302
    answer = as_person(ana).post(f"/jobs/{mine.pk}/cancellation/")
    assert answer.status_code == 409
    assert "already ended" in answer.content.decode()
