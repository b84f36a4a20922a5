"""Events over HTTP: strangers read what is public, organisers work with a key."""

import json
from uuid import uuid4

import pytest

from hanse.directory.actions.tokens import make_token
from hanse.events.actions.programme import publish_programme
from hanse.events.models import Invitation
from hanse.events.words import Visibility

pytestmark = pytest.mark.database
READ = "/api/v1/events/series/week/matchmaking"
OWN = "/api/v1/events/organised/week/matchmaking"


@pytest.fixture
def key():
    def made(person) -> dict[str, str]:
        _token, secret = make_token("programme", by=person)
        return {"Authorization": f"Bearer {secret}"}

    return made


def test_a_stranger_reads_the_published_programme(client, event, session, ana):
    session("Needs from industry", "09:30", "10:00")
    session("Behind doors", "10:00", "11:00", visibility=Visibility.GUESTS)
    session("Briefing", "09:00", "09:15", visibility=Visibility.TEAM)
    assert client.get(READ).json()["programme"] == []
    publish_programme(event, by=ana)
    told = client.get(READ)
    assert [one["title"] for one in told.json()["programme"]] == [{"en": "Needs from industry"}, {}]
    assert "Behind" not in told.content.decode()
    assert told.json()["programme"][0]["starts"].endswith(("+01:00", "+02:00"))
    assert [one["slug"] for one in client.get("/api/v1/events/series").json()] == ["week"]
    assert client.get(f"{READ}/changes").json()[0]["version"] == 1


def test_a_draft_is_not_there(client, event):
    event.state = "draft"
    event.save()
    assert client.get(READ).status_code == 404
    assert client.get("/api/v1/events/series/week").json()["events"] == []


@pytest.mark.parametrize(
    "way", ["", "/registrations", "/invitations", "/seats", "/scans", "/report"]
)
def test_what_organisers_see_needs_their_key(client, event, ana, bruno, key, way):
    assert client.get(OWN + way).status_code == 401
    assert client.get(OWN + way, headers=key(bruno)).status_code == 404
    assert client.get(OWN + way, headers=key(ana)).status_code == 200


def put(client, headers, which, **given):
    return client.put(
        f"{OWN}/programme/{which}",
        json.dumps(given),
        content_type="application/json",
        headers=headers,
    )


def test_a_program_puts_items_in_and_publishes(client, event, ana, key):
    headers, which, day = key(ana), uuid4(), event.first_day.isoformat()
    hours = {"starts": f"{day}T10:00:00+01:00", "ends": f"{day}T11:00:00+01:00"}
    saved = put(client, headers, which, title={"en": "Opening"}, room="Hall", **hours)
    assert saved.status_code == 200, saved.content
    assert saved.json()["room"] == "Hall"
    stale = put(client, headers, which, title={"en": "Other"}, room="Hall", **hours)
    assert (stale.status_code, stale.json()["revision"]) == (409, 1)
    assert (
        put(client, headers, which, title={"en": "Other"}, revision=1, **hours).status_code == 200
    )
    published = client.post(f"{OWN}/programme/versions", headers=headers)
    assert published.status_code == 201
    assert client.get(READ).json()["programme"][0]["title"] == {"en": "Other"}


def test_what_does_not_fit_is_said(client, event, ana, key):
    headers, day = key(ana), event.first_day.isoformat()
    night = {"starts": f"{day}T02:00:00+01:00", "ends": f"{day}T03:00:00+01:00"}
    answer = put(client, headers, uuid4(), title={"en": "Night"}, **night)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "outside_its_day"
    naive = {"starts": f"{day}T10:00:00", "ends": f"{day}T11:00:00"}
    assert put(client, headers, uuid4(), title={"en": "No offset"}, **naive).status_code == 422
    day_hours = {"starts": f"{day}T10:00:00+01:00", "ends": f"{day}T11:00:00+01:00"}
    nowhere = put(client, headers, uuid4(), title={"en": "X"}, room="Attic", **day_hours)
    assert nowhere.status_code == 422


def test_guests_are_listed_once(client, event, ana, key):
    guests = [{"email": "A@example.org"}, {"email": "a@example.org"}, {"email": "b@example.org"}]

    def post(body):
        return client.post(
            f"{OWN}/invitations",
            json.dumps(body),
            content_type="application/json",
            headers=key(ana),
        )

    assert post(guests).json() == {"new": 2, "known": 0}
    assert post(guests).json() == {"new": 0, "known": 2}
    assert post([{"email": "nobody"}]).status_code == 422
    assert Invitation.objects.count() == 2


def test_guests_are_registered_decided_and_counted(client, event, ana, key):
    headers = key(ana)

    def post(way, **body):
        return client.post(
            OWN + way, json.dumps(body), content_type="application/json", headers=headers
        )

    def register(email, **more):
        return post("/registrations", email=email, name="Ute", kind="cluster", **more)

    first = register("Ute@example.org", organisation="Lübeck Tides", country="de").json()
    assert (first["state"], first["organisation"], first["country"]) == (
        "confirmed",
        "Lübeck Tides",
        "DE",
    )
    assert register("ute@example.org").json()["number"] == first["number"]
    assert register("nobody").status_code == 422
    unknown = post("/registrations", email="a@example.org", name="A", kind="king")
    assert unknown.status_code == 422
    (pool,) = client.get(f"{OWN}/seats", headers=headers).json()
    assert pool == {"kind": None, "session": None, "capacity": 3, "taken": 1}
    told = client.get(f"{OWN}/report", headers=headers).json()
    assert told["all"] == {"invited": 0, "registered": 1, "came": 0}
    assert [one["code"] for one in told["by"]["country"]] == ["DE"]
    (ended,) = post("/registrations/decisions", outcome="cancel", numbers=[first["number"]]).json()
    assert ended["state"] == "cancelled"
    assert client.get(f"{OWN}/seats", headers=headers).json()[0]["taken"] == 0
    assert post("/registrations/decisions", outcome="burn", numbers=[1]).status_code == 422
