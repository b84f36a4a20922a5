"""A membership stands on a page when both sides say it."""

import pytest
from django.urls import reverse

from hanse.commons.post.models import Letter
from hanse.directory.models import Membership

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def pair(organisation, ana, bruno):
    return (
        organisation("Dolina", administrator=ana),
        organisation("Osaka Ring", administrator=bruno),
    )


def members(one):
    return reverse("directory:members", args=[one.slug])


def test_what_one_side_says_stands_nowhere_before_the_other_says_it(pair, ana, bruno, as_person):
    ours, theirs = pair
    as_person(ana).post(members(ours), {"member": theirs.slug, "since": "2020-01-01"})
    claimed = Membership.objects.get()
    for one in pair:
        text = as_person().get(one.get_absolute_url()).content.decode()
        assert "Member of" not in text
    assert "Osaka Ring" not in as_person().get(ours.get_absolute_url()).content.decode()
    assert Letter.objects.get(to=bruno.email).subject == "Is Osaka Ring a member of Dolina?"
    address = reverse("directory:membership", args=[claimed.pk])
    assert as_person(ana).post(address, {"confirm": "1"}).status_code == 403
    as_person(bruno).post(address, {"confirm": "1"})
    assert "Member of" in as_person().get(theirs.get_absolute_url()).content.decode()
    assert "Osaka Ring" in as_person().get(ours.get_absolute_url()).content.decode()


def test_a_no_ends_it(pair, ana, bruno, as_person):
    ours, theirs = pair
    as_person(ana).post(members(ours), {"member": theirs.slug})
    claimed = Membership.objects.get()
    assert "Yes, we are" in as_person(bruno).get(members(theirs)).content.decode()
    as_person(bruno).post(reverse("directory:membership", args=[claimed.pk]), {"end": "1"})
    claimed.refresh_from_db()
    assert claimed.until is not None
    assert "Yes, we are" not in as_person(bruno).get(members(theirs)).content.decode()


def test_of_a_listing_that_nobody_speaks_for_the_cluster_s_word_counts(
    organisation, ana, as_person
):
    ours = organisation("Dolina", administrator=ana)
    firm = organisation("Firm", kind="sme")
    as_person(ana).post(members(ours), {"member": firm.slug})
    assert Membership.objects.get().confirmed_at is not None


@pytest.mark.parametrize("typed", ["osaka ring", "https://hanse.example/directory/osaka-ring/"])
def test_a_member_is_named_by_name_or_by_the_address_of_its_page(pair, ana, as_person, typed):
    ours, theirs = pair
    answer = as_person(ana).post(members(ours), {"member": typed}, follow=True)
    assert Membership.objects.get().member == theirs
    assert "They get a letter" in answer.content.decode()


def test_whoever_is_not_there_is_said(pair, ana, as_person):
    answer = as_person(ana).post(members(pair[0]), {"member": "Nobody & Sons"})
    assert "“Nobody &amp; Sons”" in answer.content.decode()
