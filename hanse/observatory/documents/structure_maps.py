"""Maps of structure: complexity, hot spots. Hexagons, or real boundaries where they are at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hanse.kit.maps import Classes, atlas, hexmap
from hanse.kit.maps.classes import RATIOS
from hanse.kit.numbers import figure, signed
from hanse.observatory.documents.addresses import pattern
from hanse.observatory.documents.maps import BIG, boundaries, grid
from hanse.observatory.queries.chains import ChainStrength
from hanse.observatory.queries.complexity import Complexity
from hanse.observatory.queries.figures import Release
from hanse.observatory.queries.groups import Group, group_strength
from hanse.observatory.queries.spots import HotSpots
from hanse.observatory.words import SpotKind

ROOM = 60  # of a field of the key
# Standard deviations of the index.
COMPLEXITIES = Classes((-1.5, -0.5, 0.5, 1, 1.5), marks=("−1.5", "−0.5", "+0.5", "+1", "+1.5"))


def map_of_complexity(found: Complexity) -> SafeString:
    values = {one.of.code: one.index for one in found.regions}
    painted = COMPLEXITIES.painted(values)
    return painted_map(
        found.release,
        painted,
        label=_("Complexity of regions, %(year)s") % {"year": found.year},
        titles={
            one.of.code: f"{one.of.name}: "
            + (_("too little published") if one.index is None else signed(one.index, 1))
            for one in found.regions
        },
        page="region_related",
        year=found.year,
    ) + key_of(
        list(zip(COMPLEXITIES.paints, (*COMPLEXITIES.marks, ""), strict=True)),
        label=_("Key: complexity in standard deviations from the mean of regions"),
    )


STAGES = Classes((1, 2, 3, 4), ("q1", "q3", "q4", "q5", "q6"))


def map_of_chain(found: ChainStrength) -> SafeString:
    """Regions by the number of stages they are strong at."""
    numbers = {region.code: number for region, number, _total in found.many}
    known = {code for stage in found.stages for code in stage.by_region}
    painted = {code: STAGES.of(float(numbers.get(code, 0))) for code in known}
    return painted_map(
        found.release,
        painted,
        label=_("Stages of the chain at which each region is strong, %(year)s")
        % {"year": found.year},
        titles={
            code: f"{found.release.regions[code].name}: {numbers.get(code, 0)}" for code in known
        },
        page="region",
        year=found.year,
    ) + key_of(
        list(zip(STAGES.paints, ("0", "1", "2", "3", "4+"), strict=True)),
        label=_("Key: number of stages at which the region is strong"),
        middle=True,
    )


def map_of_group(release: Release, group: Group, year: int) -> SafeString:
    """Regions by the location quotient of a group's divisions together."""
    strength = group_strength(release, group, year)
    return painted_map(
        release,
        RATIOS.painted({code: one.quotient for code, one in strength.items()}),
        label=_("Location quotient of group %(number)s, %(year)s")
        % {"number": group.number, "year": year},
        titles={
            code: f"{one.region.name}: {'≥' if one.is_bound else ''}{figure(one.quotient, 1)}"
            for code, one in strength.items()
        },
        page="region",
        year=year,
    ) + key_of(
        list(zip(RATIOS.paints, (*RATIOS.marks, ""), strict=True)),
        label=_("Key: location quotient; 1 is Europe’s share"),
    )


SPOT_PAINTS = {
    "hot": "d6",
    "high_among_low": "d5",
    "low_among_high": "d2",
    "cold": "d1",
    "none": "d0",
    "no_neighbours": "d0",
}


def map_of_spots(found: HotSpots, kind: str) -> SafeString:
    return painted_map(
        found.release,
        {spot.region.code: SPOT_PAINTS[spot.kind] for spot in found.spots},
        label=_("Hot spots, %(sector)s, %(year)s")
        % {"sector": found.sector.title, "year": found.year},
        titles={
            spot.region.code: f"{spot.region.name}: {SpotKind(spot.kind).label}, "
            + _("LQ %(value)s") % {"value": figure(spot.lq, 1)}
            for spot in found.spots
        },
        page="region",
        year=found.year,
        kind=kind,
    )


def key_of_spots() -> SafeString:
    """A key in words, one below the other where there is no room: they are too long for fields."""
    kinds = [SpotKind(name) for name in ("hot", "high_among_low", "none", "low_among_high", "cold")]
    return format_html(
        '<ul class="keywords">{}</ul>',
        format_html_join(
            "",
            '<li><svg viewBox="0 0 22 12" aria-hidden="true">'
            '<rect class="{}" width="22" height="12"/></svg> {}</li>',
            [(SPOT_PAINTS[kind], kind.label) for kind in kinds],
        ),
    )


def painted_map(
    release: Release,
    painted: Mapping[str, str],
    *,
    label: str,
    titles: Mapping[str, str],
    page: str,
    year: int,
    kind: str = "hexagons",
) -> SafeString:
    """Regions in their paint; those outside the survey and without a figure hatched."""
    surveyed = {code: painted.get(code, "nk") for code in release.surveyed_regions}
    whole = {
        code: paint
        for code, paint in {**surveyed, **painted}.items()
        if release.regions[code].level == 2  # noqa: PLR2004 -- NUTS level
    }
    said = {
        code: titles.get(code) or f"{release.regions[code].name}: {_('not published')}"
        for code in whole
    }
    at = pattern(page)
    links = {code: f"{at.replace('CODE', code)}?year={year}" for code in painted}
    sheet = boundaries(release) if kind == "boundaries" else None
    if sheet is not None:
        return atlas(
            sheet,
            whole,
            label=label,
            description=label,
            titles=said,
            links=links,
            labels=[],
            names={code: region.name for code, region in release.regions.items()},
        )
    placed = grid(release).places
    return hexmap(
        grid(release),
        {code: paint for code, paint in whole.items() if code in placed},
        spacing=BIG,
        label=label,
        titles=said,
        links=links,
    )


def key_of(classes: Sequence[tuple[str, str]], *, label: str, middle: bool = False) -> SafeString:
    """A key: each class with the limit above it, or with its word in the middle."""
    fields = "".join(
        f'<rect class="{paint}" x="{ROOM * place}" width="{ROOM - 3}" height="10"/>'
        f'<text x="{ROOM * (place + (0.5 if middle else 1)) - 1:g}" y="26" font-size="13"'
        f' class="mid">{escape(word)}</text>'
        for place, (paint, word) in enumerate(classes)
    )
    width = ROOM * len(classes)
    return SafeString(
        f'<svg class="key" viewBox="0 0 {width} 32" role="img" aria-label="{escape(label)}">'
        f"{fields}</svg>"
    )
