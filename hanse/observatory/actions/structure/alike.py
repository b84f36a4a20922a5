"""How alike the sector mixes of regions are, and what else is known of each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hanse.observatory.actions.structure.mixes import Mix

if TYPE_CHECKING:
    import pyarrow as pa


def alike_tables(
    all_mixes: Sequence[Mix], context: "pa.Table", regions: "pa.Table"
) -> dict[str, "pa.Table"]:
    """`mix_distances` (region x other x year) and `region_context` (region x year)."""
    import pyarrow as pa

    return {
        "mix_distances": pa.concat_tables([_distances(mix) for mix in all_mixes]).sort_by(
            [("region", "ascending"), ("year", "ascending"), ("other", "ascending")]
        ),
        "region_context": _context(context, regions),
    }


def _distances(mix: Mix) -> "pa.Table":
    import numpy as np
    import pyarrow as pa

    from hanse.engines.peers import cosine_distance, jensen_shannon_distance

    count = len(mix.regions)
    return pa.table(
        {
            "region": np.repeat(mix.regions, count).tolist(),
            "year": pa.array(np.full(count * count, mix.year, dtype=np.int16)),
            "other": np.tile(mix.regions, count).tolist(),
            "cosine": pa.array(cosine_distance(mix.persons).ravel(), from_pandas=True),
            "jensen_shannon": pa.array(
                jensen_shannon_distance(mix.persons).ravel(), from_pandas=True
            ),
        }
    )


def _context(context: "pa.Table", regions: "pa.Table") -> "pa.Table":
    """The context of the measures, with codes in the place of keys."""
    import pyarrow as pa

    codes = dict(zip(regions["id"].to_pylist(), regions["code"].to_pylist(), strict=True))
    named = pa.array([codes[key] for key in context["region"].to_pylist()], pa.string())
    return context.set_column(0, "region", named).sort_by(
        [("region", "ascending"), ("year", "ascending")]
    )
