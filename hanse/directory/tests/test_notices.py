"""News, events and open calls: three kinds with their own fields, and what is refused."""

import uuid
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hanse.directory import jobs
from hanse.directory.actions.indexing import index
from hanse.directory.actions.notices import (
    Funded,
    Held,
    Told,
    announce_call,
    announce_event,
    tell_news,
)
from hanse.directory.models import News, OpenCall, OrganisationEvent
from hanse.directory.queries.notices import wrong_about_events
from hanse.directory.queries.search import Question, search
from hanse.directory.rules.notices import moment
from hanse.directory.words import State
from hanse.kit.refusals import Refused

pytestmark = [pytest.mark.database, pytest.mark.django_db]

NEXT_MONTH = (datetime.now() + timedelta(days=30)).replace(minute=0, second=0, microsecond=0)  # noqa: DTZ005


def news(**facts):
    return {"title": "A line", "text": "It runs.", "url": "", "language": "en", **slip(), **facts}


def event(**facts):
    return {
        "title": "Black mass days",
        "starts": f"{NEXT_MONTH:%Y-%m-%dT09:00}",
        "ends": f"{NEXT_MONTH:%Y-%m-%dT16:00}",
        "zone": "Europe/Warsaw",
        "place": "Katowice",
        "country": "PL",
        "text": "",
        "url": "https://dolina.example/days",
        "language": "en",
        **slip(),
        **facts,
    }


def call(**facts):
    return {
        "title": "Vouchers",
        "opens": f"{NEXT_MONTH - timedelta(days=40):%Y-%m-%dT09:00}",
        "closes": f"{NEXT_MONTH:%Y-%m-%dT17:00}",
        "zone": "Europe/Warsaw",
        "budget": "240000.50",
        "currency": "EUR",
        "funder": "",
        "may_apply": "Small firms",
        "countries": "PL, Norway",
        "text": "",
        "url": "",
        "language": "en",
        **slip(),
        **facts,
    }


def slip():
    return {"slip": str(uuid.uuid4())}


def page(browser, address):
    return browser.get(address).content.decode()


def held(title="Days", days=30, **facts):
    starts = (datetime.now() + timedelta(days=days)).replace(hour=9, minute=0)  # noqa: DTZ005
    ends = starts + timedelta(hours=facts.pop("hours", 7))
    return Held(title, starts, ends, "Europe/Warsaw", "en", place="Katowice", **facts)


KINDS = [("news", news, News), ("events", event, OrganisationEvent), ("calls", call, OpenCall)]


@pytest.mark.parametrize(("sort", "form", "model"), KINDS)
def test_published_once_shown_changed_taken_down(
    as_person, ana, bruno, german, polish, sort, form, model
):
    browser, typed = as_person(ana), form(organisation=polish.pk, title="<b>Title</b>")
    first = browser.post(f"/directory/{sort}/new/", typed)
    assert browser.post(f"/directory/{sort}/new/", typed)["Location"] == first["Location"]
    one = model.objects.get()
    for address in (f"/directory/{sort}/", one.get_absolute_url(), polish.get_absolute_url()):
        assert "&lt;b&gt;Title&lt;/b&gt;" in page(as_person(), address)
        assert "<b>Title" not in page(as_person(), address)
    edit = f"{one.get_absolute_url()}edit/"
    assert "&lt;b&gt;Title" in page(browser, edit)
    assert as_person(bruno).get(edit).status_code == 403
    assert as_person().get(edit).status_code == 302
    browser.post(edit, form(title="Other title"))
    one.refresh_from_db()
    assert one.title == "Other title"
    removal = f"{one.get_absolute_url()}removal/"
    assert as_person(bruno).post(removal).status_code == 403
    browser.post(removal)
    assert not model.objects.exists()


@pytest.mark.parametrize(("sort", "form", "model"), KINDS)
def test_written_only_in_the_name_of_ones_own(as_person, bruno, polish, sort, form, model):
    assert "In whose name?" in page(as_person(bruno), f"/directory/{sort}/new/")
    as_person(bruno).post(f"/directory/{sort}/new/", form(organisation=polish.pk))
    assert not model.objects.exists()


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"ends": f"{NEXT_MONTH - timedelta(days=1):%Y-%m-%dT09:00}"}, "before the beginning"),
        ({"starts": "2001-01-01T09:00", "ends": "2001-01-01T10:00"}, "lies in the past"),
        ({"ends": "2099-01-01T10:00"}, "years from now"),
        ({"starts": "soon"}, "no day with an hour"),
        ({"zone": "Mars/Base"}, "valid choice"),
        ({"place": ""}, "Say where it is"),
        ({"starts": "2028-03-26T02:30", "ends": "2028-03-26T12:00"}, "does not exist"),
    ],
)
def test_an_event_that_cannot_be_is_refused(as_person, ana, polish, facts, says):
    answer = as_person(ana).post("/directory/events/new/", event(organisation=polish.pk, **facts))
    assert says in answer.content.decode()
    assert not OrganisationEvent.objects.exists()


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"closes": "2001-01-01T09:00", "opens": "2000-12-01T09:00"}, "lies in the past"),
        ({"opens": f"{NEXT_MONTH + timedelta(days=5):%Y-%m-%dT09:00}"}, "before the beginning"),
        ({"budget": "-1"}, "not below zero"),
        ({"budget": "much"}, "number"),
        ({"budget": "12345678901234567"}, "digits"),
        ({"currency": ""}, "needs its currency"),
        ({"currency": "XXX"}, "valid choice"),
        ({"countries": "Atlantis"}, "not in the list"),
        ({"may_apply": ""}, "required"),
    ],
)
def test_a_call_that_cannot_be_is_refused(as_person, ana, polish, facts, says):
    answer = as_person(ana).post("/directory/calls/new/", call(organisation=polish.pk, **facts))
    assert says in answer.content.decode()
    assert not OpenCall.objects.exists()


