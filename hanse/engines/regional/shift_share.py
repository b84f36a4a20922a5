"""Shift-share: what part of a region's change is Europe's, its mix's, its own."""

from ibis import _
from ibis.expr.types import NumericValue, Table

from hanse.engines.regional.exact import ratio, whole

STEP = 2**20


def reference_change(cells: Table) -> Table:
    """Persons of the reference area at both ends of every pair of years, like compared with like.

    Formula   Xi0, Xi1 = sum of persons(i, c) over the countries c whose own figure of division i is
              known in both years;  X0, X1 = sum of Xi0, Xi1 over the divisions
    Takes     country figures (NUTS 0) of divisions: country, sector, year, persons, has_regions
              (the country has regional figures that year)
    Gives     sector, start, end, i0, i1, x0, x1
    Source    the platform's definition: a country that joins or falls silent between the two years
              would otherwise count as growth or decline.
    """
    known = cells.filter(_.persons.notnull(), _.has_regions)
    first = known.select("country", "sector", start=_.year, i0=_.persons)
    last = known.select("country", "sector", end=_.year, i1=_.persons)
    sectors = (
        first.join(last, ["country", "sector"])
        .filter(_.start < _.end)
        .group_by("sector", "start", "end")
        .agg(i0=_.i0.sum().cast("int64"), i1=_.i1.sum().cast("int64"))
    )
    totals = sectors.group_by("start", "end").agg(
        x0=_.i0.sum().cast("int64"), x1=_.i1.sum().cast("int64")
    )
    return sectors.join(totals, ["start", "end"])


def shift_share(cells: Table, reference: Table) -> Table:
    """Change of persons employed in three parts that add up exactly, for every pair of years.

    Formula   national = x0 * (X1 / X0 - 1)          as if all had changed like the reference area
              mix      = x0 * (Xi1 / Xi0 - X1 / X0)  what the sector did beyond that
              local    = (x1 - x0) - national - mix  what the region did beyond its sector
    Unit      persons
    Takes     cells of divisions: region, sector, year, persons; reference: of
              `reference_change`
    Gives     region, sector, start, end, start_persons, end_persons, change, national, mix, local
    Unknown   rows exist only where both years are known and the reference area had the sector.
    Exactly   national and mix are rounded to 2**-20 of a person (floor(v * 2**20 + 1/2) / 2**20)
              and local is the rest. All three are then multiples of 2**-20 below 2**33 (a region
              is a part of its reference area), which float64 adds without rounding: the parts,
              and sums of them over sectors, add up exactly, in any order. The rounding is below
              one millionth of a person.
    Source    E. S. Dunn (1960) "A statistical and analytical technique for regional analysis",
              Papers of the Regional Science Association 6.

    >>> import ibis
    >>> cells = ibis.memtable({
    ...     "region": [1, 1], "sector": [29] * 2, "year": [2010, 2014], "persons": [100, 130]})
    >>> reference = ibis.memtable({
    ...     "sector": [29], "start": [2010], "end": [2014], "i0": [400], "i1": [500],
    ...     "x0": [1000], "x1": [1100]})
    >>> shift_share(cells, reference).select("national", "mix", "local").to_pyarrow().to_pylist()
    [{'national': 10.0, 'mix': 15.0, 'local': 5.0}]
    """
    known = cells.filter(_.persons.notnull())
    first = known.select("region", "sector", start=_.year, start_persons=_.persons.cast("int64"))
    last = known.select("region", "sector", end=_.year, end_persons=_.persons.cast("int64"))
    # The products Xi0 * X0 and so on belong to the reference: computed once, not per region.
    rates = reference.filter(_.i0 > 0, _.x0 > 0).select(
        "sector",
        "start",
        "end",
        x0=_.x0,
        rise=_.x1 - _.x0,
        base=whole(_.i0) * whole(_.x0),
        lead=whole(_.i1) * whole(_.x0) - whole(_.x1) * whole(_.i0),
    )
    return (
        first.join(last, ["region", "sector"])
        .filter(_.start < _.end)
        .join(rates, ["sector", "start", "end"])
        .mutate(
            change=(_.end_persons - _.start_persons).cast("int64"),
            national=_stepped(ratio(whole(_.start_persons) * whole(_.rise), _.x0)),
            mix=_stepped(ratio(whole(_.start_persons) * _.lead, _.base)),
        )
        .mutate(local=_.change.cast("float64") - _.national - _.mix)
        .select(
            "region",
            "sector",
            "start",
            "end",
            "start_persons",
            "end_persons",
            "change",
            "national",
            "mix",
            "local",
        )
    )


def summed_over_sectors(parts: Table) -> Table:
    """The three parts of a region as a whole: sums over the divisions known in both years.

    Formula   national(r) = sum over i of national(i, r), and so on; exact, see `shift_share`
    Unit      persons
    Gives     region, start, end, start_persons, end_persons, change, national, mix, local
    """
    return parts.group_by("region", "start", "end").agg(
        start_persons=_.start_persons.sum().cast("int64"),
        end_persons=_.end_persons.sum().cast("int64"),
        change=_.change.sum().cast("int64"),
        national=_.national.sum(),
        mix=_.mix.sum(),
        local=_.local.sum(),
    )


def _stepped(value: NumericValue) -> NumericValue:
    return (value * float(STEP) + 0.5).floor().cast("float64") / float(STEP)
