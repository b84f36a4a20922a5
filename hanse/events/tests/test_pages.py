"""What everybody sees: the historic week, what is found, documents, drafts, who sees what."""

import json
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hanse.events.actions.papers import add_paper
from hanse.events.actions.programme import publish_programme
from hanse.events.actions.series import load_shipped_series
from hanse.events.models import Series
from hanse.events.words import State, Visibility

pytestmark = pytest.mark.database
WEEK = "/events/eu-industry-day-2018/"


@pytest.fixture
def week(db) -> Series:
    load_shipped_series()
    return Series.objects.get(slug="eu-industry-day-2018")


def test_the_historic_week_stands_as_the_flyer_had_it(week):
    told = {
        event.slug: (
            event.first_day,
            *(
                (f"{day.opens:%H:%M}", f"{day.closes:%H:%M}") if day.opens else ("", "")
                for day in event.days.all()
            ),
            event.entry,
            [place.name for place in event.places.all()],
        )
        for event in week.events.all()
    }
    both = ["Crowne Plaza Hotel", "Covent Garden"]
    assert told == {
        "resource-efficiency": (
            date(2018, 2, 20), ("13:30", "15:00"), "registration", ["Charlemagne building"],
        ),
        "go-international": (
            date(2018, 2, 21), ("10:00", "18:00"), "invitation",
            ["Thon Hotel Brussels City Centre"],
        ),
        "matchmaking": (
            date(2018, 2, 22), ("10:00", "17:45"), "registration", ["Crowne Plaza Hotel"],
        ),
        "policy-forum": (date(2018, 2, 22), ("11:30", "18:00"), "invitation", both),
        "networking-evening": (date(2018, 2, 22), ("", ""), "registration", []),
        "value-chains": (date(2018, 2, 23), ("13:30", "15:00"), "registration", both),
    }  # fmt: skip
    assert week.events.get(slug="value-chains").either_place
    assert week.events.get(slug="networking-evening").follows.slug == "matchmaking"
    assert load_shipped_series() == []


@pytest.mark.parametrize(
    ("language", "title", "invited"),
    [
        ("en", "First European Cluster Policy Forum", "upon invitation only"),
        ("de", "Erstes Europäisches Forum für Clusterpolitik", "Covent Garden"),
        ("fr", "Premier Forum européen de politique des clusters", "Covent Garden"),
    ],
)
def test_its_pages_speak_the_reader_s_language(week, client, language, title, invited):
    client.cookies["django_language"] = language
    said = client.get(WEEK, headers={"accept-language": language}).content.decode()
    assert title in said
    assert invited in said
    day = client.get(f"{WEEK}2018-02-22/", headers={"accept-language": language})
    assert title in day.content.decode()


def test_the_week_opens_the_events_page(week, client):
    said = client.get("/events/").content.decode()
    assert said.index("EU Industry Day 2018") < said.index("What is to come")


def test_its_flyer_has_two_pages(week, client):
    import pypdfium2

    answer = client.get(f"{WEEK}flyer.pdf")
    document = pypdfium2.PdfDocument(answer.content)
    assert len(document) == 2
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    for fact in ("Charlemagne", "11:30", "#EUIndustryDay", "Rhineland-Palatinate", "INNOSUP"):
        assert fact in text


@pytest.mark.parametrize("address", ["2018-02-24/", "2018-02-31/", "nothing/", "2018-02-22/x/"])
def test_what_is_not_there_is_not_found(week, client, address):
    assert client.get(WEEK + address).status_code == 404


def test_events_are_found_by_need_place_and_date(week, event, client):
    def found(**asked):
        said = client.get("/events/", asked).content.decode()
        return re.findall(r'href="/events/[\w-]+/([\w-]+)/"', said.split('id="all"')[1])

    assert found() == ["matchmaking"]
    assert "policy-forum" in found(over="on")
    assert found(over="on", text="ressourcen") == ["resource-efficiency"]
    assert found(over="on", since="2018-02-23") == ["value-chains"]
    assert found(country="JP") == []
    assert client.get("/events/", {"since": "yesterday"}).status_code == 200


def test_a_draft_is_its_organisers_alone(event, as_person, ana, bruno):
    event.state = State.DRAFT
    event.save()
    way = event.get_absolute_url()
    assert as_person(ana).get(way).status_code == 200
    assert as_person(bruno).get(way).status_code == 404
    assert as_person(None).get(way).status_code == 404


def test_the_programme_needs_as_many_queries_for_sixty_items_as_for_six(
    event, session, client, ana
):
    def queries() -> int:
        client.get(event.get_absolute_url())
        from hanse.events.pages import public

        public.WRITTEN._things.clear()
        with CaptureQueriesContext(connection) as asked:
            client.get(event.get_absolute_url())
        return len(asked)

    for hour in range(10, 16):
        session(f"Item {hour}", f"{hour}:00", f"{hour}:30")
    publish_programme(event, by=ana)
    few = queries()
    for hour in range(10, 16):
        for minute in (30, 35, 40, 45, 50):
            for day in (0, 1):
                session("More", f"{hour}:{minute}", f"{hour}:{minute + 5}", day=day)
    publish_programme(event, by=ana)
    assert queries() == few


def test_what_is_written_in_a_programme_cannot_break_out_of_it(event, session, client, ana):
    session("</script><script>alert(1)</script>", "10:00", "11:00")
    publish_programme(event, by=ana)
    said = client.get(event.get_absolute_url()).content.decode()
    assert "<script>alert" not in said
    told = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', said, re.DOTALL)
    linked = json.loads(told.group(1))
    assert linked["@type"] == "Event"
    assert linked["subEvent"][0]["name"] == "</script><script>alert(1)</script>"


