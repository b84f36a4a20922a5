"""Suggestions in a planted world, where who works with whom is known."""

import io
from dataclasses import replace

import numpy as np
import pytest

from hanse.engines import faults
from hanse.engines.matching import (
    adamic_adar,
    explain,
    fit,
    from_arrays,
    new_partners,
    popularity,
    scores,
    suggest,
    walk,
)
from hanse.engines.matching.protocol import lists, recall
from hanse.engines.matching.signals import SIGNALS
from hanse.engines.matching.tests.worlds import MEMBERS, of_projects, planted, planted_rows
from hanse.engines.matching.truth import with_new_partners


@pytest.fixture(scope="module")
def world():
    return planted(years=(2014, 2015))


@pytest.fixture(scope="module")
def model(world):
    return fit(world)


def test_who_will_meet_is_found_better_than_by_the_peers(world):
    """The weights by themselves: border and hubs are set for other ends than recall."""
    model = fit(world, abroad=0, hub=0)
    later = [(code, who) for code, who, _, day in planted_rows() if day >= "2016"]
    codes, organisations = zip(*later, strict=True)
    truth = new_partners(world, organisations, codes, most_participants=12)
    queries = with_new_partners(truth)

    def found(score):
        return recall(truth, queries, lists(world, queries, score)).mean()

    ours = found(lambda _, who: scores(model, who))
    assert model.learned == 2
    assert ours > 1.1 * found(walk)
    assert ours > 3 * max(found(adamic_adar), found(popularity))


def test_suggestions_are_new_and_of_the_own_circle_first(world, model):
    found = suggest(model, 5, most=8)
    circle = (world.organisations[found.partners] - 100) // MEMBERS
    assert (circle == 0).sum() >= 5
    assert 5 not in found.partners
    assert not world.partners[5, found.partners].sum()
    assert (np.diff(found.scores) <= 0).all()
    assert len(suggest(model, 5, most=10_000).partners) == world.size - 1 - world.degree[5]


def test_a_suggestion_of_one_is_the_one_of_many(world, model):
    together = scores(model, np.arange(40))
    for one in (0, 17, 39):
        assert np.allclose(scores(model, [one])[0], together[one], rtol=1e-12)


def test_the_same_seed_gives_the_same_model(world, model):
    again = fit(world)
    assert again.regular.signals.tolist() == model.regular.signals.tolist()
    assert again.regular.border == model.regular.border
    assert suggest(again, 7).partners.tolist() == suggest(model, 7).partners.tolist()
    # Another seed draws other organisations to adjust the border to.
    assert fit(world, seed=1).regular.border != model.regular.border


def test_a_border_for_each_aim(world):
    everywhere = fit(world, abroad=0.0)
    abroad = fit(world, abroad=1.0)
    assert everywhere.regular.border == 0
    first = [suggest(abroad, who, most=10).partners for who in range(0, 480, 9)]
    foreign = [
        world.country[one] != world.country[who]
        for who, one in zip(range(0, 480, 9), first, strict=True)
    ]
    assert np.mean(foreign) > 0.95


def test_a_hub_correction_lowers_those_with_many_partners(world, model):
    def partners(hub):
        regular = replace(model.regular, hub=hub)
        first = suggest(replace(model, regular=regular), 4, most=10).partners
        return world.degree[first].mean()

    assert partners(3.0) < partners(0.25) <= partners(0.0)


def test_a_stored_model_suggests_the_same(world, model):
    stored = io.BytesIO()
    np.savez(stored, **model.as_arrays())
    stored.seek(0)
    with np.load(stored, allow_pickle=False) as arrays:
        read = from_arrays(dict(arrays))
    before, after = suggest(model, 3), suggest(read, 3)
    assert after.partners.tolist() == before.partners.tolist()
    assert after.scores.tolist() == before.scores.tolist()
    assert read.version == model.version
    assert read.graph.countries == world.countries


def test_a_model_of_another_version_or_with_a_hole_is_refused(model):
    arrays = model.as_arrays()
    with pytest.raises(faults.UnknownConvention, match="fit again"):
        from_arrays(arrays | {"version": np.array("suggestions 0")})
    del arrays["member_data"]
    with pytest.raises(faults.MissingColumn, match="member_data"):
        from_arrays(arrays)


def test_without_a_past_round_numbers_stand_in():
    small = of_projects([[1, 2, 3], [2, 3, 4], [3, 4, 5], [6]])
    model = fit(small)
    assert model.learned == 0
    # 4 shares two partners with 1, 5 only one, 6 nobody.
    assert suggest(model, 0).partners.tolist() == [3, 4, 5]
    # Also who never worked with anybody gets a list.
    assert len(suggest(model, 5).partners) == 5


def test_what_cannot_be_fitted_or_asked_is_refused(model):
    with pytest.raises(faults.NothingGiven):
        fit(of_projects([[1], [2]]))
    with pytest.raises(faults.WrongShape):
        fit(model.graph, abroad=1.2)
    with pytest.raises(faults.WrongShape):
        fit(model.graph, hub=-1)
    for number in (-1, model.graph.size):
        with pytest.raises(faults.MissingKey):
            suggest(model, number)
    with pytest.raises(faults.WrongShape):
        suggest(model, 0, most=0)


def test_the_evidence_of_a_suggestion_can_be_looked_up():
    small = of_projects(
        [[1, 2], [2, 3], [1, 4], [4, 3], [4, 5], [3, 6]],
        country={1: "DE", 3: "FR"},
        kind={3: "HES"},
        programmes={0: "LEIT", 1: "LEIT;SC4", 2: "SC4"},
    )
    why = explain(fit(small), 0, 2)
    # 2 has two partners and 4 has three, so 2 tells more.
    assert [one.partner for one in why.common_partners] == [1, 3]
    assert [one.with_one.tolist() for one in why.common_partners] == [[0], [2]]
    assert [one.with_other.tolist() for one in why.common_partners] == [[1], [3]]
    assert why.partners_in_common == 2
    shared = [(one.programme, one.of_one, one.of_other) for one in why.programmes]
    assert shared == [("LEIT", 1.0, 0.5), ("SC4", 1.0, 0.5)]
    assert (why.countries, why.kinds) == (("DE", "FR"), ("PRC", "HES"))
    assert why.partners == 3


def test_contributions_add_up_to_the_score(world, model):
    best = suggest(model, 11)
    all_of_them = scores(model, [11])[0]
    why = explain(model, 11, int(best.partners[0]))
    assert why.score == pytest.approx(best.scores[0])
    assert sum(why.contributions.values()) == pytest.approx(why.score - all_of_them.mean())
    assert set(why.contributions) == {*SIGNALS, "border", "hub"}
    assert why.contributions["profile"] > 0
    assert why.country_lift == pytest.approx(
        np.exp(model.ground.countries[world.country[11], world.country[best.partners[0]]])
    )


def test_an_explanation_of_nobody_is_refused(model):
    with pytest.raises(faults.MissingKey):
        explain(model, 0, model.graph.size)
    with pytest.raises(faults.WrongShape):
        explain(model, 4, 4)
