"""Ellison-Glaeser index: whether an industry is more agglomerated than its plants explain."""

from collections.abc import Sequence

from ibis import _
from ibis.expr.types import Table

from hanse.engines.regional.exact import ratio
from hanse.engines.regional.plants import CAUSES, plant_sums
from hanse.engines.regional.table import indicator
from hanse.engines.regional.undefined import explained


@indicator(
    "agglomeration",
    roles=("region", "value"),
    optional=("plant", "sector"),
    rows_are=("plant",),
    gives=("sector",),
    presets={"reat": {}},
)
def ellison_glaeser(
    cells: Table, *, by: Sequence[str] = (), reference: Table | None = None
) -> Table:
    """Ellison-Glaeser gamma of each industry, with the variance of G under chance alone.

    Formula   gamma = (G - (1 - X2) * H) / ((1 - X2) * (1 - H))
              G = sum over regions of (s_r - x_r)**2, X2 = sum of x_r**2, H = sum over plants of
              z_k**2; s_r and z_k shares in the industry, x_r in the reference: all plants of the
              table, or the table `reference` of regions
              variance = 2 * (H**2 * (X2 - 2 * X3 + X2**2)
                              - sum of z_k**4 * (X2 - 4 * X3 + 3 * X2**2)), X3 = sum of x_r**3
              z = (G - (1 - X2) * H) / sqrt(variance)
    Unit      up to 1; 0 = as darts would fall; above 0.05 strongly agglomerated, below 0.02 not
    Takes     a row for each plant: region, value; sector, plant (its name: doubles are refused)
    Gives     sector, ellison_glaeser, concentration (G), herfindahl (H), plants, variance, z,
              left_out, reason
    Unknown   sector_empty, reference_empty; single_unit where one plant has everything (H = 1) or
              the reference is one region. z also where the variance is zero
    Source    G. Ellison and E. L. Glaeser (1997) "Geographic concentration in U.S. manufacturing
              industries: a dartboard approach", Journal of Political Economy 105.

    >>> area = {"region": list("abcd"), "value": [1, 1, 1, 1]}
    >>> ellison_glaeser({"region": ["a"] * 4, "value": [10] * 4}, reference=area)[
    ...     "ellison_glaeser"].to_pylist()
    [1.0]
    """
    rows, owner = plant_sums(cells, by, reference)
    chance = (1.0 - _.squares) * _.herfindahl
    square = _.squares * _.squares
    variance = 2.0 * (
        _.herfindahl * _.herfindahl * (_.squares - 2.0 * _.cubes + square)
        - _.fourths * (_.squares - 4.0 * _.cubes + 3.0 * square)
    )
    return (
        rows.mutate(
            ellison_glaeser=ratio(
                _.concentration - chance, (1.0 - _.squares) * (1.0 - _.herfindahl)
            ),
            excess=_.concentration - chance,
            variance=variance,
        )
        .mutate(deviation=(_.variance > 0).ifelse(_.variance, None).sqrt())
        .mutate(z=ratio(_.excess, _.deviation))
        .pipe(explained, "ellison_glaeser", CAUSES)
        .select(
            *owner,
            "ellison_glaeser",
            "concentration",
            "herfindahl",
            "plants",
            "variance",
            "z",
            "left_out",
            "reason",
        )
    )
