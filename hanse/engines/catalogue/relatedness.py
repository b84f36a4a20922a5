"""Relatedness over tables of cells: presence first, then the method, then rows again.

Every function takes rows of region, sector and value; `presences` explains `values`, `threshold`
and `unknown`, `Cells.of_pairs` explains `pairs`.
"""

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from hanse.engines import reasons
from hanse.engines.catalogue.cells import amounts, presences
from hanse.engines.relatedness import density
from hanse.engines.relatedness.association import association
from hanse.engines.relatedness.co_occurrence import co_occurrences
from hanse.engines.relatedness.conventions import one_of
from hanse.engines.relatedness.correlation_proximity import correlation_proximity
from hanse.engines.relatedness.cosine import cosine
from hanse.engines.relatedness.diversity import diversity, ubiquity
from hanse.engines.relatedness.inputs import Matrix, Presence
from hanse.engines.relatedness.jaccard import jaccard
from hanse.engines.relatedness.location_quotient import location_quotients
from hanse.engines.relatedness.probability import probability
from hanse.engines.relatedness.proximity import proximity
from hanse.engines.relatedness.z_score import z_scores

OF = ("region", "sector")
NORMALISED: dict[str, Callable[..., Matrix]] = {
    "association": association,
    "probability": probability,
    "cosine": cosine,
    "jaccard": jaccard,
}
MEASURES = ("proximity", "conditional", *NORMALISED)
DENSITY_PRESETS = {
    name: {"measure": "proximity", **preset} for name, preset in density.PRESETS.items()
} | {"econgeo": {"measure": "probability", "empty": "zero", **density.PRESETS["econgeo"]}}


def quotients_of(rows: pa.Table, *, empty: str = "nan", unknown: str = "refuse") -> pa.Table:
    """Location quotients of every region and sector."""
    cells = amounts(rows, unknown)
    return cells.of_cells("location_quotients", location_quotients(cells.given.values, empty=empty))


def presence_of(rows: pa.Table, *, threshold: float = 1.0, unknown: str = "refuse") -> pa.Table:
    """Presence of every region and sector, as 0 and 1."""
    cells, present = presences(rows, "amounts", threshold, unknown)
    return cells.of_cells("presence", present.astype(np.int8))


def diversity_of(
    rows: pa.Table, *, values: str = "amounts", threshold: float = 1.0, unknown: str = "refuse"
) -> pa.Table:
    """Diversity of every region."""
    cells, present = presences(rows, values, threshold, unknown)
    return cells.of_regions("diversity", diversity(present).astype(np.int64))


def ubiquity_of(
    rows: pa.Table, *, values: str = "amounts", threshold: float = 1.0, unknown: str = "refuse"
) -> pa.Table:
    """Ubiquity of every sector."""
    cells, present = presences(rows, values, threshold, unknown)
    return cells.of_sectors("ubiquity", ubiquity(present).astype(np.int64))


def co_occurrences_of(
    rows: pa.Table,
    *,
    of: str = "sector",
    pairs: str = "once",
    values: str = "amounts",
    threshold: float = 1.0,
    unknown: str = "refuse",
) -> pa.Table:
    """Co-occurrences of two sectors, or two regions."""
    one_of("of", of, OF)
    cells, present = presences(rows, values, threshold, unknown)
    found = co_occurrences(present, of=f"{of}s").astype(np.int64)
    return cells.of_pairs("co_occurrences", found, of=of, pairs=pairs)


def proximity_of(
    rows: pa.Table,
    *,
    form: str = "minimum",
    of: str = "sector",
    pairs: str = "once",
    values: str = "amounts",
    threshold: float = 1.0,
    unknown: str = "refuse",
) -> pa.Table:
    """Proximity of two sectors, or two regions; the conditional form has two directions."""
    one_of("of", of, OF)
    cells, present = presences(rows, values, threshold, unknown)
    found = proximity(present, form=form, of=f"{of}s")
    way = "both" if form == "conditional" else pairs
    return cells.of_pairs("proximity", found, of=of, pairs=way)


def correlation_proximity_of(
    rows: pa.Table, *, pairs: str = "once", unknown: str = "refuse"
) -> pa.Table:
    """Correlation of the location quotients of two sectors."""
    cells = amounts(rows, unknown)
    found = correlation_proximity(location_quotients(cells.given.values))
    return cells.of_pairs(
        "correlation_proximity", found, pairs=pairs, otherwise=reasons.NO_VARIATION
    )


def normalised(name: str) -> Callable[..., pa.Table]:
    """One of the measures that normalise co-occurrences by sizes."""

    def found(
        rows: pa.Table,
        *,
        sizes: str = "links",
        empty: str = "nan",
        pairs: str = "once",
        values: str = "amounts",
        threshold: float = 1.0,
        unknown: str = "refuse",
    ) -> pa.Table:
        cells, present = presences(rows, values, threshold, unknown)
        matrix = NORMALISED[name](co_occurrences(present), sizes=sizes, empty=empty)
        return cells.of_pairs(name, matrix, pairs=pairs, otherwise=reasons.UNCONNECTED)

    return found


def z_scores_of(
    rows: pa.Table,
    *,
    pairs: str = "once",
    values: str = "amounts",
    threshold: float = 1.0,
    unknown: str = "refuse",
) -> pa.Table:
    """Z-scores of the co-occurrences of two sectors."""
    cells, present = presences(rows, values, threshold, unknown)
    single = present.shape[0] == 1
    otherwise = reasons.SINGLE_UNIT if single else reasons.PRESENT_EVERYWHERE
    return cells.of_pairs("z_scores", z_scores(present), pairs=pairs, otherwise=otherwise)


def relatedness_density_of(
    rows: pa.Table,
    *,
    measure: str = "proximity",
    own: bool = True,
    scale: int = 1,
    sizes: str = "links",
    empty: str = "nan",
    values: str = "amounts",
    threshold: float = 1.0,
    unknown: str = "refuse",
) -> pa.Table:
    """Relatedness density of every region and sector, by any measure of relatedness."""
    cells, present = presences(rows, values, threshold, unknown)
    near = _near(present, measure, sizes, empty)
    found = density.relatedness_density(present, near, own=own, scale=scale)
    return cells.of_cells("relatedness_density", found, reasons.UNCONNECTED)


def _near(present: Presence, measure: str, sizes: str, empty: str) -> Matrix:
    one_of("measure", measure, MEASURES)
    one_of("sizes", sizes, ("links", "presences"))
    one_of("empty", empty, ("nan", "zero"))
    if measure in NORMALISED:
        return NORMALISED[measure](co_occurrences(present), sizes=sizes, empty=empty)
    return proximity(present, form="minimum" if measure == "proximity" else "conditional")
