"""Who fits, why for either side, and what changes when a reason is not true."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from hanse.directory.actions.indexing import index
from hanse.directory.actions.members import add_member
from hanse.directory.models import Correction, JointProject, OrganisationEvent, Participation
from hanse.directory.queries.suggestions import seeker_of, suggest
from hanse.kit.numbers import day

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def world(organisation, ana, bruno):
    ours = organisation(
        "Dolina Ogniw", administrator=ana, competence=["powder-metallurgy"], language=["pl", "en"],
        seek=["hydrogen valves for 700 bar"], sector=["C27"], target_country=["FR"],
        members_total=64,
    )  # fmt: skip
    both = organisation(
        "Vallée Hydrogène", country="FR", administrator=bruno, competence=["hydrogen-valves"],
        seek=["métallurgie des poudres"], language=["fr", "en"], members_total=70,
    )  # fmt: skip
    seeks = organisation("Polveri", country="IT", seek=["powder metallurgy"], language=["it"])
    offers = organisation("Ventile Nord", country="DE", competence=["hydrogen-valves"])
    organisation("Weinbund", country="DE", competence=["wine"], language=["en"])
    return ours, both, seeks, offers


def names(found):
    return [one.organisation.name for one in found.found]


def test_whoever_fits_both_ways_stands_first_and_a_language_alone_suggests_nobody(world):
    ours = world[0]
    found = suggest(seeker_of(ours))
    assert names(found)[0] == "Vallée Hydrogène"
    assert set(names(found)) == {"Vallée Hydrogène", "Polveri", "Ventile Nord"}


def test_each_suggestion_has_reasons_for_either_side(world):
    ours = world[0]
    first = suggest(seeker_of(ours)).found[0]
    assert [(one.kind, one.piece) for one in first.for_us[:1]] == [
        ("they_offer", f"offers:hydrogen-valves@{world[1].pk}")
    ]
    assert {one.piece for one in first.for_us} >= {"country:FR"}
    assert [(one.kind, one.piece, one.quote) for one in first.for_them[:1]] == [
        ("they_seek", "have:powder-metallurgy", "métallurgie des poudres")
    ]
    polveri = next(
        one for one in suggest(seeker_of(ours)).found if one.organisation.country == "IT"
    )
    assert [one.says for one in polveri.against] == ["No shared working language is stated"]


def test_a_target_is_read_in_any_language(world):
    ours = world[0]
    assert names(suggest(seeker_of(ours, "zawory wodorowe")))[:2] == [
        "Vallée Hydrogène",
        "Ventile Nord",
    ]


def test_weights_move_the_order(world):
    ours = world[0]
    only = dict.fromkeys(("they_offer", "countries", "languages", "size", "ecosystem"), 0.0)
    assert "Ventile Nord" not in names(suggest(seeker_of(ours, weights=only)))


def test_j7_a_reason_that_is_not_true_re_ranks_and_comes_back(world, ana, as_person):
    ours = world[0]
    page = reverse("directory:suggestions", args=[ours.slug])
    browser = as_person(ana)
    before = browser.get(page).content.decode()
    assert "They look for powder metallurgy, and you have it" in before
    assert "Polveri" in before
    after = browser.post(
        reverse("directory:correction", args=[ours.slug]),
        {"piece": "have:powder-metallurgy", "query": ""},
        follow=True,
    ).content.decode()
    assert "Removed: that you have powder metallurgy" in after
    assert "Polveri" not in after
    said = Correction.objects.get()
    restored = browser.post(
        reverse("directory:undo_correction", args=[said.pk]), follow=True
    ).content.decode()
    assert "Polveri" in restored
    assert "Removed:" not in restored


def test_a_decline_is_never_shown_to_the_other_side(world, ana, bruno, as_person):
    ours, both = world[:2]
    browser = as_person(ana)
    browser.post(
        reverse("directory:correction", args=[ours.slug]),
        {"candidate": both.slug, "says": "secretly too slow"},
    )
    assert "Vallée" not in names(suggest(seeker_of(ours)))
    assert "Not for you: Vallée Hydrogène" in (
        browser.get(reverse("directory:suggestions", args=[ours.slug])).content.decode()
    )
    theirs = as_person(bruno)
    for address in (
        both.get_absolute_url(),
        reverse("directory:suggestions", args=[both.slug]),
        reverse("directory:history", args=[both.slug]),
        "/account/history/",
    ):
        text = theirs.get(address).content.decode()
        assert "secretly too slow" not in text
        assert "Not for you" not in text
    assert "Dolina Ogniw" in names(suggest(seeker_of(both)))


def test_not_true_of_them_strikes_out_that_one_and_nobody_else(world, ana, as_person):
    ours, both, _seeks, offers = world
    as_person(ana).post(
        reverse("directory:correction", args=[ours.slug]),
        {"piece": f"offers:hydrogen-valves@{offers.pk}"},
    )
    found = names(suggest(seeker_of(ours, "hydrogen valves")))
    assert both.name in found
    assert offers.name not in found


def test_whoever_has_the_broad_does_not_have_the_narrow(organisation, ana):
    ours = organisation("Wide", administrator=ana, competence=["chemicals"])
    organisation("Narrow", country="RO", seek=["paints and adhesives"])
    asks_wide = organisation("Asks wide", country="IT", seek=["chemicals"])
    assert names(suggest(seeker_of(ours))) == [asks_wide.name]


def test_shared_ecosystems_and_coming_events_are_said_on_either_side(organisation, ana, world):
    soon = timezone.now().astimezone(ZoneInfo("Europe/Paris")) + timedelta(days=20)
    one, other = (
        organisation(name, administrator=ana, ecosystem=["textiles"]) for name in ("Warp", "Weft")
    )
    for whose in (one, other):
        OrganisationEvent.objects.create(
            organisation=whose, title=f"Fair of {whose.name}", language="en", zone="Europe/Paris",
            starts_at=soon, ends_at=soon + timedelta(hours=3),
        )  # fmt: skip
    index([one, other])
    (found,) = suggest(seeker_of(one)).found
    ours = {reason.kind: (reason.says, reason.quote) for reason in found.for_us}
    theirs = {reason.kind: (reason.says, reason.quote) for reason in found.for_them}
    assert ours["ecosystem"] == ("Both of you are in the ecosystem Textiles", "")
    assert ours["events"] == (f"You can meet them on {day(soon.date())}", "Fair of Weft")
    assert theirs["events"] == (f"They can meet you on {day(soon.date())}", "Fair of Warp")


def test_a_target_that_nobody_has_suggests_nobody(world):
    assert suggest(seeker_of(world[0], "xyzzyplugh")).found == []


def test_made_up_pieces_and_strangers_corrections_are_refused(world, ana, bruno, as_person):
    ours = world[0]
    address = reverse("directory:correction", args=[ours.slug])
    for piece in ("", "x:y", "have:", "have:" + "a" * 500):
        assert as_person(ana).post(address, {"piece": piece}).status_code in (404, 409)
    assert as_person(ana).post(address, {"candidate": "\x00"}).status_code == 404
    assert as_person(bruno).post(address, {"piece": "have:wine"}).status_code in (403, 404)
    said = Correction.objects.create(organisation=ours, kind="not_true", evidence="have:x")
    undo = reverse("directory:undo_correction", args=[said.pk])
    assert as_person(bruno).post(undo).status_code == 404


def together(*organisations):
    project = JointProject.objects.create(acronym="RING", began_on=date(2016, 1, 1))
    Participation.objects.bulk_create(
        Participation(project=project, organisation=one) for one in organisations
    )


def test_past_partners_are_said_and_ties_can_be_chosen(world, organisation):
    ours, _both, seeks, offers = world
    between = organisation("Between", country="AT")
    together(ours, between)
    together(between, offers)
    together(ours, seeks)
    found = {one.organisation.name: one for one in suggest(seeker_of(ours)).found}
    says = [one.says for one in found["Ventile Nord"].for_us]
    assert "Both of you worked with Between" in says
    assert found["Polveri"].against[0].says.startswith("You know each other")
    assert "Polveri" not in names(suggest(seeker_of(ours, ties="strangers")))
    friends = names(suggest(seeker_of(ours, ties="friends")))
    assert "Ventile Nord" in friends
    assert "Vallée Hydrogène" not in friends


def test_own_members_and_private_facts_play_no_part(world, organisation):
    ours = world[0]
    member = organisation("Own firm", kind="sme", competence=["hydrogen-valves"])
    add_member(ours, member, None, by=None, both_say=True)
    ours.facts.filter(field="seek").update(is_public=False)
    found = suggest(seeker_of(ours))
    assert "Own firm" not in names(found)
    assert "Ventile Nord" not in names(found)


def test_countries_are_spread_unless_wished_otherwise(world, organisation):
    ours = world[0]
    for number in range(4):
        organisation(f"Ventil {number}", country="DE", competence=["hydrogen-valves"])
    organisation("Válvulas", country="ES", competence=["hydrogen-valves"])
    spread = names(suggest(seeker_of(ours, "hydrogen valves"), most=4))
    assert "Válvulas" in spread
