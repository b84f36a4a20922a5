"""The speed case: quotients and stars over generated cells, far more than Eurostat publishes."""

import time
from fractions import Fraction
from typing import TYPE_CHECKING

from hanse.observatory.rules.schemes import STARS
from hanse.ports.warehouse import open_warehouse

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Table


def generated_cells(
    *, regions: int = 3000, sectors: int = 1000, years: int = 2, rows: int = 1_600_000
) -> "pa.Table":
    """Made-up persons employed, on integer keys; the same rows on every machine."""
    import numpy as np
    import pyarrow as pa

    chance = np.random.default_rng(20180207)
    places = chance.choice(regions * sectors * years, rows, replace=False, shuffle=False)
    return pa.table(
        {
            "region": (places % regions).astype("int32"),
            "sector": (places // regions % sectors).astype("int32"),
            "year": (places // (regions * sectors) + 2014).astype("int32"),
            "persons": chance.geometric(0.001, rows).astype("int64"),
        }
    )


def rate_generated_cells(
    rows: "pa.Table | None" = None, *, threads: int | None = None
) -> dict[str, float]:
    """Rows, seconds of computing (loading not counted), and how many cells reach three stars."""
    rows = generated_cells() if rows is None else rows
    with open_warehouse(threads) as warehouse:
        cells = warehouse.put("generated", rows)
        began = time.perf_counter()
        rated = warehouse.keep("rated", rated_cells(cells))
        seconds = time.perf_counter() - began
        best = warehouse.rows(rated.filter(rated.stars == len(STARS.tests)).count().as_table())
    return {
        "rows": rows.num_rows,
        "seconds": seconds,
        "three_stars": best.column(0)[0].as_py(),
    }


def rated_cells(cells: "Table") -> "Table":
    """Quotient and stars with the sums of the cells themselves as totals and reference area."""
    import ibis
    from ibis import _

    from hanse.engines.regional import ranks, strength
    from hanse.engines.regional.location_quotient import location_quotients, quotient_reaches

    totals = cells.group_by("region", "year").agg(total=_.persons.sum().cast("int64"))
    reference = cells.group_by("sector", "year").agg(
        reference_persons=_.persons.sum().cast("int64")
    )
    whole = cells.group_by("year").agg(reference_total=_.persons.sum().cast("int64"))
    compared = location_quotients(
        cells.join(totals, ["region", "year"])
        .join(reference, ["sector", "year"])
        .join(whole, ["year"])
        .mutate(is_ranked=ibis.literal(True))
    )
    tenth, within = Fraction(1, 10), ("sector", "year")
    ranked = ranks.ranked(compared, "persons", within=within, name="size", top=tenth)
    ranked = ranks.ranked(ranked, "share", within=within, name="focus", top=tenth)
    tested = ranked.mutate(
        stars_size=strength.in_top_share(ranked, "size", counted="persons"),
        stars_specialisation=quotient_reaches(ranked, Fraction(2)),
        stars_focus=strength.in_top_share(ranked, "focus", counted="persons"),
    )
    return strength.tests_passed(tested, [rule.column for rule in STARS.tests], name="stars")
