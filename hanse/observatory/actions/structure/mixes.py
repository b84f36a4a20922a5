"""The sector mixes of all regions, year by year: matrices from which structures are compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hanse.observatory.words import Level

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

COLUMNS = [
    "year", "region", "sector", "persons", "persons_estimate", "local_units", "lq", "lq_estimate",
    "total",
]  # fmt: skip


@dataclass(frozen=True)
class Mix:
    """One year: regions x divisions.

    persons   published, else estimated (gap rule), else 0
    quotients location quotients of these against Europe; NaN where neither is there
    units     local units; NaN where not published
    known     whether persons are published; `total` the region's own total, NaN if not known
    """

    year: int
    regions: list[str]
    divisions: list[str]
    persons: "NDArray[np.float64]"
    units: "NDArray[np.float64]"
    quotients: "NDArray[np.float64]"
    known: "NDArray[np.bool_]"
    total: "NDArray[np.float64]"

    @property
    def present(self) -> "NDArray[np.bool_]":
        """Where a region is specialised: LQ of 1 or more, as far as can be told."""
        import numpy as np

        present: NDArray[np.bool_] = np.nan_to_num(self.quotients, nan=0.0) >= 1
        return present


def mixes(cells: "pa.Table", sectors: "pa.Table") -> Iterator[Mix]:
    """A mix for every year, of the NUTS 2 regions with a published figure in it."""
    import numpy as np
    import pyarrow.compute as pc

    divisions = [
        row["code"]
        for row in sectors.to_pylist()
        if row["level"] == "division" and row["section"] is not None
    ]
    kept = cells.filter(pc.equal(cells["level"], Level.REGION.value)).select(COLUMNS)
    place_of = {code: place for place, code in enumerate(divisions)}
    for year in sorted(kept["year"].unique().to_pylist()):
        of_year = kept.filter(pc.equal(kept["year"], year))
        names = np.array(of_year["region"].to_pylist())
        column = np.array([place_of.get(code, -1) for code in of_year["sector"].to_pylist()])
        persons = _floats(of_year["persons"])
        inside = column >= 0
        told = sorted(set(names[inside & ~np.isnan(persons)].tolist()))
        row_of = {code: place for place, code in enumerate(told)}
        row = np.array([row_of.get(code, -1) for code in names.tolist()])
        inside &= row >= 0
        at = row[inside], column[inside]
        shape = len(told), len(divisions)
        yield Mix(
            year=year,
            regions=told,
            divisions=divisions,
            persons=np.nan_to_num(
                _placed(at, shape, _first(persons, of_year["persons_estimate"])[inside])
            ),
            units=_placed(at, shape, _floats(of_year["local_units"])[inside]),
            quotients=_placed(
                at, shape, _first(_floats(of_year["lq"]), of_year["lq_estimate"])[inside]
            ),
            known=~np.isnan(_placed(at, shape, persons[inside])),
            total=_placed(at, shape, _floats(of_year["total"])[inside]).max(axis=1),
        )


def _floats(column: Any) -> "NDArray[np.float64]":
    import numpy as np

    figures: NDArray[np.float64] = column.cast("float64").to_numpy(zero_copy_only=False)
    return figures


def _first(published: "NDArray[np.float64]", estimate: Any) -> "NDArray[np.float64]":
    import numpy as np

    return np.where(np.isnan(published), _floats(estimate), published)


def _placed(
    at: tuple[Any, Any], shape: tuple[int, int], figures: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    import numpy as np

    matrix = np.full(shape, np.nan)
    matrix[at] = figures
    return matrix
