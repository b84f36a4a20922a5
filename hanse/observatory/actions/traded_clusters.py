"""A reading aid: which NACE divisions carry each of the 51 traded clusters."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from hanse.observatory.rules.sector_sets import SectorSet

if TYPE_CHECKING:
    import pyarrow as pa


def traded_clusters(classes: Iterable[Mapping[str, Any]], sectors: SectorSet) -> "pa.Table":
    """Divisions of each traded cluster with weight and coverage. No figure is computed from this.

    Derivation: the US Benchmark Cluster Definitions assign 6-digit NAICS industries to clusters; a
    table of links between NAICS 2017 and NACE Rev. 2 gives, for each 4-digit NACE class, the share
    of its linked NAICS industries that belong to the cluster. It is not the European table, which
    has not been published in a form that could be read.

    share     sum over the classes of the division that are linked to the cluster of that share,
              in classes: 1.5 = one class and a half
    weight    share / sum of shares over all divisions: how much of the cluster the division carries
    coverage  share / linked classes of the division: how much of the division is the cluster.
              Well below 1 in most divisions, which is why regional figures by division cannot be
              read as figures of the cluster.
    in_measures  whether the division has regional figures here at all
    """
    import pyarrow as pa

    letters = {d[1:]: d for divisions in sectors.sections.values() for d in divisions}
    linked: dict[str, set[str]] = defaultdict(set)
    shares: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in classes:
        division = row["nace_rev2"][:2]
        linked[division].add(row["nace_rev2"])
        if row["traded_local"] == "Traded":
            shares[row["cluster"], division].append(row["share"])
    # Sorted before adding: floats added in one order only, so the table never changes.
    sums = {key: sum(sorted(parts)) for key, parts in shares.items()}
    wholes = {
        cluster: sum(sums[key] for key in sorted(sums) if key[0] == cluster)
        for cluster in {cluster for cluster, _ in sums}
    }
    order = sorted(sums, key=lambda key: (key[0], -sums[key], key[1]))
    return pa.table(
        {
            "cluster": pa.array([cluster for cluster, _ in order], pa.string()),
            "division": pa.array([letters.get(d, d) for _, d in order], pa.string()),
            "classes": pa.array([len(shares[key]) for key in order], pa.int16()),
            "share": pa.array([sums[key] for key in order], pa.float64()),
            "weight": pa.array([sums[key] / wholes[key[0]] for key in order], pa.float64()),
            "coverage": pa.array([sums[key] / len(linked[key[1]]) for key in order], pa.float64()),
            "in_measures": pa.array([division in letters for _, division in order], pa.bool_()),
        }
    )
