"""Every method of the engines by the name it has in the field: what it takes, what it gives.

`METHODS["economic_complexity"].compute(table, {"region": "geo"}, {"threshold": 1.5}, "econgeo")`
takes any kind of table and gives an Arrow table. `method` also knows what methods are called
elsewhere: "lq", "hhi", "eci".
"""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

from hanse.engines import faults, regional
from hanse.engines.catalogue import complexity, evaluation, localisation, relatedness, spatial
from hanse.engines.catalogue.method import (
    TABLES,
    Compute,
    Method,
    Options,
    of_arrays,
    of_indicator,
)
from hanse.engines.catalogue.peers import distances
from hanse.engines.catalogue.rows import warnings_of
from hanse.engines.evaluation import difference_in_differences, synthetic_control
from hanse.engines.localisation.d_function import d_function
from hanse.engines.localisation.k_function import k_function
from hanse.engines.localisation.kd import kd
from hanse.engines.localisation.kd_envelope import kd_envelope
from hanse.engines.localisation.kd_of_places import kd_of_places
from hanse.engines.localisation.l_function import l_function
from hanse.engines.localisation.m_density import m_density
from hanse.engines.localisation.m_envelope import m_envelope
from hanse.engines.localisation.m_function import m_function
from hanse.engines.peers import cosine_distance, jensen_shannon_distance
from hanse.engines.relatedness import complexity as eigen
from hanse.engines.relatedness import location_quotient as quotients
from hanse.engines.relatedness import reflections, sizes
from hanse.engines.relatedness.association import association
from hanse.engines.relatedness.co_occurrence import co_occurrences
from hanse.engines.relatedness.correlation_proximity import correlation_proximity
from hanse.engines.relatedness.cosine import cosine
from hanse.engines.relatedness.density import relatedness_density
from hanse.engines.relatedness.diversity import diversity, ubiquity
from hanse.engines.relatedness.fitness import fitness
from hanse.engines.relatedness.jaccard import jaccard
from hanse.engines.relatedness.outlook import complexity_outlook
from hanse.engines.relatedness.presence import presence
from hanse.engines.relatedness.probability import probability
from hanse.engines.relatedness.proximity import proximity
from hanse.engines.relatedness.sophistication import income_content
from hanse.engines.relatedness.z_score import z_scores
from hanse.engines.spatial.geary import geary
from hanse.engines.spatial.getis_ord import getis_ord
from hanse.engines.spatial.local_g import local_g
from hanse.engines.spatial.local_moran import local_moran
from hanse.engines.spatial.moran import moran

__all__ = [
    "ALIASES",
    "FAMILIES",
    "METHODS",
    "OPTIONS_SAY",
    "TABLES",
    "WARNINGS_SAY",
    "Method",
    "method",
    "warnings_of",
]

FAMILIES: Final = (
    "specialisation",
    "concentration",
    "agglomeration",
    "change",
    "relatedness",
    "complexity",
    "localisation",
    "spatial",
    "peers",
    "evaluation",
)
"""The order in which families are listed."""

PLACE = ("region", "sector")
UNIT = "region or sector"
CELL = "region and sector"
PAIR = "two sectors"
PAIR_OF = "two sectors or two regions"
STEP = "distance"

INDICATORS: Final[Mapping[str, str]] = {
    "atkinson": UNIT,
    "beta_convergence": "table or sector, and span",
    "coagglomeration": "group of sectors",
    "coagglomeration_pairs": PAIR,
    "coefficient_of_variation": UNIT,
    "colocation": PAIR,
    "coulter": UNIT,
    "ellison_glaeser": "sector",
    "entropy": UNIT,
    "entry_exit": "region, sector and span",
    "gini": UNIT,
    "growth_rate": "region, sector or cell, and span",
    "hachman": UNIT,
    "herfindahl": UNIT,
    "hoover": UNIT,
    "krugman": UNIT,
    "krugman_pairs": PAIR_OF,
    "litzenberger_sternberg": CELL,
    "location_quotient": CELL,
    "locational_gini": UNIT,
    "maurel_sedillot": "sector",
    "shift_share_analysis": "region or cell, and span",
    "sigma_convergence": "period, of each sector",
    "theil": UNIT,
    "williamson": UNIT,
}
"""Indicator of tables → what a row of its answer is."""


def _cells(
    engine: Any,
    compute: Compute,
    row: str,
    *,
    family: str = "relatedness",
    takes: Sequence[str] = (),
    optional: Sequence[str] = (),
    presets: Mapping[str, Options] | None = None,
) -> Method:
    """A method over the cells of regions and sectors."""
    return of_arrays(
        family,
        engine,
        compute,
        takes=(*PLACE, "value", *takes),
        optional=optional,
        rows_are=PLACE,
        signed=("towards", "income"),
        row=row,
        presets=presets,
    )


