"""`hanse observatory replay | index`: methods on tables and reference cases of one's own.

Answers go to standard output, words to standard error. Exit codes: 0 done or all agree, 1 refused
or different, 2 wrong usage.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from django.conf import settings

from hanse.engines import faults
from hanse.kit.refusals import Refused
from hanse.kit.sheets import Column, Sheet
from hanse.observatory.cli.figures import print_sheet
from hanse.observatory.documents.methods import methods_in_markdown, sheet_of_methods
from hanse.observatory.transfers.tables import read_table

if TYPE_CHECKING:
    import pyarrow as pa

    from hanse.engines.catalogue import Method

MARKDOWN = "markdown"
FILE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("replay")
@click.argument("cases", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--data", type=FOLDER, help="Folder in which `shared: x` of the cases lies.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def replay_cases(cases: Path, data: Path | None, form: str) -> None:
    """Compute a file of reference cases with our engines and compare."""
    from hanse.observatory.transfers.replay.playing import (  # noqa: PLC0415 -- slow import
        Replay,
        replay,
    )

    try:
        found = Replay(tuple(replay(cases, data or _beside_the_pack())))
    except Refused as no:
        raise click.ClickException(str(no)) from no
    if form == "json":
        click.echo(json.dumps(found.as_dict()))
    else:
        for one in found.outcomes:
            word = "ok" if one.passed else "deliberate" if one.deliberate else "DIFFERS"
            deviation = "" if one.deviation is None else f"{one.deviation:.1e}"
            click.echo(f"{word:<11}{deviation:>8}  {one.id}  {one.deliberate or one.why}".rstrip())
        click.echo(
            f"{found.passed} passed, {found.failed} failed, {found.deliberate} deliberate", err=True
        )
    sys.exit(1 if found.failed else 0)


def _beside_the_pack() -> Path | None:
    """Reference cases are kept beside the data pack, or in a folder of their own there."""
    beside = Path(settings.HANSE_DATA).parent
    return next((one for one in (beside / "reference", beside) if one.is_dir()), None)


@click.command("index")
@click.argument("name", required=False)
@click.argument("table", type=FILE, required=False)
@click.option("--list", "is_list", is_flag=True, help="All methods, by family.")
@click.option("--region", metavar="COLUMN", help="Column of region codes.")
@click.option("--sector", metavar="COLUMN", help="Column of sector codes.")
@click.option("--value", metavar="COLUMN", help="Column of values.")
@click.option("--period", metavar="COLUMN", help="Column of periods.")
@click.option("--weight", metavar="COLUMN", help="Column of weights.")
@click.option("--column", "others", multiple=True, metavar="ROLE=COLUMN", help="Any other column.")
@click.option("--by", multiple=True, metavar="COLUMN", help="Each value makes its own table.")
@click.option("--like", metavar="PRESET", help="The conventions of another program: econgeo.")
@click.option("--option", "given", multiple=True, metavar="NAME=VALUE", help="threshold=1.5, r=1,2")
@click.option("--neighbours", type=FILE, help="Table of pairs: region, neighbour.")
@click.option("--reference", type=FILE, help="Table of a reference area.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "json", "table", MARKDOWN]),
    default="table",
    show_default=True,
    help="markdown: of --list alone.",
)
def index(
    name: str | None,
    table: Path | None,
    others: tuple[str, ...],
    by: tuple[str, ...],
    like: str | None,
    given: tuple[str, ...],
    neighbours: Path | None,
    reference: Path | None,
    form: str,
    *,
    is_list: bool,
    **named: str | None,
) -> None:
    """Compute any method over a table of one's own: CSV, TSV, Parquet, or - for standard input.

    Without TABLE the words of the method: formula, unit, source, options, presets.
    """
    if is_list:
        _list(form)
        return
    if name is None:
        raise click.UsageError("Name a method, or ask for --list.")
    if form == MARKDOWN:
        raise click.UsageError("markdown is a format of --list.")
    columns = {role: column for role, column in named.items() if column}
    columns |= dict(_split("--column", one) for one in others)
    options = dict(_split("--option", one) for one in given)
    try:
        method, said = _method(name)
        if table is None:
            click.echo(_words_of(method))
            return
        tables = {"neighbours": neighbours, "reference": reference}
        answer = _computed(method, said, table, columns, options, like, by, tables)
    except faults.Unfit as no:
        raise click.ClickException(str(no)) from no
    print_sheet(_sheet(method, answer, form), form)
    _warn(answer)


def _list(form: str) -> None:
    if form == MARKDOWN:
        click.echo(methods_in_markdown(), nl=False)
    elif form == "table":
        family = ""
        for row in sheet_of_methods().as_dicts():
            if row["family"] != family:
                family = str(row["family"])
                click.echo(f"\n{family}" if family != "specialisation" else family)
            click.echo(f"  {row['name']:<26}{row['says']}")
    else:
        print_sheet(sheet_of_methods(), form)


def _split(flag: str, text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise click.BadParameter(f"{text!r} is not NAME=VALUE", param_hint=flag)
    return name.strip(), value.strip()


def _method(name: str) -> tuple[Method, dict[str, Any]]:
    from hanse.engines.catalogue import method

    found, said = method(name)
    return found, dict(said)


def _computed(
    method: Method,
    said: dict[str, Any],
    table: Path,
    columns: dict[str, str],
    written: dict[str, str],
    like: str | None,
    by: tuple[str, ...],
    tables: dict[str, Path | None],
) -> pa.Table:
    from hanse.engines.catalogue.method import TABLES
    from hanse.engines.regional.table import KEYS

    figures = {columns.get(role, role) for role in method.roles if role not in KEYS}
    periods = {columns.get("period", "period"), *by} - figures
    options = said | {
        name: typed(value, method.options.get(name)) for name, value in written.items()
    }
    for name in set(TABLES) & set(written):
        if isinstance(method.options.get(name), str):
            continue
        raise click.UsageError(f"{name} is a table: --{name} FILE.")
    for name, path in tables.items():
        if path is not None:
            numbers = {"weight"} if name == "neighbours" else figures
            options[name] = read_table(path, figures=numbers, periods=periods)
    rows = read_table(table, figures=figures, periods=periods)
    if method.is_compiled_first(options):
        click.echo("Compiling kernels, once …", err=True)
    return method.compute(rows, columns, options, like, by=by)


def typed(written: str, default: Any) -> Any:
    """What is typed on a command line as the kind of the option's default, where it can be.

    >>> typed("1.5", 1.0), typed("true", False), typed("0.5,1", ()), typed("01", "")
    (1.5, True, [0.5, 1], '01')
    >>> typed("2014", None), typed("01", None)
    (2014, '01')
    """
    if isinstance(default, str):
        return written
    if isinstance(default, tuple):
        return [_number(one) for one in written.split(",")]
    if isinstance(default, bool) or (default is None and written.lower() in {"true", "false"}):
        return {"true": True, "false": False}.get(written.lower(), written)
    if default is None and str(_number(written)) != written:
        return written
    return _number(written)


def _number(written: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(written)
        except ValueError:
            continue
    return written


def _sheet(method: Method, answer: pa.Table, form: str) -> Sheet:
    names = answer.column_names
    values = [answer[place].to_pylist() for place in range(len(names))]
    if form == "table" and "reason" in names:  # where a value is known there is none to know
        values[names.index("reason")] = [one or "" for one in answer["reason"].to_pylist()]
    return Sheet(
        method.name,
        method.first_sentence,
        tuple(Column(name, name) for name in names),
        tuple(zip(*values, strict=True)),
        (f"{method.name}: hanse observatory index {method.name} says more.",),
    )


def _warn(answer: pa.Table) -> None:
    from hanse.engines.catalogue import WARNINGS_SAY, warnings_of

    for code in warnings_of(answer):
        click.echo(f"Beware: {WARNINGS_SAY.get(code, code)}", err=True)


def _words_of(method: Method) -> str:
    """The docstring, then columns, options and presets of the command."""
    from hanse.engines.catalogue import ALIASES, OPTIONS_SAY

    lines = [f"{method.name} ({method.family})", "", method.doc, ""]
    lines.append(f"Columns   {', '.join(method.takes)}")
    if method.optional:
        lines.append(f"          where there are: {', '.join(method.optional)}")
    lines.append(f"A row is  a {method.row}")
    for place, (name, default) in enumerate(method.options.items()):
        shown = "" if default in (None, "", ()) else str(default)
        line = f"{'' if place else 'Options':<10}{name:<14}{shown:<18}{OPTIONS_SAY.get(name, '')}"
        lines.append(line.rstrip())
    for place, (name, preset) in enumerate(method.presets.items()):
        said = ", ".join(f"{key} {value}" for key, value in preset.items() if key != "like")
        lines.append(f"{'' if place else 'Like':<10}{name:<22}{said}".rstrip())
    others = [alias for alias, (name, _) in ALIASES.items() if name == method.name]
    if others:
        lines.append(f"Also      {', '.join(others)}")
    return "\n".join(lines)


def add_to(group: click.Group) -> None:
    group.add_command(replay_cases)
    group.add_command(index)
