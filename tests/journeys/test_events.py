"""J14: a forwarded invitation. J17: two organisers build the programme. The week of 2018."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from hanse.commons.post.models import Letter
from hanse.conftest import PASSWORD
from hanse.events.actions.invitations import invite, write_to
from hanse.events.actions.series import load_shipped_series, make_series
from hanse.events.models import Event, Organiser, Room
from hanse.events.rules.guests import Guest
from hanse.events.words import Duty

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

DESK = "/events/week/forum/desk/"


def text_of(tab) -> str:
    return re.sub(r"\s+", " ", tab.inner_text("main"))


@pytest.fixture
def forum(ana) -> Event:
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    series = make_series(
        {
            "slug": "week", "title": {"en": "A week in Brussels"}, "first_day": day,
            "last_day": day, "places": [{"name": "Old Customs House", "city": "Brussels"}],
            "events": [
                {
                    "slug": "forum", "title": {"en": "Forum behind closed doors"},
                    "entry": "invitation", "places": ["Old Customs House"],
                    "days": [{"day": day, "opens": "09:00", "closes": "18:00"}],
                }
            ],
        },
        by=ana,
    )  # fmt: skip
    event = series.events.get()
    Room.objects.create(place=event.places.get(), name="Council Room", capacity=40)
    return event


def test_j14_a_forwarded_invitation_shows_nothing_and_harms_nobody(visit, forum, ana, bruno, carla):
    carla.is_staff = False
    carla.save()
    write_to(invite(forum, [Guest(bruno.email, "Bruno")], by=ana).new, by=ana)
    link = re.search(r"/events/invited/[\w-]+/", Letter.objects.get(to=bruno.email).text).group()
    with visit("/account/", who=carla) as tab:
        tab.goto(link)
        assert "This invitation is for one person" in text_of(tab)
        assert "Forum" not in tab.content()
        tab.fill("[name=says]", "I run the cluster next door.")
        tab.click("text=Ask >> nth=-1")
        assert "The organisers have your question" in text_of(tab)
    with visit("/account/", who=ana) as tab:
        tab.goto(f"{DESK}invitations/")
        said = text_of(tab)
        assert carla.email in said
        assert bruno.email in said
        tab.click("text=Invite them")
        assert "Decided" in text_of(tab)
    with visit("/account/", who=bruno) as tab:
        tab.goto(link)
        assert "You are invited: Forum behind closed doors" in text_of(tab)
        tab.click("text=Accept and register")
        tab.click("main form button.main")
        assert "Forum behind closed doors" in text_of(tab)
    forum.refresh_from_db()
    assert forum.registrations.get().person == bruno


def put_in(tab, title: str, starts: str, ends: str) -> None:
    tab.goto(f"{DESK}programme/new/")
    tab.fill("[name=title_en]", title)
    tab.fill("[name=starts]", starts)
    tab.fill("[name=ends]", ends)
    tab.select_option("[name=room]", label="Council Room, Old Customs House")
    tab.click("main form button.main")


def test_j17_two_organisers_build_the_programme_at_once(visit, forum, ana, bruno):
    Organiser.objects.create(series=forum.series, person=bruno, duty=Duty.PROGRAMME)
    with visit("/account/", who=ana) as tab:
        put_in(tab, "What ten years changed", "09:30", "11:30")
        assert "One change is not published yet" in text_of(tab)
        # The room is taken: said at once, nothing lost.
        put_in(tab, "Too early", "11:00", "12:00")
        assert "Council Room is taken from 09:30 to 11:30" in text_of(tab)
        assert tab.input_value("[name=title_en]") == "Too early"
        tab.goto(f"{DESK}programme/")
        tab.click("text=Publish as the next version")
        assert "Version 1 is published" in text_of(tab)
        tab.click("text=What ten years changed")
        address = tab.url
        with visit("/account/", who=bruno) as other:
            other.goto(address)
            other.fill("[name=ends]", "12:00")
            other.click("main form button.main")
            assert "Saved" in text_of(other)
        tab.fill("[name=starts]", "10:00")
        tab.click("main form button.main")
        said = text_of(tab)
        assert "Somebody changed this item while you had it open" in said
        assert "Bruno Weiß saved first" in said
        assert re.search(r"Begins [^:]+, 09:30 [^:]+, 10:00", said)  # his, hers
        assert "Ends 12:00 11:30" in said
        tab.fill("[name=ends]", "12:00")
        tab.click("text=Save mine over it")
        assert "Saved" in text_of(tab)
        tab.fill("[name=note]", "Half an hour later")
        tab.click("text=Publish as the next version")
        assert "Version 2 is published" in text_of(tab)
        tab.click("text=Bring it back")
        assert "Version 3 is published; it brings back 1" in text_of(tab)
        tab.goto("/events/week/forum/changes/")
        said = text_of(tab)
        assert "3 versions of the programme" in said
        assert "Half an hour later" in said
        assert "moved from" in said
    assert forum.sessions.count() == 1  # nothing doubled


@pytest.mark.parametrize(
    ("language", "title", "day"),
    [
        ("en-GB", "First European Cluster Policy Forum", "Thursday"),
        ("de-DE", "Erstes Europäisches Forum für Clusterpolitik", "Donnerstag"),
        ("fr-FR", "Premier Forum européen de politique des clusters", "jeudi"),
    ],
)
def test_the_week_of_2018_in_three_languages_and_without_script(visit, language, title, day):
    load_shipped_series()
    with visit("/events/", language=language, script=False) as tab:
        tab.click('a[href="/events/eu-industry-day-2018/"] >> nth=0')
        assert title in text_of(tab)
        tab.click('a[href$="/2018-02-22/"]')
        assert day.lower() in text_of(tab).lower()
        tab.click(f"text={title} >> nth=-1")
        assert "Covent Garden" in text_of(tab)
    with visit("/events/eu-industry-day-2018/") as tab:
        flyer = tab.request.get("/events/eu-industry-day-2018/flyer.pdf")
        assert flyer.body().startswith(b"%PDF")


def test_a_visitor_logs_in_from_the_link_and_comes_back_to_it(visit, forum, ana, bruno):
    write_to(invite(forum, [Guest(bruno.email, "Bruno")], by=ana).new, by=ana)
    link = re.search(r"/events/invited/[\w-]+/", Letter.objects.get(to=bruno.email).text).group()
    with visit(link, width=360) as tab:
        assert "Forum" not in tab.content()
        tab.click("main a.main")
        tab.fill("[name=login]", bruno.email)
        tab.fill("[name=password]", PASSWORD)
        tab.click("main form button.main")
        assert "You are invited" in text_of(tab)
