"""Shift-share analysis: what of a region's change is the nation's, its mix's, and its own."""

from collections.abc import Sequence
from typing import Any

from ibis import _
from ibis.expr.types import FloatingValue, Table

from hanse.engines import faults, reasons
from hanse.engines.regional.exact import ratio
from hanse.engines.regional.spans import both_ends, spans
from hanse.engines.regional.table import grouped, indicator, matched
from hanse.engines.regional.undefined import explained

FORMS = {
    "dunn": ("national", "mix", "regional"),
    "esteban": ("national", "mix", "regional", "allocation", "new_in_region"),
    "gerfin": ("national", "mix", "regional"),
}


@indicator(
    "change",
    roles=("region", "sector", "period", "value"),
    rows_are=("region", "sector", "period"),
    gives=("region", "sector", "start"),
    presets={"reat": {}},
)
def shift_share_analysis(
    cells: Table,
    *,
    by: Sequence[str] = (),
    form: str = "dunn",
    of: str = "region",
    periods: str = "ends",
    first: Any = None,
    last: Any = None,
    reference: Table | None = None,
) -> Table:
    """Change of each region, or of each of its sectors, in parts that add up exactly.

    Formula   "dunn": national = x0 * (N1 / N0 - 1), mix = x0 * (n1 / n0 - N1 / N0),
              regional = the rest of x1 - x0, which is x0 * (x1 / x0 - n1 / n0);
              x of the sector in the region, n in the nation, N the nation over all sectors; sums
              over the sectors. The nation is the whole table, or the table `reference` of sectors
              "esteban": h = X0 * n0 / N0 persons if the region had the nation's mix;
              regional = h * (x1 / x0 - n1 / n0), allocation = (x0 - h) * (x1 / x0 - n1 / n0);
              a sector that is new in the region has no x1 / x0: its change is new_in_region
              "gerfin": factors of X1 / X0: national = N1 / N0, mix = E / X0 / national with
              E = sum of x0 * n1 / n0, regional = X1 / E
              new_in_reference: the change in sectors that the nation did not have at the start,
              where no other part is defined ("gerfin": the factor of all to all others)
              net_shift = the change (factor) beyond the national part
    Unit      persons; "gerfin": factors, 1 = as the nation
    Takes     region, sector, period, value; of "region" or "cell"; periods "ends": from the
              first to the last, "each": from each to the next, "sum": those added up (dynamic
              shift-share), with the first and last period as start and end
    Gives     region, sector (of cells), start, end, change (factor of growth), the parts of the
              form, net_shift, new_in_reference, left_out, reason
    Exactly   change = national + mix + regional (+ allocation + new_in_region) + new_in_reference
              in float64, in any order, also over the sectors and spans of a region: each part is
              brought onto the grid of one power of two, about 1e-15 of the sum of all parts, as
              (v + m) - m does for an m larger than every sum; the last part is the rest
    Unknown   base_zero (gerfin) where the region had nothing; reference_empty; too_few with one
              period. A cell unknown at either end is left out of region and nation, and counted
    Source    E. S. Dunn (1960), Papers of the Regional Science Association 6; J. M.
              Esteban-Marquillas (1972), Regional and Urban Economics 2; H. Gerfin (1964), Kyklos
              17; R. A. Barff and P. L. Knight (1988), Growth and Change 19 (dynamic).

    >>> cells = {"region": ["a", "a", "b", "b"], "sector": ["x"] * 4, "period": [1, 2, 1, 2],
    ...          "value": [10, 15, 30, 33]}
    >>> shift_share_analysis(cells).select(["change", "national", "regional"]).to_pylist()[0]
    {'change': 5.0, 'national': 2.0, 'regional': 3.0}
    """
    _check(form, of, periods)
    within = spans(
        cells, by=by, first=first, last=last, periods="ends" if periods == "ends" else "each"
    )
    rows = both_ends(cells, ("region", "sector"), within, by=by)
    rows = _beside_the_nation(rows, within, by, reference)
    spanned = list(dict.fromkeys([*by, "region", "start", "end"]))
    units = ["region"] if of == "region" else ["region", "sector"]
    owner = list(dict.fromkeys([*by, *units, "start", "end"]))
    rows = rows.mutate(rise=ratio(_.all1, _.all0), own=ratio(_.n1, _.n0))
    if form == "gerfin":
        return _factors(rows, owner)
    rows = _parts(rows, form, spanned, by)
    if periods == "sum":
        owner = [name for name in owner if name not in {"start", "end"}]
    names = ("change", *FORMS[form], "net_shift", "new_in_reference")
    sums = grouped(rows, owner).agg(
        first=_.start.min(),
        last=_.end.max(),
        missing=_.undefined.sum(),
        left_out=_.x0.isnull().sum(),
        **{name: _[name].sum() for name in names},
    )
    if periods == "sum":
        sums = sums.rename(start="first", end="last")
        owner = [*owner, "start", "end"]
    void = (sums.start == sums.end) | (sums.missing > 0)
    shown = {name: void.ifelse(None, sums[name]) for name in names if name != "change"}
    return (
        sums.mutate(**shown)
        .pipe(
            explained,
            "national",
            {reasons.TOO_FEW: _.start == _.end, reasons.REFERENCE_EMPTY: _.missing > 0},
        )
        .select(*owner, *names, "left_out", "reason")
    )


