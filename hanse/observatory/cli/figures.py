"""`hanse observatory …`: the same answers as the pages, on a terminal.

Figures go to standard output, progress and words to standard error. Exit codes: 0 done, 1 refused
or different, 2 wrong usage.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from django.conf import settings

from hanse.kit.refusals import Refused
from hanse.kit.sheets import FORMATS, Sheet
from hanse.observatory.actions.progress import Progress
from hanse.observatory.actions.recompute import recompute
from hanse.observatory.actions.release import newest_measures, publish_release
from hanse.observatory.documents.sheets import (
    sheet_of_comparison,
    sheet_of_region,
    sheet_of_sector,
)
from hanse.observatory.queries.comparison import DEFAULT_WEIGHTS, MEASURES, comparison
from hanse.observatory.queries.figures import NoRelease, Release, best_year, serving_release
from hanse.observatory.queries.indicators import INDICATORS
from hanse.observatory.queries.region import region_portrait
from hanse.observatory.queries.sector import sector_map
from hanse.observatory.transfers.eurostat import LIVE
from hanse.observatory.transfers.pack import compile_pack, recompute_from_pack
from hanse.observatory.transfers.publication import measures_of
from hanse.observatory.words import Source, Step

TERMINAL_ROWS = 40


@click.group()
def observatory() -> None:
    """Where Europe's industries concentrate: figures, maps, portraits."""


def _release() -> Release:
    try:
        return serving_release()
    except NoRelease:
        raise click.ClickException("No release yet. Make one: hanse observatory build") from None


def _known_year(release: Release, year: int | None) -> int:
    if year is None:
        return best_year(release)
    if year not in release.years:
        years = f"{release.years[0]} to {release.years[-1]}"
        raise click.BadParameter(f"{year} is not in this release ({years})", param_hint="--year")
    return year


def _known(kind: str, code: str, known: Any) -> str:
    if code.upper() not in known:
        raise click.BadParameter(f"{code} is not in this release", param_hint=f"--{kind}")
    return code.upper()


FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv", "table"]),
    default="table",
    show_default=True,
)
YEAR = click.option("--year", type=int, help="Default: the year that pages open with.")


def print_sheet(sheet: Sheet, form: str) -> None:
    if form == "csv":
        sys.stdout.buffer.write(FORMATS["csv"].write(sheet))
    elif form == "json":
        click.echo(json.dumps(sheet.as_dicts(), ensure_ascii=False, default=str))
    else:
        _print_table(sheet)


def _print_table(sheet: Sheet) -> None:
    shown = sheet.rows[:TERMINAL_ROWS]
    cells = [sheet.keys, *([_cell(value) for value in row] for row in shown)]
    widths = [max(len(row[n]) for row in cells) for n in range(len(sheet.keys))]
    click.echo(sheet.title)
    for row in cells:
        line = "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True))
        click.echo(line.rstrip())
    if len(sheet.rows) > len(shown):
        click.echo(f"{len(shown)} of {len(sheet.rows)} rows; --format csv writes all", err=True)
    click.echo(sheet.notes[0], err=True)


def _cell(value: Any) -> str:
    if value is None:
        return "not known"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


@observatory.command("map")
@click.option("--sector", required=True, help="NACE Rev. 2 section or division: C, C29.")
@click.option("--indicator", type=click.Choice(list(INDICATORS)), default="lq", show_default=True)
@click.option("--reference", type=click.Choice(["europe", "country"]), default="europe")
@click.option("--level", type=click.Choice(["0", "1", "2"]), default="2", help="NUTS level.")
@click.option("--estimates", is_flag=True, help="Fill blanks with estimates, marked as such.")
@YEAR
@FORMAT
def map_(
    sector: str,
    indicator: str,
    reference: str,
    level: str,
    year: int | None,
    form: str,
    *,
    estimates: bool,
) -> None:
    """One sector across regions; csv columns begin region,name,value,flag."""

    release = _release()
    found = sector_map(
        release,
        _known("sector", sector, release.sectors),
        _known_year(release, year),
        INDICATORS[indicator],
        reference=reference,
        level=int(level),
        estimates=estimates,
    )
    print_sheet(sheet_of_sector(found), form)


@observatory.command()
@click.option("--region", required=True, help="NUTS code: DE11.")
@click.option("--start", type=int, help="First year of the change. Default: four years earlier.")
@YEAR
@FORMAT
def portrait(region: str, start: int | None, year: int | None, form: str) -> None:
    """All cells of one region, every sector and year."""

    release = _release()
    until = _known_year(release, year)
    since = _known_year(release, start or max(release.years[0], until - 4))
    found = region_portrait(release, _known("region", region, release.regions), until, since)
    print_sheet(sheet_of_region(found), form)