def test_papers_are_read_by_whom_they_are_for(event, session, as_person, ana, bruno, registered):
    one = session("Needs", "10:00", "11:00")
    publish_programme(event, by=ana)
    for visibility in Visibility.values:
        upload = SimpleUploadedFile("paper.csv", b"a,b\n1,2\n")
        add_paper(one, visibility, upload, visibility, by=ana)

    def read(who) -> list[str]:
        papers = {paper.visibility: paper.pk for paper in one.documents.all()}
        return [
            visibility
            for visibility, pk in papers.items()
            if as_person(who).get(f"/events/papers/{pk}/").status_code == 200
        ]

    assert read(None) == ["public"]
    assert read(bruno) == ["public"]
    registered(bruno)
    assert read(bruno) == ["public", "guests"]
    assert read(ana) == ["public", "guests", "team"]


def test_two_organisers_who_save_the_same_item(event, session, as_person, ana, carla):
    one = session("Opening", "09:30", "10:00")
    way = f"/events/week/matchmaking/desk/programme/{one.key}/"

    def typed(title: str) -> dict:
        return {
            "key": str(one.key), "revision": 1, "title_en": title, "kind": "session",
            "day": event.first_day.isoformat(), "starts": "09:30", "ends": "10:00",
            "room": one.room_id, "visibility": "public", "mode": "on_site",
        }  # fmt: skip

    assert as_person(ana).post(way, typed("Hers")).status_code == 302
    second = as_person(carla).post(way, typed("Mine"))
    assert second.status_code == 409
    said = second.content.decode()
    assert "Hers" in said
    assert "Mine" in said
    over = as_person(carla).post(way, typed("Mine") | {"revision": 2})
    assert over.status_code == 302
    one.refresh_from_db()
    assert one.title["en"] == "Mine"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"starts": "07:00"}, "the event is open from 09:00 to 18:00"),
        ({"ends": "09:00"}, "ends before it begins"),
        ({"title_en": ""}, "required"),
        ({"starts": "noon"}, "valid time"),
        ({"room": "999"}, "999"),
    ],
)
def test_an_item_that_does_not_fit_says_why(event, session, as_person, ana, typed, says):
    one = session("Opening", "09:30", "10:00")
    good = {
        "key": str(one.key), "revision": 1, "title_en": "Opening", "kind": "session",
        "day": event.first_day.isoformat(), "starts": "09:30", "ends": "10:00",
        "room": one.room_id, "visibility": "public", "mode": "on_site",
    }  # fmt: skip
    answer = as_person(ana).post(
        f"/events/week/matchmaking/desk/programme/{one.key}/", good | typed
    )
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_the_missing_hour_of_a_clock_change_is_refused(series, as_person, ana):
    from hanse.events.actions.series import make_series

    night = make_series(
        {
            "slug": "night", "title": {"en": "Night"}, "zone": "Europe/Brussels",
            "first_day": "2027-03-28", "last_day": "2027-03-28",
            "events": [
                {"slug": "watch", "title": {"en": "Watch"}, "days": [{"day": "2027-03-28"}]}
            ],
        },
        by=ana,
    )  # fmt: skip
    assert night.events.count() == 1
    answer = as_person(ana).post(
        "/events/night/watch/desk/programme/new/",
        {
            "key": "3f0e2b9e-7a35-4c7c-9a51-0d8f2f0c2a10", "revision": 0, "title_en": "Watch",
            "day": "2027-03-28", "starts": "02:30", "ends": "04:00", "kind": "session",
            "visibility": "public", "mode": "on_site",
        },
    )  # fmt: skip
    assert answer.status_code == 422
    assert "02:30" in answer.content.decode()


def test_an_event_is_found_by_a_need_in_another_language(event, client):
    event.lead = {"de": "Hier geht es um Batterierecycling."}
    event.save()

    def found(text: str) -> bool:
        return (
            'href="/events/week/matchmaking/"'
            in client.get("/events/", {"text": text}).content.decode()
        )

    assert found("recykling baterii")
    assert not found("hydrogen valves")


def test_a_session_has_no_more_seats_than_its_room(event, session, as_person, ana):
    one = session("Workshop", "09:30", "10:00", room="Council Room")
    typed = {
        "key": str(one.key), "revision": 1, "title_en": "Workshop", "kind": "workshop",
        "day": event.first_day.isoformat(), "starts": "09:30", "ends": "10:00",
        "room": one.room_id, "visibility": "public", "mode": "on_site", "needs_booking": "on",
    }  # fmt: skip
    way = f"/events/week/matchmaking/desk/programme/{one.key}/"
    for seats in ("", "41"):
        answer = as_person(ana).post(way, typed | {"seats": seats})
        assert answer.status_code == 422
        assert "Council Room holds 40 people" in answer.content.decode()
    assert as_person(ana).post(way, typed | {"seats": "40"}).status_code == 302


def test_a_reader_elsewhere_is_told_what_their_clock_shows(event, session, as_person, ana, bruno):
    session("Opening", "09:30", "10:00")
    publish_programme(event, by=ana)
    bruno.timezone = "Asia/Tokyo"
    bruno.save()
    said = as_person(bruno).get(event.get_absolute_url()).content.decode()
    assert re.search(r"Your clock \(Tokyo\) shows [78] hours more", said)
    assert "Your clock" not in as_person(ana).get(event.get_absolute_url()).content.decode()