def _points(
    engine: Any, compute: Compute, row: str = STEP, presets: Mapping[str, Options] | None = None
) -> Method:
    """A method over points."""
    return of_arrays(
        "localisation",
        engine,
        compute,
        takes=("x", "y"),
        optional=("type", "weight"),
        signed=("x", "y"),
        row=row,
        presets=presets,
    )


def _regions(
    engine: Any, compute: Compute, row: str, presets: Mapping[str, Options] | None = None
) -> Method:
    """A method over a value of each region, with neighbours."""
    return of_arrays(
        "spatial",
        engine,
        compute,
        takes=("region", "value"),
        optional=("x", "y"),
        rows_are=("region",),
        signed=("value", "x", "y"),
        row=row,
        presets=presets,
    )


def _policy(engine: Any, compute: Compute) -> Method:
    """A method over series of regions."""
    return of_arrays(
        "evaluation",
        engine,
        compute,
        takes=("region", "period", "value", "treated"),
        rows_are=("region", "period"),
        signed=("value",),
        row="table or period",
    )


def _normalised(engine: Any) -> Method:
    compute = relatedness.normalised(engine.__name__)
    return _cells(engine, compute, PAIR, presets=sizes.PRESETS)


COUNTED: Final = {"esda": {"count": "all"}, "spdep": {"count": "connected"}}
EDGES: Final = {"dbmss": {"correction": "isotropic"}, "spatstat": {"correction": "isotropic"}}

_LISTED: Final = (
    *(of_indicator(getattr(regional, name), row) for name, row in INDICATORS.items()),
    _cells(quotients.location_quotients, relatedness.quotients_of, CELL, presets=quotients.PRESETS),
    _cells(presence, relatedness.presence_of, CELL),
    _cells(diversity, relatedness.diversity_of, "region"),
    _cells(ubiquity, relatedness.ubiquity_of, "sector"),
    _cells(co_occurrences, relatedness.co_occurrences_of, PAIR_OF),
    _cells(proximity, relatedness.proximity_of, PAIR_OF),
    _cells(correlation_proximity, relatedness.correlation_proximity_of, PAIR),
    _normalised(association),
    _normalised(probability),
    _normalised(cosine),
    _normalised(jaccard),
    _cells(z_scores, relatedness.z_scores_of, PAIR),
    _cells(
        relatedness_density,
        relatedness.relatedness_density_of,
        CELL,
        presets=relatedness.DENSITY_PRESETS,
    ),
    _cells(
        eigen.economic_complexity,
        complexity.economic_complexity_of,
        UNIT,
        family="complexity",
        optional=("towards",),
        presets=eigen.PRESETS,
    ),
    _cells(
        complexity_outlook,
        complexity.complexity_outlook_of,
        "region or cell",
        family="complexity",
        optional=("towards",),
        presets=complexity.OUTLOOK_PRESETS,
    ),
    _cells(
        reflections.reflections,
        complexity.reflections_of,
        UNIT,
        family="complexity",
        presets=reflections.PRESETS,
    ),
    _cells(fitness, complexity.fitness_of, UNIT, family="complexity"),
    _cells(
        income_content,
        complexity.income_content_of,
        UNIT,
        family="complexity",
        takes=("income",),
    ),
    _points(kd, localisation.kd_rows, presets=localisation.KD_PRESETS),
    _points(kd_envelope, localisation.kd_envelope_rows, presets=localisation.KD_BANDS_PRESETS),
    of_arrays(
        "localisation",
        kd_of_places,
        localisation.kd_of_places_rows,
        takes=("x", "y", "value", "total"),
        signed=("x", "y"),
        row=STEP,
    ),
    _points(m_function, localisation.m_rows),
    _points(m_envelope, localisation.m_envelope_rows, presets=localisation.BANDS_PRESETS),
    _points(m_density, localisation.m_density_rows, presets=localisation.KD_PRESETS),
    _points(k_function, localisation.k_rows, presets=EDGES),
    _points(
        l_function,
        localisation.l_rows,
        presets={name: {**edge, "minus_r": False} for name, edge in EDGES.items()},
    ),
    _points(d_function, localisation.d_rows, presets=EDGES),
    _regions(moran, spatial.moran_rows, "table", COUNTED),
    _regions(geary, spatial.geary_rows, "table", COUNTED),
    _regions(getis_ord, spatial.getis_ord_rows, "table", COUNTED),
    _regions(
        local_moran,
        spatial.local_moran_rows,
        "region",
        {"spdep": {"scaling": "n"}, "esda": {"scaling": "n-1"}},
    ),
    _regions(local_g, spatial.local_g_rows, "region"),
    *(
        of_arrays(
            "peers",
            measure,
            distances(measure),
            takes=(*PLACE, "value"),
            rows_are=PLACE,
            row="two regions",
        )
        for measure in (cosine_distance, jensen_shannon_distance)
    ),
    _policy(difference_in_differences, evaluation.differences_rows),
    _policy(synthetic_control, evaluation.synthetic_rows),
)