@observatory.command()
@click.option("--regions", required=True, help="Up to twelve NUTS codes: DE11,RO42,HU22.")
@click.option("--weights", default="", help="persons:2,variety:1; known: " + ", ".join(MEASURES))
@click.option("--start", type=int)
@YEAR
@FORMAT
def compare(regions: str, weights: str, start: int | None, year: int | None, form: str) -> None:
    """Rank regions by your own weights, with the bounds of each rank."""

    release = _release()
    until = _known_year(release, year)
    since = _known_year(release, start or max(release.years[0], until - 4))
    codes = [_known("regions", code.strip(), release.regions) for code in regions.split(",")]
    print_sheet(
        sheet_of_comparison(comparison(release, codes, until, since, _weights(weights))), form
    )


def _weights(text: str) -> dict[str, float]:
    try:
        given = dict(part.split(":", 1) for part in text.split(",") if part)
        weights = {slug.strip(): float(weight) for slug, weight in given.items()}
    except ValueError:
        raise click.BadParameter("write name:number,…", param_hint="--weights") from None
    unknown = sorted(set(weights) - set(MEASURES))
    if unknown or any(weight < 0 for weight in weights.values()):
        wrong = f"unknown: {', '.join(unknown)}" if unknown else "weights are not negative"
        raise click.BadParameter(wrong, param_hint="--weights")
    return weights or dict(DEFAULT_WEIGHTS)


@observatory.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--sector", default="", help="Only this sector.")
def export(file: Path, sector: str) -> None:
    """Write cells of the serving release to FILE (.csv or .parquet), all years and regions."""
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet

    release = _release()
    if sector:
        code = _known("sector", sector, release.sectors)
        table: pa.Table = release.of_sector("cells", code, release.columns("cells"))
    else:
        table = release.whole("cells", release.columns("cells"))
    if file.suffix == ".parquet":
        pyarrow.parquet.write_table(table, file, compression="zstd")
    elif file.suffix == ".csv":
        pyarrow.csv.write_csv(table, file)
    else:
        raise click.BadParameter("the name must end in .csv or .parquet", param_hint="FILE")
    click.echo(f"{table.num_rows} rows of release {release.id} in {file}", err=True)


PACK = click.option(
    "--pack",
    "pack",
    is_flag=False,
    flag_value="",
    default=None,
    metavar="[FOLDER]",
    help="Start from a data pack instead of measures. Default folder: HANSE_DATA, else ./data.",
)
THREADS = click.option("--threads", type=click.IntRange(1, 64), help="Default: one per core.")


@observatory.command()
@PACK
@click.option("--live", type=click.Choice(list(LIVE)), help="Fetch this table from Eurostat today.")
@THREADS
def build(pack: str | None, live: str | None, threads: int | None) -> None:
    """Compute a release and let it serve; whatever goes wrong, the former one serves on."""

    def work(progress: Progress) -> str:
        if live is not None:
            measures = measures_of(Source(live), progress)
        elif pack is None:
            measures = newest_measures(settings.HANSE_MEASURES)
        else:
            target = Path(settings.VAR) / "measures" / "from-pack"
            measures = compile_pack(_pack(pack), target, threads=threads, progress=progress)
        return publish_release(
            measures, settings.HANSE_RELEASES, threads=threads, progress=progress
        )

    click.echo(_with_progress(work))


@observatory.command("recompute")
@PACK
@THREADS
def recompute_(pack: str | None, threads: int | None) -> None:
    """Compute everything again, compare each cell; exit code 1 if any differs."""

    def work(progress: Progress) -> dict[str, object]:
        if pack is not None:
            return recompute_from_pack(
                settings.HANSE_RELEASES, _pack(pack), threads=threads, progress=progress
            )
        measures = newest_measures(settings.HANSE_MEASURES)
        return recompute(settings.HANSE_RELEASES, measures, threads=threads, progress=progress)

    found = _with_progress(work)
    click.echo(json.dumps(found))
    sys.exit(1 if found["differing"] else 0)


def _pack(folder: str) -> Path:
    return Path(folder) if folder else Path(settings.HANSE_DATA)


def _with_progress(work: Callable[[Progress], Any]) -> Any:
    """Run work and draw its progress on standard error; a refusal becomes exit code 1."""
    with click.progressbar(length=1000, file=sys.stderr, show_eta=False, label="") as bar:

        def progress(step: Step, done: int, total: int) -> None:
            bar.label = str(step.label)
            bar.update(max(0, round(1000 * done / max(total, 1)) - bar.pos))
            if done >= total:
                bar.pos = 0

        try:
            return work(progress)
        except Refused as no:
            raise click.ClickException(str(no)) from no
