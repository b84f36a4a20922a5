"""Structure as sheets: related sectors, proximities, complexity, peers; the rows of the pages."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hanse.kit.sheets import Column, Sheet
from hanse.observatory.documents.sheets import notes
from hanse.observatory.queries import structure_findings
from hanse.observatory.queries.chains import ChainStrength
from hanse.observatory.queries.complexity import Complexity
from hanse.observatory.queries.figures import Region, Release
from hanse.observatory.queries.groups import Groups
from hanse.observatory.queries.peers import VARIABLES, RegionPeers
from hanse.observatory.queries.related import RelatedSectors, near_to, sector_space
from hanse.observatory.queries.spots import HotSpots, Localisation


def sheet_of_related(found: RelatedSectors) -> Sheet:
    columns = (
        Column("region", _("NUTS code"), is_dimension=True),
        Column("sector", _("NACE Rev. 2 code"), is_dimension=True),
        Column("name", _("sector")),
        Column("year", _("year"), is_dimension=True),
        Column("present", _("whether the region is specialised in it")),
        Column("is_published", _("whether the figure is published")),
        Column("density", _("relatedness density"), _("share")),
        Column("gain", _("complexity outlook gain")),
        Column("complexity", _("complexity of the sector"), _("standard deviations")),
        Column("persons", _("persons employed"), _("persons")),
        Column("lq", _("location quotient")),
    )
    rows = tuple(
        (
            found.region.code,
            one.sector.code,
            one.sector.title,
            found.year,
            one.present,
            one.is_published,
            one.density,
            one.gain,
            one.complexity,
            one.persons,
            one.lq,
        )
        for one in found.sectors
    )
    name = f"related-{found.region.code}-{found.year}"
    title = structure_findings.of_related(found)
    return Sheet(name, title, columns, rows, notes(found.release))


def sheet_of_proximities(release: Release, year: int) -> Sheet:
    columns = (
        Column("sector", _("NACE Rev. 2 code"), is_dimension=True),
        Column("other", _("NACE Rev. 2 code of the other"), is_dimension=True),
        Column("year", _("year"), is_dimension=True),
        Column("proximity", _("proximity")),
        Column("together", _("regions specialised in both"), _("regions")),
    )
    rows = tuple(
        (place.sector.code, near.sector.code, year, near.proximity, near.together)
        for place in sector_space(release, year).places
        for near in near_to(release, place.sector.code, year)
    )
    return Sheet(f"proximities-{year}", _("Proximity of sectors"), columns, rows, notes(release))


def sheet_of_complexity(found: Complexity) -> Sheet:
    columns = (
        Column("kind", _("region or sector"), is_dimension=True),
        Column("code", _("NUTS or NACE Rev. 2 code"), is_dimension=True),
        Column("name", _("name")),
        Column("year", _("year"), is_dimension=True),
        Column("complexity", _("complexity"), _("standard deviations")),
        Column("rank", _("rank")),
        Column("rank_low", _("best rank of 90 % of the draws")),
        Column("rank_high", _("worst rank of 90 % of the draws")),
        Column("count", _("sectors of the region, or regions of the sector")),
        Column("outlook", _("complexity outlook index")),
        Column("unpublished", _("cells that are not published")),
    )
    rows = tuple(
        (
            "region" if isinstance(one.of, Region) else "sector",
            one.of.code,
            one.of.name,
            found.year,
            one.index,
            one.rank,
            one.low,
            one.high,
            one.count,
            one.outlook,
            one.unpublished,
        )
        for one in (*found.regions, *found.sectors)
    )
    title = structure_findings.of_complexity(found)
    return Sheet(f"complexity-{found.year}", title, columns, rows, notes(found.release))


def sheet_of_peers(found: RegionPeers) -> Sheet:
    columns = (
        Column("region", _("NUTS code"), is_dimension=True),
        Column("peer", _("NUTS code of the peer"), is_dimension=True),
        Column("name", _("region")),
        Column("year", _("year"), is_dimension=True),
        Column("rank", _("rank, the most alike first")),
        Column("distance", _("structural distance; 1 = two regions on average")),
        Column("known", _("share of the weight that is known for both")),
        *(
            Column(f"part_{slug}", _("part of the distance: %(variable)s") % {"variable": v.label})
            for slug, v in VARIABLES.items()
        ),
        *(
            Column(slug, str(v.label), str(v.says))
            for slug, v in VARIABLES.items()
            if slug != "mix"
        ),
        Column("outcome", str(found.outcome.label)),
        Column("better", _("whether the peer does better")),
    )
    rows = tuple(
        (
            found.region.code,
            peer.region.code,
            peer.region.name,
            found.year,
            peer.rank,
            peer.distance,
            peer.known,
            *(peer.parts[slug] for slug in VARIABLES),
            *(peer.values[slug] for slug in VARIABLES if slug != "mix"),
            peer.outcome,
            peer.better,
        )
        for peer in found.peers
    )
    weights = ", ".join(f"{slug} {weight:g}" for slug, weight in found.weights.items())
    about = (*notes(found.release), f"Weights: {weights}", f"Sector mix by: {found.measure}")
    name = f"peers-{found.region.code}-{found.year}"
    return Sheet(name, structure_findings.of_peers(found), columns, rows, about)


def sheet_of_chain(found: ChainStrength) -> Sheet:
    columns = (
        Column("region", _("NUTS code"), is_dimension=True),
        Column("name", _("region")),
        Column("stage", _("stage"), is_dimension=True),
        Column("sectors", _("NACE Rev. 2 codes")),
        Column("year", _("year"), is_dimension=True),
        Column("persons", _("persons employed"), _("persons")),
        Column("lq", _("location quotient")),
        Column("is_bound", _("whether a sector of the stage is not published")),
        Column("jumped", _("whether the figure changed more than threefold between two years")),
        Column("is_strong", _("whether the region is strong at the stage")),
        Column("in_cover", _("whether the region is in the covering set")),
    )
    cover = {region.code for region in found.cover}
    rows = tuple(
        (
            one.region.code,
            one.region.name,
            stage.name,
            " ".join(stage.sectors),
            found.year,
            one.persons,
            one.quotient,
            one.is_bound,
            one.jumped,
            one.is_strong(found.least),
            one.region.code in cover,
        )
        for stage in found.stages
        for one in stage.by_region.values()
    )
    about = (*notes(found.release), f"Strong from: {found.least:g}")
    name = f"chain-{found.chain.pk}-{found.year}"
    return Sheet(name, structure_findings.of_chain(found), columns, rows, about)


def sheet_of_spots(found: HotSpots) -> Sheet:
    columns = (
        Column("region", _("NUTS code"), is_dimension=True),
        Column("name", _("region")),
        Column("sector", _("NACE Rev. 2 code"), is_dimension=True),
        Column("year", _("year"), is_dimension=True),
        Column("kind", _("what it is among its neighbours")),
        Column("lq", _("location quotient")),
        Column("lag", _("mean quotient of its neighbours")),
        Column("neighbours", _("neighbours with a figure"), _("regions")),
        Column("local_moran", _("local Moran of log2 LQ")),
        Column("p", _("pseudo p-value, two-sided")),
        Column("p_adjusted", _("p-value adjusted after Benjamini and Hochberg")),
        Column("g_star", _("G* of Getis and Ord, standardised")),
    )
    rows = tuple(
        (
            spot.region.code,
            spot.region.name,
            found.sector.code,
            found.year,
            spot.kind,
            spot.lq,
            spot.lag,
            spot.neighbours,
            spot.local_moran,
            spot.p,
            spot.p_adjusted,
            spot.g_star,
        )
        for spot in found.spots
    )
    name = f"hot-spots-{found.sector.code}-{found.year}"
    return Sheet(name, structure_findings.of_spots(found), columns, rows, notes(found.release))


def sheet_of_localisation(found: Localisation) -> Sheet:
    columns = (
        Column("sector", _("NACE Rev. 2 code"), is_dimension=True),
        Column("year", _("year"), is_dimension=True),
        Column("distance", _("distance"), _("km"), is_dimension=True),
        Column("kd", _("density of distances"), _("per km")),
        Column("low", _("band at this distance, from")),
        Column("high", _("band at this distance, to")),
        Column("global_low", _("band of the whole curve, from")),
        Column("global_high", _("band of the whole curve, to")),
    )
    rows = tuple(
        (
            found.sector.code,
            found.year,
            distance,
            found.kd[step],
            found.low[step],
            found.high[step],
            found.global_low[step],
            found.global_high[step],
        )
        for step, distance in enumerate(found.distances)
    )
    name = f"localisation-{found.sector.code}-{found.year}"
    title = structure_findings.of_localisation(found)
    return Sheet(name, title, columns, rows, notes(found.release))


def sheet_of_groups(found: Groups) -> Sheet:
    columns = (
        Column("sector", _("NACE Rev. 2 code"), is_dimension=True),
        Column("name", _("sector")),
        Column("group", _("group")),
        Column("own", _("relatedness to its group")),
        Column("next_group", _("next group")),
        Column("next", _("relatedness to that")),
        Column("moved", _("whether it was moved while cleaning")),
    )
    rows = tuple(
        (
            member.sector.code,
            member.sector.title,
            group.number,
            member.own,
            member.next_group,
            member.next,
            member.moved,
        )
        for group in found.groups
        for member in group.members
    )
    title = structure_findings.of_groups(found)
    return Sheet(f"groups-{found.year}", title, columns, rows, notes(found.release))
