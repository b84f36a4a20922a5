"""Meetings over HTTP: an organiser's program plans, publishes, reads; others find nothing."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hanse.commons.work.models import Job
from hanse.directory.actions.tokens import make_token
from hanse.engines.meetings.checking import check
from hanse.engines.meetings.formats.event import market_of
from hanse.engines.meetings.formats.timetable import timetable_of
from hanse.meetings.actions.market import rule_pair
from hanse.meetings.models import Meeting, Wish
from hanse.meetings.words import Way

pytestmark = [pytest.mark.database, pytest.mark.django_db]
OWN = "/api/v1/meetings/organised/week/matchmaking"


@pytest.fixture
def asks(client):
    """`asks(ana).get("/drafts")`: a program with somebody's key."""

    class Program:
        def __init__(self, person) -> None:
            _token, secret = make_token("planning", by=person)
            self.headers = {"Authorization": f"Bearer {secret}"}

        def get(self, way: str):
            return client.get(OWN + way, headers=self.headers)

        def post(self, way: str, given: object = None):
            sent = json.dumps(given)
            return client.post(OWN + way, sent, "application/json", headers=self.headers)

    return Program


@pytest.mark.parametrize("way", ["", "/pairs", "/input", "/drafts", "/drafts/1", "/meetings"])
def test_only_whoever_looks_after_the_guests_finds_something(
    client, asks, crowd, planned, ana, bruno, way
):
    planned()
    assert client.get(OWN + way).status_code == 401
    assert asks(bruno).get(way).status_code == 404
    assert asks(ana).get(way).status_code == 200


@pytest.mark.parametrize(
    ("way", "given"),
    [
        ("/drafts", {}),
        ("/wishes", []),
        ("/drafts/1/publish", {"expects": 0}),
        ("/drafts/1/stop", None),
    ],
)
def test_nobody_else_changes_anything(client, asks, crowd, planned, bruno, way, given):
    planned()
    assert client.post(OWN + way, json.dumps(given), "application/json").status_code == 401
    assert asks(bruno).post(way, given).status_code == 404
    assert not Meeting.objects.exists()


def test_an_event_without_meetings_has_none_here(asks, event, ana):
    assert asks(ana).get("").status_code == 404


def test_the_market_and_its_pairs(asks, crowd, market, ana):
    told = asks(ana).get("").json()
    assert [one["name"] for one in told["parties"]] == [str(one) for one in crowd]
    assert {one["people"] for one in told["parties"]} == {1}
    assert len(told["slots"]) == 6
    assert [one["number"] for one in told["tables"]] == [1, 2]
    first, second, third = (one.pk for one in crowd[:3])
    pairs = asks(ana).get("/pairs").json()
    assert len(pairs["planned"]) == 12
    assert {"parties": [first, second], "weight": 6, "mandatory": False, "forbidden": ""} in pairs[
        "planned"
    ]
    Wish.objects.filter(wisher=third, wished=first).update(strength="no")
    pairs = asks(ana).get("/pairs")
    assert len(pairs.json()["planned"]) == 11
    assert str([first, third]) not in pairs.content.decode().replace(",", ", ")


def test_what_the_engine_reads_is_what_a_draft_freezes(asks, crowd, planned, ana):
    assert asks(ana).get("/input").json()["meetings"] == planned().input["meetings"]


def test_a_run_is_begun_read_checked_by_anyone_and_published(asks, crowd, market, ana, planned):
    program = asks(ana)
    begun = program.post("/drafts", {"title": "Nightly", "steps": 4000, "seconds": None})
    assert begun.status_code == 202
    assert (begun.json()["number"], begun.json()["title"]) == (1, "Nightly")
    assert Job.objects.count() == 1
    assert program.post("/drafts/1/publish", {"expects": 0}).status_code == 409

    done = planned()
    whole = program.get(f"/drafts/{done.number}").json()
    assert check(market_of(whole["input"]), timetable_of(whole["plan"])).holds
    assert [one["number"] for one in program.get("/drafts").json()] == [2, 1]

    made = program.post(f"/drafts/{done.number}/publish", {"expects": 0, "note": "First"})
    assert (made.json()["number"], made.json()["draft"]) == (1, 2)
    again = program.post(f"/drafts/{done.number}/publish", {"expects": 0})
    assert (again.status_code, again.json()) == (200, made.json())
    assert made.json()["left_out"] == whole["left_out"] == []
    rule_pair(crowd[0], crowd[1], "forbid", "", by=ana)
    pair = sorted((crowd[0].pk, crowd[1].pk))
    told = [{"parties": pair, "why": "forbidden", "who": []}]
    assert program.get(f"/drafts/{done.number}").json()["left_out"] == told
    other = planned()
    again = program.post(f"/drafts/{other.number}/publish", {"expects": 0})
    assert again.status_code == 409
    assert again.json()["title"] == "Refused"

    held = program.get("/meetings").json()
    assert len(held) == done.quality["held"]
    assert {one["state"] for one in held} == {"planned"}
    assert {len(one["seats"]) for one in held} == {2}
    assert all(one["starts"] < one["ends"] for one in held)