METHODS: Final[dict[str, Method]] = {
    one.name: one for family in FAMILIES for one in _LISTED if one.family == family
}
"""Name → method."""

ALIASES: Final[dict[str, tuple[str, Options]]] = {
    "lq": ("location_quotient", {}),
    "rca": ("location_quotient", {}),
    "balassa": ("location_quotient", {}),
    "hhi": ("herfindahl", {}),
    "shift_share": ("shift_share_analysis", {}),
    "eci": ("economic_complexity", {"of": "region"}),
    "pci": ("economic_complexity", {"of": "sector"}),
    "coi": ("complexity_outlook", {"of": "region"}),
    "cog": ("complexity_outlook", {"of": "cell"}),
    "expy": ("income_content", {"of": "region"}),
    "prody": ("income_content", {"of": "sector"}),
    "m": ("m_function", {}),
    "little_m": ("m_density", {}),
    "k": ("k_function", {}),
    "l": ("l_function", {}),
    "d": ("d_function", {}),
    "lisa": ("local_moran", {}),
    "getis_ord_star": ("local_g", {"star": True}),
    "did": ("difference_in_differences", {}),
}
"""What methods are called elsewhere → the method, and what the name says of its options."""

OPTIONS_SAY: Final[dict[str, str]] = {
    "values": "amounts, or presence where the table holds 0 and 1 already",
    "threshold": "the location quotient from which a region is specialised",
    "unknown": "refuse a value that is not known, or count it as zero",
    "pairs": "once: each two once; both: in both directions",
    "of": "what a row of the answer is",
    "measure": "proximity, conditional, association, probability, cosine, jaccard",
    "index": "scale of COI: none or population",
    "worth": "of sectors: their PCI, or the bare vector",
    "r": "distances, increasing, in the unit of x and y",
    "reference": "the type of points looked at; none: all points (of tables: a reference area)",
    "neighbour": "the type around it; none: the same type",
    "cases": "the type of points looked at",
    "controls": "the type compared with; none: all others",
    "rule": "of the bandwidth: silverman or sheather_jones",
    "h": "a bandwidth in the unit of x and y; 0: by the rule",
    "window": "x from, x to, y from, y to; none: the box around all points",
    "neighbours": "a table of pairs: region, neighbour, weight where they count unlike",
    "mirrored": "every pair of neighbours counts both ways",
    "k": "so many nearest regions are neighbours, by x and y",
    "distance": "all regions so near are neighbours, by x and y",
    "metric": "planar, or great_circle for degrees, in km",
    "style": "W: rows sum to 1; B: binary; C; U",
    "sizes": "of sectors: links to others, or presences",
    "empty": "what stands for an empty region or sector",
    "count": "regions that count: all, or connected ones",
    "alternative": "of the test: two_sided, greater, less; local ones also folded",
    "correction": "at the edge: isotropic, translate, border, none",
    "case_control": "compare with the neighbour type alone",
    "pre_fit": "placebos that fit so many times as badly are left out",
    "pci_scale": "own mean and deviation, or those of eci",
    "parts": "largest connected part of the graph, or all",
    "null": "random_location, random_labels, population_independence",
    "simulations": "how many patterns are drawn",
    "permutations": "how often values are drawn anew; 0: never",
    "placebos": "how often others are called treated, at most",
    "alpha": "the share outside of a band",
    "algorithm": "of the global band: rank or dropping",
    "seed": "the same seed gives the same answer",
    "first": "the first period of the span; none: of the table",
    "last": "the last period of the span; none: of the table",
    "start": "the first period with the policy",
    "test": "also the p-value over all distances",
}
"""What an option of the catalogue means; the docstring of a method explains its conventions."""


WARNINGS_SAY: Final[dict[str, str]] = {
    "split_graph": "Regions and sectors fall into more than one connected part.",
    "near_equal_eigenvalues": "The second and third eigenvalue are nearly the same.",
    "no_variation": "All regions have the same sectors: there is nothing to tell apart.",
    "sign_uncertain": "Neither diversity nor ubiquity says which end is the complex one.",
    "one_way_pairs": "No pair of neighbours has its mirror; mirrored=true counts both ways.",
}
"""What a warning of an answer means."""


def method(name: str) -> tuple[Method, Options]:
    """A method by its name or by what it is called elsewhere, with what that says of its options.

    Errors    UnknownConvention, naming what is near

    >>> method("pci")[0].name
    'economic_complexity'
    """
    known = name.strip().lower().replace("-", "_")
    if known in METHODS:
        return METHODS[known], {}
    if known in ALIASES:
        there, options = ALIASES[known]
        return METHODS[there], options
    names = ", ".join(get_close_matches(known, (*METHODS, *ALIASES), 5) or METHODS)
    raise faults.UnknownConvention(f"No method is called {name!r}; there are: {names}.")
