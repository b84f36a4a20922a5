"""Complexity over tables of cells: of regions, of sectors, of both.

Every function takes rows of region, sector and value; `presences` explains `values`, `threshold`
and `unknown`. A column `towards` or `income` is a figure of the region, the same in each of its
rows.
"""

import numpy as np
import pyarrow as pa

from hanse.engines import reasons
from hanse.engines.catalogue.cells import Cells, amounts, of_each_region, presences
from hanse.engines.catalogue.rows import warned
from hanse.engines.relatedness import complexity, outlook, reflections
from hanse.engines.relatedness.complexity import Complexity
from hanse.engines.relatedness.conventions import one_of
from hanse.engines.relatedness.fitness import fitness
from hanse.engines.relatedness.inputs import Presence
from hanse.engines.relatedness.proximity import proximity
from hanse.engines.relatedness.sophistication import income_content

OF = ("region", "sector")
OUTLOOK_PRESETS = {
    "economiccomplexity": {
        "worth": "pci",
        "index": outlook.PRESETS["economiccomplexity"]["scale"],
        **complexity.PRESETS["economiccomplexity"],
    },
    "ecomplexity": {
        "worth": "vector",
        "index": outlook.PRESETS["ecomplexity"]["scale"],
        **complexity.PRESETS["ecomplexity"],
    },
}


def economic_complexity_of(
    rows: pa.Table,
    *,
    of: str = "region",
    scale: str = "population",
    pci_scale: str = "own",
    parts: str = "largest",
    values: str = "amounts",
    threshold: float = 1.0,
    unknown: str = "refuse",
) -> pa.Table:
    """ECI of every region, or PCI of every sector."""
    one_of("of", of, OF)
    cells, present = presences(rows, values, threshold, unknown)
    found = _complexity(rows, cells, present, scale, pci_scale, parts)
    otherwise = _why_undefined(found)
    answer = (
        cells.of_regions("eci", found.eci, otherwise)
        if of == "region"
        else cells.of_sectors("pci", found.pci, otherwise)
    )
    return warned(answer, found.warnings)


def complexity_outlook_of(
    rows: pa.Table,
    *,
    of: str = "region",
    index: str = "none",
    worth: str = "pci",
    scale: str = "population",
    pci_scale: str = "own",
    parts: str = "largest",
    values: str = "amounts",
    threshold: float = 1.0,
    unknown: str = "refuse",
) -> pa.Table:
    """COI of every region, or COG of every region and sector."""
    one_of("of", of, ("region", "cell"))
    one_of("worth", worth, ("pci", "vector"))
    cells, present = presences(rows, values, threshold, unknown)
    found = _complexity(rows, cells, present, scale, pci_scale, parts)
    worths = found.pci if worth == "pci" else complexity.pci_by_eci_spread(found)
    outlooks = outlook.complexity_outlook(present, proximity(present), worths, scale=index)
    answer = (
        cells.of_regions("coi", outlooks.index, reasons.NO_VARIATION)
        if of == "region"
        else cells.of_cells("cog", outlooks.gain, _why_undefined(found))
    )
    return warned(answer, found.warnings)


def reflections_of(
    rows: pa.Table,
    *,
    of: str = "region",
    steps: int = 2,
    scale: str = "none",
    values: str = "amounts",
    threshold: float = 1.0,
    unknown: str = "refuse",
) -> pa.Table:
    """The values of regions, or of sectors, after so many steps."""
    one_of("of", of, OF)
    cells, present = presences(rows, values, threshold, unknown)
    found = reflections.reflections(present, int(steps), scale=scale)
    if of == "region":
        return cells.of_regions("reflections", found.regions, reasons.NO_VARIATION)
    return cells.of_sectors("reflections", found.sectors, reasons.NO_VARIATION)


def fitness_of(
    rows: pa.Table,
    *,
    of: str = "region",
    iterations: int = 20,
    extremality: float = 1.0,
    values: str = "amounts",
    threshold: float = 1.0,
    unknown: str = "refuse",
) -> pa.Table:
    """Fitness of every region, or the complexity of every sector that goes with it."""
    one_of("of", of, OF)
    cells, present = presences(rows, values, threshold, unknown)
    found = fitness(present, iterations=int(iterations), extremality=extremality)
    if of == "region":
        return cells.of_regions("fitness", found.regions)
    return cells.of_sectors("fitness_complexity", found.sectors)


def income_content_of(rows: pa.Table, *, of: str = "sector", unknown: str = "refuse") -> pa.Table:
    """PRODY of every sector, or EXPY of every region; `income` is a column."""
    one_of("of", of, OF)
    cells = amounts(rows, unknown)
    found = income_content(cells.given.values, of_each_region(rows, cells.regions, "income"))
    if of == "sector":
        return cells.of_sectors("prody", found.sectors)
    return cells.of_regions("expy", found.regions)


def _complexity(
    rows: pa.Table, cells: Cells, present: Presence, scale: str, pci_scale: str, parts: str
) -> Complexity:
    towards = (
        of_each_region(rows, cells.regions, "towards") if "towards" in rows.column_names else None
    )
    return complexity.economic_complexity(
        present, scale=scale, pci_scale=pci_scale, parts=parts, towards=towards
    )


def _why_undefined(found: Complexity) -> str:
    return reasons.NO_VARIATION if np.isnan(found.eci).all() else reasons.UNCONNECTED
