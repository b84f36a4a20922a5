"""The market over HTTP: who sees it, what a press does, what costs how many queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hanse.directory.models import Organisation
from hanse.meetings.actions.wishing import say
from hanse.meetings.models import Marketplace, Party, Wish
from hanse.meetings.queries.mine import about

pytestmark = [pytest.mark.database, pytest.mark.django_db]

EVENT = "/events/week/matchmaking/"
MEETINGS = f"{EVENT}meetings/"


def queries(browser, url: str) -> int:
    browser.get(url)
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert browser.get(url).status_code == 200
    return len(counted)


def test_an_event_without_meetings_has_no_such_page(event, as_person):
    assert as_person(None).get(MEETINGS).status_code == 404
    assert "meetings" not in as_person(None).get(EVENT).text.lower()


def test_strangers_see_how_it_works_and_not_who(market, party, as_person, bruno):
    secret = party("Dolina Ogniw")
    for browser in (as_person(None), as_person(bruno)):
        shown = browser.get(MEETINGS).text
        assert "Meet the right people at Matchmaking" in shown
        assert "Dolina" not in shown
        assert browser.get(f"{MEETINGS}parties/{secret.pk}/").status_code == 404
    assert as_person(None).get(f"{MEETINGS}wishes/").status_code == 302
    market.seen_by = "everybody"
    market.save()
    assert "Dolina Ogniw" in as_person(None).get(MEETINGS).text
    assert "Say whom you would" not in as_person(None).get(MEETINGS).text


def test_guests_see_who_takes_part_where_they_shall(market, party, as_person, bruno, registered):
    party("Dolina Ogniw")
    registered(bruno)
    assert "Dolina" not in as_person(bruno).get(MEETINGS).text
    market.seen_by = "guests"
    market.save()
    assert "Dolina" in as_person(bruno).get(MEETINGS).text
    assert "Dolina" not in as_person(None).get(MEETINGS).text


def test_one_press_on_the_registration_takes_part(market, as_person, bruno, registered):
    mine = registered(bruno, organisation_name="Weiß Ventile")
    browser = as_person(bruno)
    page = browser.get(f"/events/registrations/{mine.pk}/").text
    assert f'formaction="{MEETINGS}join/"' in page
    assert "1 party takes part" not in browser.get(EVENT).text
    for _press in range(2):
        assert browser.post(f"{MEETINGS}join/")["Location"] == f"{MEETINGS}own/"
    assert Party.objects.get().name == "Weiß Ventile"
    assert "1 party takes part" in browser.get(EVENT).text
    assert "You sit in the meetings for Weiß Ventile" in browser.get(f"{MEETINGS}own/").text


def test_without_a_seat_the_press_says_what_is_missing(market, as_person, bruno, registered):
    registered(bruno, state="waiting")
    browser = as_person(bruno)
    assert "Register for the event first" in browser.post(f"{MEETINGS}join/", follow=True).text
    assert not Party.objects.exists()


def test_what_others_read_and_when_one_can(market, party, as_person, bruno):
    one = party("One", bruno)
    browser = as_person(bruno)
    url = f"{MEETINGS}own/"
    browser.post(url, {"party": "1", "party-offers": "Valves", "party-seeks": "Steel"})
    one.refresh_from_db()
    assert (one.offers, one.seeks, one.about) == ("Valves", "Steel", "")
    slot = market.slots.first()
    browser.post(url, {"part-away": [slot.pk], "part-most_meetings": "3", "part-is_online": "on"})
    part = one.representatives.get()
    assert (list(part.away.all()), part.most_meetings, part.is_online) == ([slot], 3, True)
    for wrong in (
        {"part-most_meetings": "0"},
        {"part-most_meetings": "²"},
        {"part-away": ["9" * 30]},
        {"part-away": ["x"]},
        {"party": "1", "party-about": "x" * 1001},
        {"party": "1", "party-about": "a\x07b"},
    ):
        assert browser.post(url, wrong).status_code == 200
    part.refresh_from_db()
    assert part.most_meetings == 3


def test_wishes_by_press_come_back_to_where_one_was(market, party, as_person, bruno):
    one, other = party("One", bruno), party("Other")
    browser = as_person(bruno)
    url, here = f"{MEETINGS}parties/{other.pk}/wish/", f"{MEETINGS}?q=other"
    for _press in range(2):
        answer = browser.post(url, {"strength": "must", "says": "Valves", "here": here})
        assert answer["Location"] == f"{here}#party-{other.pk}"
    wish = Wish.objects.get()
    assert (wish.wisher, wish.strength, wish.says, wish.by) == (one, "must", "Valves", bruno)
    for elsewhere in ("https://evil.example/", "//evil.example/", "/account/"):
        answer = browser.post(url, {"strength": "like", "here": elsewhere})
        assert answer["Location"].startswith(f"{MEETINGS}parties/")
    for wrong in ({"strength": "love"}, {}, {"strength": "must", "says": "x" * 301}):
        browser.post(url, wrong)
    assert Wish.objects.get().strength == "like"
    browser.post(url, {"strength": "back"})
    assert not Wish.objects.exists()
    assert browser.post(f"{MEETINGS}parties/{one.pk}/wish/", {"strength": "must"}, follow=True)
    assert browser.post(f"{MEETINGS}parties/999999/wish/", {"strength": "no"}).status_code == 404
    assert browser.get(url).status_code == 405


def test_nobody_wishes_for_another(market, party, as_person, bruno, carla, registered):
    other = party("Other")
    registered(bruno)
    answer = as_person(bruno).post(f"{MEETINGS}parties/{other.pk}/wish/", {"strength": "must"})
    assert answer["Location"] == MEETINGS
    assert not Wish.objects.exists()


def test_a_no_is_on_no_page_of_the_other(market, party, as_person, bruno, ana, carla):
    one, other = party("One", bruno), party("Other", carla)
    silent = party("Silent")
    say(other, one, "no", by=carla)
    say(one, other, "like", by=bruno)
    say(one, silent, "like", by=bruno)
    browser = as_person(bruno)
    for page in (MEETINGS, f"{MEETINGS}wishes/"):
        shown = browser.get(page).text
        assert shown.count("waits for an answer") >= 2
        assert "no meeting" not in shown
    with_no = browser.get(f"{MEETINGS}parties/{other.pk}/").text
    without = browser.get(f"{MEETINGS}parties/{silent.pk}/").text
    assert "waits for an answer" in with_no
    assert "waits for an answer" in without
    mine = as_person(carla).get(f"{MEETINGS}wishes/").text
    assert "No thanks, for you alone" in mine


def test_words_find_who_takes_part(market, party, as_person, bruno):
    party("One", bruno)
    party("Ogniw", offers="Battery recycling")
    party("Valves", seeks="Forged steel")
    browser = as_person(bruno)
    shown = browser.get(f"{MEETINGS}?q=recycling").text
    assert "1 party fits" in shown
    assert "Ogniw" in shown
    assert "Nobody who takes part fits" in browser.get(f"{MEETINGS}?q=qqqqq&country=PL").text
    for odd in ("%00", "%27%22<b>", "x" * 500, "²"):
        assert browser.get(f"{MEETINGS}?q={odd}&said={odd}&sector={odd}").status_code == 200
    assert "3 parties fit" in browser.get(f"{MEETINGS}?country=PL").text


def test_suggestions_name_only_who_takes_part(market, party, as_person, bruno):
    assert "yours is not in it" in _suggestions(party("One", bruno), as_person(bruno))


def _suggestions(_one, browser) -> str:
    return browser.get(f"{MEETINGS}suggestions/").text


def test_leaving_is_asked_once_more(market, party, as_person, bruno):
    one = party("One", bruno)
    browser = as_person(bruno)
    assert "Take part in the meetings no more?" in browser.get(f"{MEETINGS}leave/").text
    one.refresh_from_db()
    assert one.left_at is None
    browser.post(f"{MEETINGS}leave/")
    one.refresh_from_db()
    assert one.left_at is not None
    assert browser.get(f"{MEETINGS}own/")["Location"] == MEETINGS


def test_what_is_over_is_not_joined(market, as_person, bruno, registered, event):
    registered(bruno)
    yesterday = timezone.localdate() - timedelta(days=1)
    event.first_day = event.last_day = yesterday
    event.save()
    shown = as_person(bruno).post(f"{MEETINGS}join/", follow=True).text
    assert "The event is over" in shown


@pytest.mark.parametrize("page", ["", "wishes/"])
def test_lists_cost_the_same_at_one_row_and_at_three(market, party, as_person, bruno, page):
    one = party("One", bruno)

    def another(name: str) -> None:
        organisation = Organisation.objects.create(
            slug=name.lower(), kind="cluster", state="published", name=name, country="PL"
        )
        other = party(name, organisation=organisation)
        say(one, other, "like", by=bruno)

    another("Alfa")
    few = queries(as_person(bruno), f"{MEETINGS}{page}")
    another("Beta")
    another("Gamma")
    assert queries(as_person(bruno), f"{MEETINGS}{page}") == few
    assert few < 30
    assert Marketplace.objects.count() == 1


def test_the_account_says_who_waits(market, party, as_person, bruno, event):
    one, other = party("One", bruno), party("Other")
    browser = as_person(bruno)
    assert f"{MEETINGS}wishes/" in browser.get("/account/").text
    say(other, one, "like", by=None)
    assert "One party waits for your answer" in browser.get("/account/").text
    event.state = "closed"
    event.save()
    assert f"{MEETINGS}wishes/" not in browser.get("/account/").text


def test_what_is_kept_about_a_person(market, party, bruno):
    one, other = party("One", bruno, offers="Valves"), party("Other")
    say(one, other, "no", by=bruno)
    one.representatives.get().away.add(market.slots.first())
    told = about(bruno)
    assert told["takes_part"][0]["offers"] == "Valves"
    assert len(told["takes_part"][0]["away"]) == 1
    assert told["wishes_said"][0]["strength"] == "no"
    # Nothing of what others said of them.
    say(other, one, "no", by=None)
    assert len(about(bruno)["wishes_said"]) == 1
