"""Structure on the real release: related sectors, complexity, peers, hot spots, groups, chains."""

import csv
import io

import pytest
from django.test import Client

from hanse.commons.chains.models import ValueChain
from hanse.observatory.queries.chains import LEAST_PERSONS, chain_strength
from hanse.observatory.queries.complexity import complexity
from hanse.observatory.queries.figures import Release, UnknownRegion, UnknownSector, serving_release
from hanse.observatory.queries.groups import group_strength, groups
from hanse.observatory.queries.peers import DEFAULT_WEIGHTS, VARIABLES, region_peers
from hanse.observatory.queries.related import near_to, related_sectors, sector_space
from hanse.observatory.queries.spots import hot_spots, localisation

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(scope="module")
def release() -> Release:
    return serving_release()


# Related sectors ---------------------------------------------------------------------------------


def test_a_sector_is_present_where_its_quotient_reaches_one(release):
    for one in related_sectors(release, "DE11", 2014).sectors:
        if one.is_published and one.lq is not None and abs(one.lq - 1) > 1e-9:
            assert one.present == (one.lq >= 1), one.sector.code


def test_proximity_is_what_counting_regions_by_hand_gives(release):
    where = {
        code: {
            region
            for region in release.regions_with_figures(2014)
            if release.regions[region].level == 2
            and any(
                one.sector.code == code and one.present
                for one in related_sectors(release, region, 2014).sectors
            )
        }
        for code in ("C29", "C28")
    }
    both = len(where["C29"] & where["C28"])
    near = next(one for one in near_to(release, "C29", 2014) if one.sector.code == "C28")
    assert near.together == both
    assert near.proximity == pytest.approx(both / max(len(where["C29"]), len(where["C28"])))


def test_density_is_the_related_part_that_is_there(release):
    found = related_sectors(release, "DE11", 2014)
    here = {one.sector.code for one in found.sectors if one.present}
    one = found.absent[0]
    near = near_to(release, one.sector.code, 2014)
    wanted = sum(n.proximity for n in near if n.sector.code in here) / sum(
        n.proximity for n in near
    )
    assert one.density == pytest.approx(wanted)
    assert one.density >= found.absent[-1].density


def test_the_map_of_sectors_joins_all(release):
    space = sector_space(release, 2014)
    reached, links = {space.places[0].sector.code}, list(space.links)
    while True:
        further = {
            b if a in reached else a for a, b, _ in links if (a in reached) != (b in reached)
        }
        if not further:
            break
        reached |= further
    assert reached == {place.sector.code for place in space.places}


# Complexity --------------------------------------------------------------------------------------


def test_ranks_lie_within_their_bands_for_nearly_all(release):
    ranked = complexity(release, 2014).ranked
    outside = [one for one in ranked if not one.low <= one.rank <= one.high]
    assert len(outside) < 0.1 * len(ranked)
    assert [one.rank for one in ranked[:5]] == [1, 2, 3, 4, 5]


def test_a_region_of_which_half_is_not_published_has_no_rank(release):
    found = complexity(release, 2014)
    assert {"IE01", "IE02"} <= {one.of.code for one in found.too_little_known}


# Peers -------------------------------------------------------------------------------------------


def test_parts_add_up_and_the_nearest_comes_first(release):
    found = region_peers(release, "DE11", 2014, weights=DEFAULT_WEIGHTS)
    distances = [peer.distance for peer in found.peers]
    assert distances == sorted(distances)
    for peer in found.nearest:
        assert sum(part**2 for part in peer.parts.values()) == pytest.approx(peer.distance**2)


def test_peers_abroad_leave_the_own_country_out(release):
    found = region_peers(release, "DE11", 2014, weights=DEFAULT_WEIGHTS, abroad=True)
    assert not any(peer.region.country == "DE" for peer in found.peers)
    assert {"NL41", "ITC1", "ES21"} <= {peer.region.code for peer in found.nearest}


def test_distance_in_one_variable_is_the_same_both_ways(release):
    weights = dict.fromkeys(VARIABLES, 0.0) | {"mix": 1.0}
    there = {
        p.region.code: p.distance
        for p in region_peers(release, "DE11", 2014, weights=weights).peers
    }
    back = {
        p.region.code: p.distance
        for p in region_peers(release, "NL41", 2014, weights=weights).peers
    }
    assert there["NL41"] == pytest.approx(back["DE11"])


def test_a_country_has_no_peers(release):
    with pytest.raises(UnknownRegion):
        region_peers(release, "DE", 2014, weights=DEFAULT_WEIGHTS)


# Space -------------------------------------------------------------------------------------------


def test_the_hot_spot_of_car_making_lies_around_bohemia(release):
    hot = {spot.region.code for spot in hot_spots(release, "C29", 2014).of_kind("hot")}
    assert {"CZ03", "CZ04", "CZ05", "DE22", "DE23"} <= hot
    assert not any(code.startswith(("ES", "UK", "EL")) for code in hot)


