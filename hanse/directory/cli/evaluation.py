"""`hanse directory evaluate-suggestions`: do suggested partners become partners?"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import pyarrow as pa

    from hanse.engines.matching.graph import Graph, Ints, Matrix
    from hanse.engines.matching.protocol import Score
    from hanse.engines.matching.suggestion import Model

PARTICIPATIONS = ("project_rcn", "org_pic", "country", "activity_type", "start_date", "start_year")
LATER = ("project_rcn", "org_pic")
PROJECTS = ("project_rcn", "programme_parts")
MOST_PARTICIPANTS = 12
TIMED = 200
METHODS = ("adamic_adar", "popularity", "hanse")
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
NAMES = {
    "recall_10": "recall@10",
    "recall_50": "recall@50",
    "mrr": "mrr",
    "map_50": "map",
    "coverage": "coverage",
    "abroad": "abroad",
}


@dataclass(frozen=True)
class Period:
    """What is learned from: participations and projects of the earlier years."""

    participations: pa.Table
    projects: pa.Table


@dataclass(frozen=True)
class Question:
    """Who is asked about, and what happened: one block of the answer."""

    name: str
    queries: Ints
    truth: Matrix


@click.command("evaluate-suggestions")
@click.option("--train", required=True, type=FOLDER, help="Folder of the years to learn from.")
@click.option("--test", type=FOLDER, help="Folder of the later years.")
@click.option("--test-year", type=int, help="Split the folder of --train: learn from earlier.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True)
@click.option("--format", "form", type=click.Choice(["json", "table"]), default="table")
def evaluate_suggestions(
    train: Path, test: Path | None, test_year: int | None, seed: int, form: str
) -> None:
    """Suggest partners from earlier years and count which of them became partners later.

    A folder holds participations.parquet and projects.parquet. Ours stands beside Adamic-Adar and
    popularity, computed in the same run: "headline" are organisations of 2 to 50 collaborative
    projects and "cold" those of one, with their new partners in projects of 2 to 12; "all_a" are
    all organisations, with new partners in projects of any size.
    """
    from hanse.engines import faults  # noqa: PLC0415 -- slow import

    earlier, later = periods(train, test, test_year)
    try:
        answer = evaluation(earlier, later, seed)
    except faults.Unfit as no:
        raise click.ClickException(str(no)) from no
    click.echo(json.dumps(answer, indent=1) if form == "json" else as_lines(answer))


def periods(train: Path, test: Path | None, test_year: int | None) -> tuple[Period, pa.Table]:
    if (test is None) == (test_year is None):
        raise click.UsageError("Give either --test or --test-year.")
    whole = read_period(train)
    if test is not None:
        return whole, read_rows(test / "participations.parquet", LATER)
    import pyarrow.compute as pc

    years = whole.participations["start_year"]
    if test_year not in set(pc.unique(years).to_pylist()):
        low, high = pc.min_max(years).as_py().values()
        raise click.BadParameter(
            f"{test_year} is not in {train} ({low} to {high})", param_hint="--test-year"
        )
    earlier = whole.participations.filter(pc.less(years, test_year))
    if not earlier.num_rows:
        raise click.BadParameter(
            f"no project in {train} started before {test_year}", param_hint="--test-year"
        )
    return Period(earlier, whole.projects), whole.participations.filter(pc.equal(years, test_year))


def read_period(folder: Path) -> Period:
    return Period(
        read_rows(folder / "participations.parquet", PARTICIPATIONS),
        read_columns(folder / "projects.parquet", PROJECTS),
    )


def read_rows(path: Path, columns: tuple[str, ...]) -> pa.Table:
    """Participations: at least one, each with a whole number for project and organisation."""
    import pyarrow as pa

    table = read_columns(path, columns)
    if not table.num_rows:
        raise click.ClickException(f"{path} has no rows.")
    for name in LATER:
        if not pa.types.is_integer(table[name].type) or table[name].null_count:
            raise click.ClickException(f"{path}: {name} is not a whole number in every row.")
    return table


def read_columns(path: Path, columns: tuple[str, ...]) -> pa.Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not path.is_file():
        raise click.ClickException(f"{path.parent}: there is no {path.name}.")
    try:
        table = pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as no:
        raise click.ClickException(f"{path} cannot be read: {no}") from no
    missing = [column for column in columns if column not in table.column_names]
    if missing:
        raise click.ClickException(f"{path}: missing column {', '.join(missing)}.")
    return table.select(list(columns))


def evaluation(earlier: Period, later: pa.Table, seed: int) -> dict[str, Any]:
    """The answer as the reference prints it; null for a block about which nobody is asked."""
    from hanse.engines import faults  # noqa: PLC0415 -- slow import
    from hanse.engines.matching import adamic_adar, fit, popularity, scores
    from hanse.engines.matching.protocol import lists

    graph = graph_of(earlier)
    asked = questions(graph, later)
    model = fit(graph, seed=seed)

    def ours(_: Graph, organisations: Ints) -> Any:
        return scores(model, organisations)

    everybody = asked[-1].queries
    if not len(everybody):
        raise faults.NothingGiven("Nobody found a new partner in the later period.")
    methods: dict[str, Score] = dict(zip(METHODS, (adamic_adar, popularity, ours), strict=True))
    found = {name: lists(graph, everybody, one, seed=seed) for name, one in methods.items()}
    blocks = {one.name: block(graph, one, everybody, found, seed) for one in asked}
    return {**blocks, "seconds_per_query": seconds_per_query(model, everybody)}


def graph_of(period: Period) -> Graph:
    from hanse.engines.matching import graph

    rows = {name: period.participations[name].to_pylist() for name in PARTICIPATIONS}
    codes, parts = (period.projects[name].to_pylist() for name in PROJECTS)
    return graph(
        rows["org_pic"],
        rows["project_rcn"],
        country=[word or "" for word in rows["country"]],
        kind=[word or "" for word in rows["activity_type"]],
        started=[str(day)[:10] if day else "NaT" for day in rows["start_date"]],
        programmes={code: text or "" for code, text in zip(codes, parts, strict=True)},
    )


def questions(graph: Graph, later: pa.Table) -> tuple[Question, Question, Question]:
    """Headline, cold and all_a. Every query of the first two is one of the last as well."""
    from hanse.engines.matching import new_partners
    from hanse.engines.matching.protocol import slice_of
    from hanse.engines.matching.truth import with_new_partners

    who, what = (later[name].to_numpy() for name in ("org_pic", "project_rcn"))
    chosen = new_partners(graph, who, what, most_participants=MOST_PARTICIPANTS)
    met = new_partners(graph, who, what)
    found, kinds = with_new_partners(chosen), slice_of(graph)
    return (
        Question("headline", found[kinds[found] == "regular"], chosen),
        Question("cold", found[kinds[found] == "cold"], chosen),
        Question("all_a", with_new_partners(met), met),
    )


def block(
    graph: Graph, one: Question, everybody: Ints, found: dict[str, Ints], seed: int
) -> dict[str, Any] | None:
    """Measures of every method, and the ratio of ours to Adamic and Adar. None without queries."""
    import numpy as np

    from hanse.engines.matching.protocol import measures, recall

    if not len(one.queries):
        return None
    rows = np.searchsorted(everybody, one.queries)
    chosen = {name: lists[rows] for name, lists in found.items()}
    hit = {name: recall(one.truth, one.queries, lists) for name, lists in chosen.items()}
    measured = {
        name: rounded(measures(graph, one.truth, one.queries, lists))
        for name, lists in chosen.items()
    }
    return {**measured, **ratio(hit["hanse"], hit["adamic_adar"], seed)}


def ratio(ours: Any, theirs: Any, seed: int) -> dict[str, float | None]:
    """How many times better ours is, with its bounds. None where theirs finds nobody at all."""
    from hanse.engines.matching.protocol import paired_ratio

    if not theirs.any():
        return {"ratio": None, "ratio_low": None, "ratio_high": None}
    found = paired_ratio(ours, theirs, seed=seed)
    bounds = {"ratio": found.ratio, "ratio_low": found.low, "ratio_high": found.high}
    return {name: round(value, 4) for name, value in bounds.items()}


def rounded(measures: Any) -> dict[str, float]:
    return {name: round(getattr(measures, field), 6) for field, name in NAMES.items()}


def seconds_per_query(model: Model, queries: Ints) -> float:
    """Mean time of one suggestion of 50, one organisation after the other."""
    from hanse.engines.matching import suggest

    timed = queries[:: max(1, len(queries) // TIMED)]
    suggest(model, int(timed[0]))  # what is computed once is not counted
    started = time.perf_counter()
    for organisation in timed:
        suggest(model, int(organisation))
    return round((time.perf_counter() - started) / len(timed), 5)


def as_lines(answer: dict[str, Any]) -> str:
    """The same answer for the eye."""
    lines = [f"{'':<26}" + "".join(f"{name:>11}" for name in NAMES.values())]
    for name in ("headline", "cold", "all_a"):
        lines += lines_of(name, answer[name]) if answer[name] else [f"{name:<10}nobody"]
    return "\n".join([*lines, f"{answer['seconds_per_query'] * 1000:.1f} ms per query"])


def lines_of(name: str, part: dict[str, Any]) -> list[str]:
    lines = []
    for method in METHODS:
        figures = "".join(f"{part[method][key]:>11.4f}" for key in NAMES.values())
        lines.append(f"{name:<10}{method:<16}{figures}")
    if part["ratio"] is None:
        return [*lines, f"{name:<10}Adamic-Adar found nobody"]
    low, high = part["ratio_low"], part["ratio_high"]
    return [*lines, f"{name:<10}x Adamic-Adar {part['ratio']:.2f} ({low:.2f} to {high:.2f})"]
