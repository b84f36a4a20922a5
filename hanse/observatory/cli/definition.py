"""`hanse observatory define`: groups of related industries from figures of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hanse.kit.sheets import Column, Sheet
from hanse.observatory.cli.figures import print_sheet

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

METHODS = ("ward", "average", "kmeans")
SHOWN = 5


@click.command("define")
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--region", default="region", show_default=True, metavar="COLUMN")
@click.option("--sector", default="sector", show_default=True, metavar="COLUMN")
@click.option("--value", default="value", show_default=True, metavar="COLUMN")
@click.option("--numbers", default="8-16", show_default=True, help="Of groups, from-to.")
@click.option("--published", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Table of sector and group, to compare with.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["csv", "json", "table"]), default="table")
def define(
    table: Path,
    region: str,
    sector: str,
    value: str,
    numbers: str,
    published: Path | None,
    form: str,
) -> None:
    """Put the industries of a table of region, sector and value into groups that share regions.

    Any level: classes of a nation as well as divisions. Similarities are the correlation of the
    values over regions and the proximity of specialisations; the best way of grouping by the
    validation scores of Delgado, Porter and Stern is cleaned and printed, the best few ways are
    told on standard error.
    """
    from hanse.engines import faults  # noqa: PLC0415 -- slow import
    from hanse.engines.regional.grid import grid
    from hanse.observatory.transfers.tables import read_table  # noqa: PLC0415 -- slow import

    first, _, last = numbers.partition("-")
    if not (first.isdigit() and (last or first).isdigit()):
        raise click.BadParameter(f"{numbers}: write 8-16", param_hint="--numbers")
    try:
        whole = grid(
            read_table(table, figures=[value]),
            region=region,
            sector=sector,
            value=value,
            unknown="zero",
        )
        sheet = _groups(
            whole.values,
            [str(code) for code in whole.sectors],
            range(int(first), int(last or first) + 1),
            _published(published),
        )
    except faults.Unfit as no:
        raise click.ClickException(str(no)) from no
    print_sheet(sheet, form)


def _published(path: Path | None) -> dict[str, str]:
    """Sector → group of a published definition: the first two columns of a table."""
    if path is None:
        return {}
    from hanse.observatory.transfers.tables import read_table  # noqa: PLC0415 -- slow import

    rows = read_table(path)
    sectors, groups = (rows.column(place).to_pylist() for place in range(2))
    return dict(zip(map(str, sectors), map(str, groups), strict=True))


def _groups(
    values: NDArray[np.float64], sectors: list[str], numbers: range, published: dict[str, str]
) -> Sheet:
    from hanse.engines.definition.choice import candidates
    from hanse.engines.definition.cleaning import cleaned
    from hanse.engines.definition.comparison import adjusted_rand
    from hanse.engines.definition.similarity import (
        locational_correlation,
    )
    from hanse.engines.definition.validation import (
        average_relatedness,
    )
    from hanse.engines.relatedness.presence import presence
    from hanse.engines.relatedness.proximity import proximity

    similarities = {
        "correlation": locational_correlation(values),
        "proximity": proximity(presence(values)),
    }
    found = candidates(similarities, numbers, methods=METHODS, seeds=(0, 1, 2))
    names = sorted(set(published.values()))
    theirs = [names.index(published[code]) if code in published else -1 for code in sectors]
    for one in found[:SHOWN]:
        agreement = f", adjusted Rand {adjusted_rand(one.labels, theirs):.3f}" if names else ""
        click.echo(
            f"{one.similarity} {one.method} {one.number} groups: "
            f"score {one.overall:.3f}{agreement}",
            err=True,
        )
    best = found[0]
    result = cleaned(best.labels, similarities[best.similarity], margin=0.05)
    near = average_relatedness(result.labels, similarities[best.similarity]).industries
    click.echo(f"{len(result.moves)} industries moved while cleaning", err=True)
    moved = {move.industry for move in result.moves}
    rows = [
        (int(label) + 1, sectors[place], float(near[place, label]), place in moved)
        for place, label in enumerate(result.labels)
    ]
    columns = (
        Column("group", "group", is_dimension=True),
        Column("sector", "sector", is_dimension=True),
        Column("relatedness", "mean similarity to the others of its group"),
        Column("moved", "whether it was moved while cleaning"),
    )
    return Sheet("groups", "Groups of related industries", columns, tuple(sorted(rows)), ())