def test_times_are_shown_on_the_clock_of_the_place(as_person, ana, polish):
    as_person(ana).post(
        "/directory/events/new/",
        event(
            organisation=polish.pk,
            zone="Asia/Tokyo",
            starts=f"{NEXT_MONTH:%Y-%m-%dT16:00}",
            ends=f"{NEXT_MONTH:%Y-%m-%dT18:00}",
        ),
    )
    one = OrganisationEvent.objects.get()
    assert one.starts_at.hour == 7
    for who in (None, ana):
        text = page(as_person(who), one.get_absolute_url())
        assert "16:00" in text
        assert "Asia/Tokyo" in text
        assert "07:00" not in text
    assert 'T16:00"' in page(as_person(ana), f"{one.get_absolute_url()}edit/")


def test_a_moment_in_an_hour_that_comes_twice_is_the_first():
    assert moment(datetime(2027, 10, 31, 2, 30), "Europe/Warsaw").hour == 0  # noqa: DTZ001
    with pytest.raises(Refused):
        moment(datetime(2027, 1, 1), "../../etc/passwd")  # noqa: DTZ001


def test_filters(as_person, ana, polish):
    announce_event(polish, held("Near"), by=ana)
    announce_event(polish, held("Online", is_online=True), by=ana)
    over = announce_event(polish, held("Over"), by=ana)
    past = timezone.now() - timedelta(days=3)
    OrganisationEvent.objects.filter(pk=over.pk).update(starts_at=past, ends_at=past)
    browser = as_person()

    def found(query):
        text = page(browser, f"/directory/events/?{query}").split("<main")[1]
        return [word for word in ("Near", "Online", "Over") if f">{word}<" in text]

    assert found("") == ["Near", "Online"]
    assert found("where=online") == ["Online"]
    assert found("state=over") == ["Over"]
    assert found("q=near") == ["Near"]
    assert found("country=DE") == []
    assert found("country=XX&page=7&q=%00") == ["Near", "Online"]


def test_a_calls_countries_and_budget(as_person, ana, polish):
    closes = NEXT_MONTH + timedelta(days=1)
    announce_call(
        polish,
        Funded(
            "Vouchers", NEXT_MONTH, closes, "Europe/Warsaw", "en", "Firms", ["PL", "NO"],
            Decimal("1200000.00"), "EUR",
        ),
        by=ana,
    )  # fmt: skip
    assert "1,200,000 EUR" in page(as_person(), "/directory/calls/")
    assert "Vouchers" in page(as_person(), "/directory/calls/?country=NO")
    assert "Vouchers" not in page(as_person(), "/directory/calls/?country=FR").split("<main")[1]
    assert "opens" in page(as_person(), "/directory/calls/")


@pytest.mark.parametrize(("sort", "form", "model"), KINDS)
def test_lists_ask_the_database_as_often_for_one_as_for_three(
    as_person, ana, polish, sort, form, model
):
    browser, stranger = as_person(ana), as_person()

    def count():
        with CaptureQueriesContext(connection) as seen:
            stranger.get(f"/directory/{sort}/")
        return len(seen)

    browser.post(f"/directory/{sort}/new/", form(organisation=polish.pk))
    count()
    once = count()
    for _number in range(2):
        browser.post(f"/directory/{sort}/new/", form(organisation=polish.pk))
    assert model.objects.count() == 3
    assert count() == once


def test_the_search_finds_who_has_an_event_soon(as_person, ana, polish, german):
    def soon():
        return search(Question(filters={"soon": ["event"]})).total

    assert soon() == 0
    announce_event(polish, held("Far", days=200), by=ana)
    assert soon() == 0
    near = announce_event(polish, held("Near", days=80), by=ana)
    assert soon() == 1
    assert "Has an event soon" in page(as_person(), "/directory/")
    assert "Dolina Ogniw" in page(as_person(), "/directory/?soon=event")
    past = timezone.now() - timedelta(days=1)
    OrganisationEvent.objects.filter(pk=near.pk).update(starts_at=past, ends_at=past)
    assert soon() == 1
    assert [one.name for one in wrong_about_events(timezone.now())] == ["Dolina Ogniw"]
    index(wrong_about_events(timezone.now()))
    assert soon() == 0
    assert not wrong_about_events(timezone.now()).exists()


def test_what_a_hidden_organisation_told_is_gone(as_person, ana, polish):
    one = tell_news(polish, Told("Title", "Text", "en"), by=ana)
    polish.state = State.DORMANT
    polish.save()
    assert as_person().get(one.get_absolute_url()).status_code == 404
    assert "Title" not in page(as_person(), "/directory/news/").split("<main")[1].split("<ol")[1]


def test_the_daily_round_does_it_all(polish):
    jobs.daily_round.call()
