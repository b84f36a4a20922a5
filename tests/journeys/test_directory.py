"""The journeys of the directory, acted out in a browser on the invented world."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from hanse.cli.demo import make_demo_world
from hanse.commons.post.models import Letter
from hanse.conftest import person
from hanse.directory.actions.freshness import ask_for_confirmation
from hanse.directory.actions.ownership import make_administrator
from hanse.directory.models import JoinRequest, Organisation
from hanse.directory.queries import columns
from hanse.directory.words import JoinReason
from hanse.ports.fulltext import open_fulltext

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(settings):
    settings.DEMO = True
    columns.forget()
    open_fulltext().clear()
    make_demo_world()
    return {one.slug: one for one in Organisation.objects.filter(kind="cluster")}


@pytest.fixture
def marta(world):
    one = person("Marta Kowalska", "marta@test.example")
    make_administrator(world["dolina-ogniw"], one, JoinReason.FOUNDER, by=None)
    return one


def text_of(tab) -> str:
    return re.sub(r"\s+", " ", tab.inner_text("main"))


def counted(tab) -> int:
    return int(re.sub(r"\D", "", tab.inner_text("h1").split(" ")[0]))


def test_j1_a_cluster_organisation_is_registered(visit, world, ana):
    with visit("/directory/new/", who=ana) as tab:
        tab.select_option("[name=kind]", "cluster")
        tab.select_option("[name=country]", "PL")
        tab.fill("[name=name]", "Zupełnie Nowe Ogniwo")
        tab.click("main form button.main")
        tab.fill("[name=members_total]", "12")
        tab.fill("[name=members_sme]", "10")
        tab.fill("[name=members_research]", "2")
        tab.fill("[name=staff_fte]", "0.5")
        tab.fill("[name=website]", "https://nowe.example")
        tab.fill("[name=activity_proof]", "https://nowe.example/news")
        tab.click("main form.form button.main")
        rules = re.sub(r"\s+", " ", tab.inner_text("#rules"))
        assert "not met At least 15 committed members members in all: 12. 3 more would do." in rules
        assert "not yet known A website that can be read in English" in rules
        assert rules.count("not met") == 1
        assert rules.count("not yet known") == 1
    with visit("/directory/?q=Zupełnie+Nowe") as tab:
        assert "Nobody found" in tab.inner_text("h1")


def test_j2_a_stale_profile_is_confirmed_by_its_letter(visit, world, marta):
    ask_for_confirmation()
    letter = Letter.objects.get(to=marta.email)
    link = next(word for word in letter.text.split() if "/confirm/" in word)
    with visit("/" + link.split("/", 3)[3], width=360) as tab:
        assert "3 facts are older than a year" in tab.inner_text("h1")
        posts = tab.locator("fieldset", has_text="Full-time posts")
        posts.get_by_label("now:").check()
        posts.locator("input.short").fill("3")
        tab.click("main form button.main")
        assert "Done, and written down" in text_of(tab)
        tab.click("main a.btn")
        assert "67 of 67 facts confirmed within a year" in text_of(tab)
        tab.reload()
    with visit("/directory/organisations/dolina-ogniw/history/", who=marta) as tab:
        said = text_of(tab)
        assert "Full-time posts that run it 3" in said
        assert "Full-time posts that run it 2.5" in said
        assert "Marta Kowalska" in said


def test_j3_a_colleague_takes_over(visit, world, marta, bruno, carla):
    EmailAddress.objects.create(user=bruno, email="bruno@dolinaogniw.example", verified=True)
    with visit("/directory/organisations/dolina-ogniw/joining/", who=bruno) as tab:
        tab.fill("[name=says]", "I follow Marta.")
        tab.click("main form button.main")
        assert "You asked on" in text_of(tab)
    JoinRequest.objects.update(due_at=timezone.now() - timedelta(days=1))
    with visit("/directory/office/", who=carla) as tab:
        line = tab.locator("li", has_text="Bruno Weiß")
        line.get_by_role("button", name="Let in").click()
        assert "Both sides get a letter" in text_of(tab)
    with visit("/directory/organisations/dolina-ogniw/people/", who=marta) as tab:
        said = text_of(tab)
        assert "Bruno Weiß" in said
        assert "Marta Kowalska" in said
    told = set(Letter.objects.filter(subject__contains="speaks for").values_list("to", flat=True))
    assert {marta.email, bruno.email} <= told


def test_j4_a_partner_from_japan_reads_what_is_possible(visit, world):
    with visit("/directory/countries/") as tab:
        tab.get_by_role("link", name="Japan").click()
        rows = re.sub(r"\s+", " ", tab.inner_text(".maytable"))
        assert "may join yes Established as a legal entity" in rows
        assert "may lead no Seat in a member state" in rows
        assert "may be paid no" in rows
        assert "sample, point 2.2" in rows
    osaka = next(one for one in world.values() if one.country == "JP")
    with visit(osaka.get_absolute_url()) as tab:
        assert "may lead no" in re.sub(r"\s+", " ", tab.inner_text("#may"))


def test_j5_a_need_is_searched_in_polish(visit, world):
    with visit("/directory/") as tab:
        tab.fill("#q", "recykling baterii")
        tab.keyboard.press("Enter")
        tab.wait_for_url("**q=recykling*")
        all_found = counted(tab)
        assert "Read as Polish" in text_of(tab)
        tab.locator("label", has_text="40 to 99").locator("input").check()
        tab.locator("label", has_text="Hungary").locator("input").check()
        tab.get_by_role("button", name="Apply").click()
        tab.wait_for_url("**country=HU*")
        found = counted(tab)
        assert 0 < found < all_found
        address = tab.url
        assert "Why this hit" in text_of(tab)
        assert tab.locator("li.hit").count() == found
    with visit("/" + address.split("/", 3)[3]) as tab:
        assert counted(tab) == found
    reached = set()
    with visit("/directory/?q=recykling+baterii") as tab:
        while True:
            reached |= set(tab.locator("li.hit h3 a").all_inner_texts())
            following = tab.get_by_role("link", name="Next")
            if not following.count():
                break
            following.click()
            tab.wait_for_load_state()
    assert len(reached) == all_found


def test_j6_and_j7_partners_with_reasons_that_can_be_corrected(visit, world, marta):
    dolina = world["dolina-ogniw"]
    with visit(dolina.get_absolute_url(), who=marta) as tab:
        tab.get_by_role("link", name="Suggested partners").click()
        tab.fill("[name=target]", "hydrogen valves")
        tab.keyboard.press("Enter")
        tab.wait_for_url("**target=hydrogen*")
        cards = tab.locator("article.suggest")
        assert cards.count() >= 5
        for number in range(5):
            lists = cards.nth(number).locator(".two > div")
            assert lists.nth(0).locator("li").count() >= 1
            assert lists.nth(1).locator("li").count() >= 1
        cited = tab.locator("article.suggest a", has_text="figure of 2014").first
        figure = cited.get_attribute("href")
        before = cards.locator("h2").all_inner_texts()
        first = cards.nth(0).locator("li", has_text="hydrogen valves")
        first.get_by_role("button", name="Not true").click()
        said = text_of(tab)
        assert f"Removed: that {before[0]} has hydrogen valves" in said
        assert cards.locator("h2").all_inner_texts() != before
        tab.locator("#removed").get_by_role("button", name="Undo").click()
        assert cards.locator("h2").all_inner_texts() == before
        tab.goto(figure)
        assert "2008-2015" in text_of(tab)


def test_j26_from_a_gap_in_the_figures_to_people(visit, world, marta):
    with visit("/observatory/regions/PL22/", who=marta) as tab:
        people = tab.locator("#people")
        people.get_by_role("button", name="Show").click()
        said = text_of(tab)
        assert "Location quotient" in said
        assert "figure of 2014" in said
        assert tab.locator("main ul.lines li a").count() >= 1
        assert tab.get_by_role("link", name="Get in touch").count() >= 1
        tab.get_by_role("link", name="Suggest partners of Dolina Ogniw").click()
        assert tab.locator("article.suggest").count() >= 1


def test_the_search_works_without_script_by_keyboard_and_on_a_phone(visit, world):
    with visit("/directory/", width=360, script=False) as tab:
        tab.focus("#q")
        tab.keyboard.type("hydrogen")
        tab.keyboard.press("Tab")
        tab.keyboard.press("Enter")
        assert counted(tab) > 5
        tab.locator("summary", has_text="Filters").click()
        tab.locator("label", has_text="Norway").locator("input").check()
        tab.get_by_role("button", name="Apply").click()
        assert counted(tab) >= 1
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360
