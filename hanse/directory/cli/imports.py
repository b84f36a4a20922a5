"""`hanse directory import FILE`: what a file would do, row by row, and then doing it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from hanse.commons.people.models import Person
from hanse.directory.actions.imports import (
    Asked,
    forget,
    keep_rows,
    listing_of,
    look_through,
    take_in_file,
)
from hanse.directory.cli.group import directory
from hanse.directory.models import Import
from hanse.directory.transfers.tables import read_file
from hanse.directory.words import Kind, RowOutcome
from hanse.kit.refusals import Refused

SHOWN = 40


@directory.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--unclaimed", is_flag=True, help="Listings from public pages, without an owner.")
@click.option("--preview", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--take-alike", is_flag=True, help="Take in what may be here already as well.")
@click.option(
    "--kind",
    type=click.Choice(Kind.values),
    default=str(Kind.CLUSTER),
    show_default=True,
    help="What the organisations are, where the file does not say.",
)
@click.option("--as", "email", help="In whose name: drafts and changes of that person alone.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
def import_(
    *,
    file: Path,
    unclaimed: bool,
    preview: bool,
    take_alike: bool,
    kind: str,
    email: str | None,
    form: str,
) -> None:
    """Take in organisations from FILE (.csv, .xlsx, .json). Exit code 1: rows were refused."""
    try:
        read = read_file(file.name, file.read_bytes())
        asked = Asked(
            _person(email),
            is_listing=unclaimed,
            kind=kind,
            takes_alike=take_alike,
            listing=listing_of(file.name),
        )
        brought = look_through(
            keep_rows(read.name, read.digest, read.encoding, read.rows, read.unread, asked)
        )
    except Refused as no:
        raise click.ClickException(str(no)) from no
    told = brought.preview or {}
    _tell(brought, told, form)
    counts = told["counts"]
    if not preview and counts[RowOutcome.NEW] + counts[RowOutcome.CHANGED]:
        try:
            take_in_file(brought, by=asked.by)
        except Refused as no:
            raise click.ClickException(str(no)) from no
        click.echo(
            f"Done: {counts[RowOutcome.NEW]} new, {counts[RowOutcome.CHANGED]} changed.", err=True
        )
    else:
        forget(brought)
        if not preview:
            click.echo("Nothing to do.", err=True)
    if counts[RowOutcome.REFUSED]:
        raise SystemExit(1)


def _person(email: str | None) -> Person | None:
    if email is None:
        return None
    person = Person.objects.filter(email=email.lower(), is_active=True).first()
    if person is None:
        raise click.ClickException(f"Nobody has the address {email} here.")
    return person


def _tell(brought: Import, told: Mapping[str, Any], form: str) -> None:
    if form == "json":
        about = {"file": brought.name, "sha256": brought.digest, "encoding": brought.encoding}
        click.echo(json.dumps({**about, "unread": brought.unread, **told}, ensure_ascii=False))
        return
    click.echo(f"{brought.name}, {brought.count} rows, read as {brought.encoding}")
    if brought.unread:
        click.echo(f"Columns not read: {', '.join(brought.unread)}")
    for outcome in RowOutcome:
        click.echo(f"  {outcome.label!s:<24} {told['counts'][outcome]:>7}")
    for line in _lines(told["rows"]):
        click.echo(line)


def _lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Refused rows with column and reason, changes field by field, who looks alike, what was left
    out; of each at most a screen."""
    faults = [(one, fault) for one in rows for fault in one.get("faults", ())]
    yield from _part("Refused", [f"row {o['row']}, {f[0] or '–'}: {f[1]}" for o, f in faults])
    changes = [(one, change) for one in rows for change in one.get("changes", ())]
    yield from _part(
        "Changed", [f"row {o['row']}, {o['slug']}, {c[0]}: {c[1]} → {c[2]}" for o, c in changes]
    )
    alike = [(one, other) for one in rows for other in one.get("alike", ())]
    yield from _part(
        "Possibly here already",
        [
            f"row {o['row']}, {o['name']} ~ {a['name']} ({a['slug']}): {', '.join(a['agrees'])}"
            for o, a in alike
        ],
    )
    left = Counter(said for one in rows for _column, said in one.get("left_out", ()))
    yield from _part(
        "Left out or read otherwise", [f"{n} × {said}" for said, n in left.most_common()]
    )


def _part(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{title}:"
        yield from (f"  {line}" for line in lines[:SHOWN])
        if len(lines) > SHOWN:
            yield f"  … and {len(lines) - SHOWN} more; --format json tells all"
