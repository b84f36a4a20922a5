"""`hanse directory export DIR`: the open data as files, as the page offers them."""

from pathlib import Path

import click

from hanse.directory.actions.open_data import FORMS, write_into
from hanse.directory.cli.group import directory


@directory.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(*, folder: Path) -> None:
    """Write every public fact of everybody who is found into FOLDER: CSV, JSONL, XLSX, Parquet."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, count in write_into(folder).items():
        click.echo(f"{name:<16} {count:>8} rows  {', '.join(f'{name}.{form}' for form in FORMS)}")