def test_wishes_as_a_list(asks, crowd, market, ana):
    wishes = [
        {"wisher": "Party A", "wished": "Party D", "strength": "must", "sentence": "Valves"},
        {"wisher": "Party A", "wished": "Party A"},
        {"wisher": "Nobody", "wished": "Party A"},
    ]
    taken = asks(ana).post("/wishes", wishes).json()
    assert (taken["new"], taken["changed"], taken["same"]) == (1, 0, 0)
    assert [one["row"] for one in taken["faults"]] == [2, 3]
    assert Wish.objects.get(wisher=crowd[0], wished=crowd[3]).says == "Valves"
    again = asks(ana).post("/wishes", wishes).json()
    assert (again["new"], again["same"]) == (0, 1)


@pytest.mark.parametrize(
    "given",
    [
        {"seconds": 0},
        {"seconds": 10**6},
        {"seed": -1},
        {"fairness": -2},
        {"newcomers": 31},
        {"follows": "x"},
        {"steps": "many"},
        [1],
        {"newcomer": 2},
    ],
)
def test_a_run_that_cannot_be_read_is_refused(asks, crowd, market, ana, given):
    assert asks(ana).post("/drafts", given).status_code == 422
    assert not market.drafts.exists()


def test_a_run_that_follows_nothing_and_one_without_pairs(asks, market, party, ana):
    party("Alone")
    assert asks(ana).post("/drafts", {"follows": 7}).status_code == 404
    refused = asks(ana).post("/drafts", {})
    assert refused.status_code == 409
    assert refused.json()["detail"]
    assert not market.drafts.exists()


def test_where_participants_book_there_is_no_input(asks, crowd, market, ana):
    market.way = Way.BOOKING
    market.save()
    assert asks(ana).get("/input").status_code == 409


def test_a_closed_event_is_read_and_not_changed(asks, crowd, planned, market, ana):
    planned()
    market.event.state = "closed"
    market.event.save()
    assert asks(ana).get("/drafts").status_code == 200
    assert asks(ana).post("/drafts/1/publish", {"expects": 0}).status_code == 409
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("way", ["", "/pairs", "/drafts", "/meetings"])
def test_more_rows_ask_no_more_queries(asks, crowd, party, planned, ana, way):
    program = asks(ana)

    def published() -> int:
        draft = planned()
        expects = draft.marketplace.published.count()
        assert (
            program.post(f"/drafts/{draft.number}/publish", {"expects": expects}).status_code == 200
        )
        with CaptureQueriesContext(connection) as asked:
            assert program.get(way).status_code == 200
        return len(asked)

    few = published()
    for number in range(3):
        other = party(f"Late {number}")
        Wish.objects.create(wisher=other, wished=crowd[number], strength="must")
        Wish.objects.create(wisher=crowd[number], wished=other, strength="must")
    assert published() == few


def test_no_sign_that_a_database_cannot_keep_comes_in(asks, crowd, market, ana):
    begun = asks(ana).post("/drafts", {"title": "Ni\x00ght\x00ly"})
    assert begun.json()["title"] == "Nightly"


def test_programs_are_answered_so_that_programs_can_read_it(asks, market, ana):
    answer = asks(ana).get("/drafts/x")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["status"] == 404


def test_openapi_tells_of_them(client):
    told = client.get(reverse("api:openapi-json")).json()
    assert any("/meetings/organised/" in path for path in told["paths"])