def test_islands_are_not_tested_but_stay_in_the_table(release):
    spots = {spot.region.code: spot for spot in hot_spots(release, "C29", 2014).spots}
    assert spots["ITG1"].kind == "no_neighbours"
    assert spots["ITG1"].p is None


def test_car_making_gathers_and_hotels_do_not(release):
    assert localisation(release, "C29", 2014).gathers_to >= 300
    assert localisation(release, "I55", 2014).gathers_to is None


def test_an_unknown_sector_is_unknown(release):
    with pytest.raises(UnknownSector):
        hot_spots(release, "Z99", 2014)


# Groups and chains -------------------------------------------------------------------------------


def test_every_division_is_in_one_group_and_textiles_stay_together(release):
    found = groups(release)
    members = [member.sector.code for group in found.groups for member in group.members]
    assert len(members) == len(set(members)) >= 60
    textile = next(
        group for group in found.groups if "C13" in {m.sector.code for m in group.members}
    )
    assert {"C13", "C14", "C15"} <= {member.sector.code for member in textile.members}
    assert found.chosen.together > found.chosen.by_chance


def test_strength_of_a_group_is_that_of_its_divisions_together(release):
    group = groups(release).groups[-1]
    sectors = [member.sector.code for member in group.members]
    whole = chain_strength(release, chain_of(sectors), 2014)
    for code, one in list(group_strength(release, group, 2014).items())[:40]:
        assert whole.stages[0].by_region[code].quotient == pytest.approx(one.quotient)


def chain_of(*stages) -> ValueChain:
    return ValueChain(name="A chain", drawn=[[f"S{n}", list(s)] for n, s in enumerate(stages)])


def test_the_cover_is_strong_at_every_stage_at_which_any_region_is(release):
    found = chain_strength(release, chain_of(["C29"], ["C13"], ["J62"]), 2014)
    for stage in found.stages:
        strong = {one.region.code for one in stage.strong(found.least)}
        assert not strong or strong & {region.code for region in found.cover}
        assert all(one.persons >= LEAST_PERSONS for one in stage.strong(found.least))


def test_a_figure_that_jumped_does_not_make_a_region_strong(release):
    # All Norwegian trade of 2014 stands in one region of the source.
    found = chain_strength(release, chain_of(["G45"]), 2014)
    assert found.stages[0].by_region["NO04"].jumped
    assert "NO04" not in {region.code for region in found.cover}


# Doors -------------------------------------------------------------------------------------------

PAGES = [
    "/observatory/regions/DE11/related/",
    "/observatory/regions/DE11/related/?year=1066",
    "/observatory/regions/DE11/peers/",
    "/observatory/regions/DE11/peers/?w_mix=-1&w_population=x&abroad=on",
    "/observatory/regions/DE11/peers/?w_mix=0&w_population=0&w_urban_share=0",
    "/observatory/regions/MT00/peers/?outcome=jobs_growth&measure=cosine",
    "/observatory/relatedness/",
    "/observatory/complexity/?year=2009",
    "/observatory/clusters/?group=77",
    "/observatory/sectors/C29/hot-spots/?map=hexagons",
    "/observatory/sectors/C/hot-spots/",
    "/observatory/sectors/B05/hot-spots/?year=2008",
    "/observatory/sectors/C29/localisation/",
    "/observatory/sectors/C/localisation/",
    "/observatory/chains/",
    "/observatory/methods/definition/",
]


@pytest.mark.parametrize("page", PAGES)
def test_pages_answer_whatever_is_asked(page):
    assert Client().get(page).status_code == 200


@pytest.mark.parametrize(
    "page",
    [
        "/observatory/regions/DE/related/",
        "/observatory/regions/XX99/peers/",
        "/observatory/sectors/Z99/hot-spots/",
        "/observatory/sectors/Z99/localisation/",
        "/observatory/chains/999999/",
    ],
)
def test_what_is_not_there_is_not_found(page):
    assert Client().get(page).status_code == 404


FILES = [
    ("/observatory/regions/DE11/related/figures.{}", "/api/v1/regions/DE11/related"),
    ("/observatory/regions/DE11/peers/figures.{}", "/api/v1/regions/DE11/peers"),
    ("/observatory/relatedness/figures.{}", "/api/v1/relatedness"),
    ("/observatory/complexity/figures.{}", "/api/v1/complexity"),
    ("/observatory/sectors/C29/hot-spots/figures.{}", "/api/v1/sectors/C29/hot-spots"),
    ("/observatory/sectors/C29/localisation/figures.{}", "/api/v1/sectors/C29/localisation"),
    ("/observatory/clusters/figures.{}", "/api/v1/groups"),
]


@pytest.mark.parametrize(("file", "api"), FILES)
def test_files_and_interface_give_the_same_rows(file, api):
    answer = Client().get(file.format("csv"))
    lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(io.StringIO("\n".join(lines))))
    found = Client().get(f"{api}?limit=5000").json()
    assert found["total"] == len(rows) > 0
    for form in ("xlsx", "parquet"):
        assert Client().get(file.format(form)).status_code == 200
    assert Client().get(file.format("exe")).status_code == 404
