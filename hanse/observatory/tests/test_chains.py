"""Chains that people draw: seen by them alone, said in words what is wrong."""

import pytest
from django.urls import reverse

from hanse.commons.chains.models import ValueChain

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NEW = "/observatory/chains/new/"
DRAWN = {
    "name": "Cars",
    "stage_0": "Metal",
    "sectors_0": "c24, 25",
    "stage_1": "Cars",
    "sectors_1": "C29",
}


def drawn(client, **changed) -> ValueChain:
    client.post(NEW, {**DRAWN, **changed})
    return ValueChain.objects.get(owner__isnull=False)


def test_three_examples_ship(client):
    assert ValueChain.objects.filter(owner__isnull=True).count() == 3
    page = client.get("/observatory/chains/").content.decode()
    assert "Electric mobility" in page


def test_somebody_draws_changes_and_removes_a_chain(as_person, ana):
    client = as_person(ana)
    chain = drawn(client)
    assert [tuple(stage) for stage in chain.stages] == [
        ("Metal", ("C24", "C25")),
        ("Cars", ("C29",)),
    ]
    page = client.get(reverse("observatory:chain", args=[chain.pk])).content.decode()
    assert "Metal" in page
    change = reverse("observatory:chain_change", args=[chain.pk])
    client.post(change, {**DRAWN, "name": "Vehicles", "stage_1": "", "sectors_1": ""})
    chain.refresh_from_db()
    assert (chain.name, len(chain.stages)) == ("Vehicles", 1)
    client.post(reverse("observatory:chain_removal", args=[chain.pk]))
    assert not ValueChain.objects.filter(owner=ana).exists()


def test_a_chain_is_nobody_elses(as_person, ana, bruno, client):
    chain = drawn(as_person(ana))
    for stranger in (client, as_person(bruno)):
        for page in ("chain", "chain_change", "chain_removal"):
            address = reverse(f"observatory:{page}", args=[chain.pk])
            assert stranger.get(address).status_code in {302, 404}
        assert stranger.get(f"/observatory/chains/{chain.pk}/figures.csv").status_code == 404
    assert ValueChain.objects.filter(pk=chain.pk).exists()


def test_an_example_cannot_be_changed(as_person, ana):
    example = ValueChain.objects.filter(owner__isnull=True).first()
    answer = as_person(ana).post(reverse("observatory:chain_change", args=[example.pk]), DRAWN)
    assert answer.status_code in {403, 404}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"sectors_0": "Z99"}, "Z99"),
        ({"sectors_0": ""}, "names no sector"),
        ({"stage_0": ""}, "has no name"),
        (dict.fromkeys(("stage_0", "sectors_0", "stage_1", "sectors_1"), ""), "needs a stage"),
        ({"name": ""}, "required"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(as_person, ana, changed, says):
    answer = as_person(ana).post(NEW, {**DRAWN, **changed})
    assert says in answer.content.decode()
    assert not ValueChain.objects.filter(owner=ana).exists()


def test_a_second_click_makes_no_second_chain(as_person, ana):
    client = as_person(ana)
    client.post(NEW, DRAWN)
    answer = client.post(NEW, DRAWN)
    assert answer.status_code == 409
    assert "already" in answer.content.decode()
    assert ValueChain.objects.filter(owner=ana).count() == 1
