"""Litzenberger-Sternberg cluster index: many firms, densely, and small ones, in one place."""

from collections.abc import Sequence

from ibis import _
from ibis.expr.types import Table

from hanse.engines import reasons
from hanse.engines.regional.exact import ratio
from hanse.engines.regional.table import indicator
from hanse.engines.regional.undefined import explained


@indicator(
    "concentration",
    roles=("region", "value", "plants", "area", "population"),
    optional=("sector",),
    rows_are=("region", "sector"),
    gives=("region", "sector"),
    presets={"reat": {}},
)
def litzenberger_sternberg(cells: Table, *, by: Sequence[str] = ()) -> Table:
    """Litzenberger and Sternberg's cluster index of each sector in each region.

    Formula   index = stock * density / size
              stock   = (x / X) / (p / P)      employment of the sector for each inhabitant
              density = (x / X) / (a / A)      and for each square kilometre
              size    = (x / b) / (X / B)      persons for each of its firms
              x, b persons and firms of the sector in the region, X, B over all regions; a, p area
              and population of the region, A, P over all regions
    Unit      0 and more; 1 = as all regions together; the authors speak of a cluster from 4 on
    Takes     region, sector, value, plants (number), area, population (of the region, the same in
              each of its rows). The regions of the table are the reference: add the rest as a row
    Gives     region, sector, litzenberger_sternberg, stock, density, size, reason
    Unknown   sector_empty; region_empty where area, population or firms are zero
    Source    T. Litzenberger and R. Sternberg (2006) "Der Clusterindex", Geographische
              Zeitschrift 94.

    >>> rows = litzenberger_sternberg({
    ...     "region": ["j", "rest"], "value": [1743, 3997], "plants": [35, 18], "area": [50, 526],
    ...     "population": [488, 4133]})
    >>> round(rows["litzenberger_sternberg"][0].as_py(), 5)
    21.87491
    """
    sector = [name for name in ("sector",) if name in cells.columns]
    within = list(by)
    regions = cells.group_by([*within, "region"]).agg(a=_.area.max(), p=_.population.max())
    regions = regions.mutate(
        a_all=_.a.sum().over(group_by=within), p_all=_.p.sum().over(group_by=within)
    )
    own = list(dict.fromkeys([*within, *sector]))
    rows = cells.mutate(
        x_all=_.value.sum().over(group_by=own), b_all=_.plants.sum().over(group_by=own)
    )
    here = ratio(_.value, _.x_all)
    return (
        rows.join(regions, [*within, "region"])
        .mutate(
            stock=ratio(here, ratio(_.p, _.p_all)),
            density=ratio(here, ratio(_.a, _.a_all)),
            size=ratio(ratio(_.value, _.plants), ratio(_.x_all, _.b_all)),
            # The same with one x cancelled: a sector with firms and nobody in them is 0, not null.
            litzenberger_sternberg=ratio(
                ratio(_.value, _.x_all) * ratio(_.plants, _.b_all),
                ratio(_.p, _.p_all) * ratio(_.a, _.a_all),
            ),
        )
        .pipe(
            explained,
            "litzenberger_sternberg",
            {
                reasons.SECTOR_EMPTY: (_.x_all == 0) | (_.b_all == 0),
                reasons.REGION_EMPTY: (_.p == 0) | (_.a == 0),
            },
        )
        .select(
            *dict.fromkeys([*within, "region", *sector]),
            "litzenberger_sternberg",
            "stock",
            "density",
            "size",
            "reason",
        )
    )
