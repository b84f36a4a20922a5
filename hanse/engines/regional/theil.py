"""Theil index, T and L: inequality that adds up over groups of regions."""

from collections.abc import Sequence

import ibis
from ibis import _
from ibis.expr.types import FloatingValue, Table

from hanse.engines import faults, reasons
from hanse.engines.regional.distributions import COUNTS, distributions, emptiness
from hanse.engines.regional.exact import ratio
from hanse.engines.regional.table import grouped, indicator
from hanse.engines.regional.undefined import explained


@indicator(
    "concentration",
    roles=("value",),
    optional=("region", "sector", "weight", "group"),
    rows_are=("region", "sector"),
    gives=("region", "sector"),
    presets={"reat": {"form": "L"}, "pysal": {"form": "T"}},
)
def theil(cells: Table, *, by: Sequence[str] = (), of: str = "sector", form: str = "T") -> Table:
    """Theil index of each sector over regions, or of each region over its sectors.

    Formula   T = sum of m_i * ln(m_i / p_i), L = sum of p_i * ln(p_i / m_i) (mean log deviation)
              p_i = w_i / sum of w, w = 1 where there is no column weight
              m_i = w_i * x_i / sum of w * x
              with groups g: between = the index of the groups' sums M_g and P_g, within = the sum
              over regions of m_i * ln((m_i / M_g) / (p_i / P_g)), for L as above
    Unit      0 and more (T: to ln n); 0 = the same everywhere
    Takes     region, sector, value; weight (people, where the value is a mean or a rate); group; of
              "sector" or "region". With weights or groups only the rows given count
    Gives     sector or region, theil, between and within (with groups), left_out, reason
    Exactly   theil is between + within, the one float64 sum of both
    Unknown   sector_empty, region_empty; zero_value for L where a value is zero
    Differs   REAT's theil is L, and weighted it is not this formula
    Source    H. Theil (1967) "Economics and Information Theory"; A. F. Shorrocks (1980) "The class
              of additively decomposable inequality measures", Econometrica 48.

    >>> rows = theil({"region": list("abcde"), "value": [10, 10, 10, 20, 50]})
    >>> round(rows["theil"][0].as_py(), 7)
    0.2502012
    """
    if form not in {"T", "L"}:
        raise faults.UnknownConvention(f"form={form!r}: T or L is meant.")
    rows, owner = distributions(cells, of, by=by)
    weight = rows.weight if "weight" in rows.columns else ibis.literal(1.0)
    rows = rows.mutate(w=rows.x.isnull().ifelse(None, weight), mass=rows.x * weight)
    members = [*owner, *(["group"] if "group" in rows.columns else [])]
    rows = rows.mutate(
        m=ratio(_.mass, _.mass.sum().over(group_by=list(owner))),
        p=ratio(_.w, _.w.sum().over(group_by=list(owner))),
    )
    rows = rows.mutate(m_g=_.m.sum().over(group_by=members), p_g=_.p.sum().over(group_by=members))
    here, there = (_.m, _.p) if form == "T" else (_.p, _.m)
    ours, theirs = (_.m_g, _.p_g) if form == "T" else (_.p_g, _.m_g)
    terms = rows.mutate(
        between=_times_log(here, ratio(ours, theirs)),
        within=_times_log(here, ratio(here * theirs, there * ours)),
        impossible=((_.p > 0) & (_.m == 0)).cast("int32"),
    )
    sums = grouped(terms, owner).agg(
        **COUNTS, between=_.between.sum(), within=_.within.sum(), zeros=_.impossible.sum()
    )
    if form == "L":
        parts = {name: (_.zeros > 0).ifelse(None, _[name]) for name in ("between", "within")}
        sums = sums.mutate(**parts)
    shown = ["between", "within"] if "group" in rows.columns else []
    return (
        sums.mutate(theil=_.between + _.within)
        .pipe(explained, "theil", {**emptiness(of), reasons.ZERO_VALUE: _.zeros > 0})
        .select(*owner, "theil", *shown, "left_out", "reason")
    )


def _times_log(share: FloatingValue, quotient: FloatingValue) -> FloatingValue:
    """share * ln(quotient), 0 where the share is 0; no logarithm of anything but positives."""
    positive = (quotient > 0).ifelse(quotient, 1.0)
    return (share == 0).ifelse(0.0, share * positive.ln())
