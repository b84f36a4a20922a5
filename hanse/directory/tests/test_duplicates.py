"""Two that may be one: proposed by what agrees, merged by a person, taken apart again."""

import pytest
from django.urls import reverse

from hanse.directory.actions.duplicates import merge, propose_duplicates, undo_merge
from hanse.directory.actions.members import add_member
from hanse.directory.actions.ownership import make_administrator
from hanse.directory.models import Duplicate, Merge
from hanse.directory.queries.search import Question, search
from hanse.directory.words import JoinReason, State
from hanse.kit.refusals import Refused

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def pair(organisation, ana, bruno):
    first = organisation(
        "Zweites Leben e. V.", country="DE", website="https://leben.example", offer=["a foundry"],
        founded=2010, administrator=ana,
    )  # fmt: skip
    second = organisation(
        "Zweites Leben", country="DE", website="https://www.leben.example/en", founded=2011,
        offer=["a brewery"], city="Dresden", administrator=bruno,
    )  # fmt: skip
    return first, second


def test_name_and_page_together_are_proposed_once(pair, organisation):
    organisation("Zweites Glück", country="DE")
    organisation("Zweites Leben", country="AT")
    assert propose_duplicates() == 1
    assert propose_duplicates() == 0
    found = Duplicate.objects.get()
    assert (found.first, found.second) == pair
    assert sorted(what for what, _value in found.evidence) == ["name", "website"]


def test_a_merge_takes_everything_in_and_comes_apart_again(pair, organisation, ana, bruno, carla):
    first, second = pair
    member = organisation("Firm", kind="sme", country="DE")
    add_member(second, member, None, by=bruno, both_say=True)
    merged = merge(first, second, by=carla)
    said = {(one.field, one.value) for one in first.facts.filter(ended_at__isnull=True)}
    assert {("offer", "a foundry"), ("offer", "a brewery"), ("founded", 2010)} <= said
    assert ("founded", 2011) not in said
    assert ("other_name", "Zweites Leben") in said
    assert {one.person for one in first.administrators.all()} == {ana, bruno}
    assert first.memberships.get().member == member
    second.refresh_from_db()
    assert (second.state, second.merged_into) == (State.MERGED, first)
    assert search(Question("brewery")).numbers.tolist() == [first.pk]
    undo_merge(merged, by=carla)
    second.refresh_from_db()
    assert (second.state, second.merged_into) == (State.PUBLISHED, None)
    assert second.memberships.get().member == member
    assert [one.person for one in first.administrators.all()] == [ana]
    assert search(Question("brewery")).numbers.tolist() == [second.pk]
    with pytest.raises(Refused):
        undo_merge(Merge.objects.get(), by=carla)


def test_the_address_of_the_one_that_went_leads_on(pair, carla, as_person):
    first, second = pair
    merge(first, second, by=carla)
    answer = as_person().get(second.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (302, first.get_absolute_url())


def test_a_chain_of_merges_is_taken_apart_from_the_top(pair, organisation, carla):
    first, second = pair
    third = organisation("Drittes Leben", country="DE")
    below = merge(first, second, by=carla)
    merge(third, first, by=carla)
    with pytest.raises(Refused) as no:
        undo_merge(below, by=carla)
    assert no.value.refusal.code == "merged_on"
    with pytest.raises(Refused):
        merge(third, second, by=carla)
    with pytest.raises(Refused):
        merge(third, third, by=carla)


def test_the_office_decides_over_its_pages(pair, carla, ana, as_person):
    propose_duplicates()
    found = Duplicate.objects.get()
    address = reverse("directory:duplicate", args=[found.pk])
    assert as_person(ana).get(address).status_code == 404
    office = as_person(carla)
    assert "Zweites Leben e. V." in office.get(address).content.decode()
    office.post(address, {"kept": str(found.second_id)})
    found.refresh_from_db()
    assert found.state == "merged"
    merged = Merge.objects.get()
    assert merged.kept_id == found.second_id
    office.post(reverse("directory:unmerge", args=[merged.pk]))
    found.refresh_from_db()
    assert found.state == "open"
    office.post(address, {"different": "1"})
    assert propose_duplicates() == 0


def test_whoever_adds_one_that_is_there_is_shown_it(pair, ana, as_person):
    ours = as_person(ana)
    typed = {"kind": "cluster", "country": "DE", "name": "zweites LEBEN"}
    shown = ours.post(reverse("directory:new"), typed)
    assert "Is it one of these?" in shown.content.decode()
    made = ours.post(reverse("directory:new"), {**typed, "anyway": "1"})
    assert made.status_code == 302


def test_one_administrator_of_both_is_counted_once(pair, ana, carla):
    first, second = pair
    make_administrator(second, ana, JoinReason.INVITED, by=carla)
    merged = merge(first, second, by=carla)
    assert first.administrators.count() == 2
    undo_merge(merged, by=carla)
    assert second.administrators.count() == 2
    assert first.administrators.count() == 1