def _check(form: str, of: str, periods: str) -> None:
    if form not in FORMS:
        raise faults.UnknownConvention(f"form={form!r}: {', '.join(FORMS)} are known.")
    if of not in {"region", "cell"}:
        raise faults.UnknownConvention(f"of={of!r}: the change is of a region or a cell.")
    if periods not in {"ends", "each", "sum"}:
        raise faults.UnknownConvention(f"periods={periods!r}: ends, each or sum is meant.")
    if form == "gerfin" and periods == "sum":
        raise faults.UnknownConvention("Factors do not add up: ask for periods='each'.")


def _beside_the_nation(
    rows: Table, within: Table, by: Sequence[str], reference: Table | None
) -> Table:
    """n0 and n1 of the sector in the nation, all0 and all1 over its sectors."""
    span = list(dict.fromkeys([*by, "start", "end"]))
    if reference is None:
        return rows.mutate(
            n0=_.x0.sum().over(group_by=[*span, "sector"]),
            n1=_.x1.sum().over(group_by=[*span, "sector"]),
            all0=_.x0.sum().over(group_by=span),
            all1=_.x1.sum().over(group_by=span),
        )
    for name in ("sector", "period"):
        if name not in reference.columns:
            raise faults.MissingColumn(f"The reference area needs the column {name!r}.")
    kept = [name for name in by if name in reference.columns]
    area = reference.mutate(
        sector=reference.sector.cast(rows.sector.type()),
        period=reference.period.cast(rows.start.type()),
    )
    units = [name for name in ("region", "sector") if name in area.columns]
    found = both_ends(area, units, within.select(*kept, "start", "end").distinct(), by=kept)
    keys = [*kept, "start", "end"]
    sectors = found.group_by([*keys, "sector"]).agg(n0=_.x0.sum(), n1=_.x1.sum())
    sums = sectors.group_by(keys).agg(all0=_.n0.sum(), all1=_.n1.sum())
    rows = matched(rows, sectors, [*keys, "sector"])
    rows = rows.mutate(n0=rows.n0.fill_null(0.0), n1=rows.n1.fill_null(0.0))
    return matched(rows, sums, keys)


def _parts(rows: Table, form: str, spanned: Sequence[str], by: Sequence[str]) -> Table:
    known = rows.x0.notnull()
    old = known & (rows.n0 > 0)
    started = old & (rows.x0 > 0)
    nothing = known.ifelse(0.0, None)
    base = rows.x0.sum().over(group_by=list(spanned))
    if form == "esteban":
        gap = ratio(rows.x1, rows.x0) - rows.own
        homothetic = base * ratio(rows.n0, rows.all0) * gap
        rows = rows.mutate(homothetic=started.ifelse(homothetic, nothing))
    rows = rows.mutate(
        undefined=(known & (rows.x0 > 0) & rows.rise.isnull()).cast("int32"),
        raw_national=old.ifelse(rows.x0 * (rows.rise - 1.0), nothing),
        raw_mix=old.ifelse(rows.x0 * (rows.own - rows.rise), nothing),
        raw_regional=rows.homothetic if form == "esteban" else nothing,
        old=old,
        started=started,
    )
    size = (rows.x1 - rows.x0).abs() + rows.raw_national.abs() + rows.raw_mix.abs()
    region = list(dict.fromkeys([*by, "region"]))
    total = (size + rows.raw_regional.abs()).sum().over(group_by=region)
    rows = rows.mutate(m=total * 16.0)
    rows = rows.mutate(
        change=_onto_grid(rows.x1 - rows.x0, rows.m),
        national=_onto_grid(rows.raw_national, rows.m),
        mix=_onto_grid(rows.raw_mix, rows.m),
    )
    none = rows.change.isnull().ifelse(None, 0.0)
    rows = rows.mutate(
        net_shift=rows.change - rows.national,
        rest=rows.old.ifelse((rows.change - rows.national) - rows.mix, none),
        new_in_reference=rows.old.ifelse(none, rows.change),
        none=none,
    )
    if form == "dunn":
        return rows.mutate(regional=rows.rest)
    rows = rows.mutate(regional=_onto_grid(rows.raw_regional, rows.m))
    return rows.mutate(
        allocation=rows.started.ifelse(rows.rest - rows.regional, rows.none),
        new_in_region=(rows.old & ~rows.started).ifelse(rows.rest, rows.none),
    )


def _onto_grid(value: FloatingValue, m: FloatingValue) -> FloatingValue:
    """The value as a multiple of the last binary digit of m; m is far larger."""
    return (value + m) - m


def _factors(rows: Table, owner: Sequence[str]) -> Table:
    old = rows.n0 > 0
    expected = rows.mutate(
        expected=old.ifelse(rows.x0 * rows.own, 0.0), carried=old.ifelse(rows.x1, 0.0)
    )
    sums = expected.group_by(list(owner)).agg(
        x0=_.x0.sum(),
        x1=_.x1.sum(),
        expected=_.expected.sum(),
        carried=_.carried.sum(),
        national=_.rise.max(),
        left_out=_.x0.isnull().sum(),
    )
    return (
        sums.mutate(
            change=(sums.start == sums.end).ifelse(None, ratio(sums.x1, sums.x0)),
            mix=ratio(ratio(_.expected, _.x0), _.national),
            regional=ratio(_.carried, _.expected),
            new_in_reference=ratio(_.x1, _.carried),
        )
        .mutate(net_shift=ratio(_.change, _.national))
        .pipe(
            explained,
            "net_shift",
            {
                reasons.TOO_FEW: _.start == _.end,
                reasons.BASE_ZERO: _.x0 == 0,
                reasons.REFERENCE_EMPTY: _.x0.notnull() & _.national.isnull(),
            },
        )
        .select(
            *owner,
            "change",
            *FORMS["gerfin"],
            "net_shift",
            "new_in_reference",
            "left_out",
            "reason",
        )
    )
