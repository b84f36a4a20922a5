"""`hanse backup` and `hanse restore`: everything in one file, and back again."""

from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from hanse.cli.archive import Contents, Unusable, read_backup, read_backup_over, write_backup


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help="Replace a file of that name.")
def backup(*, file: Path, overwrite: bool) -> None:
    """Write records, files and releases into FILE (.tar.gz). The site may go on serving."""
    if file.exists() and not overwrite:
        raise click.ClickException(f"{file} exists. Choose another name, or --overwrite.")
    if not file.parent.is_dir():
        raise click.ClickException(f"There is no folder {file.parent}.")
    try:
        tell("Backed up", write_backup(file))
    except (Unusable, OSError) as no:
        raise click.ClickException(str(no)) from no


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in place of everything that is here.")
def restore(*, file: Path, replace: bool) -> None:
    """Bring back what FILE holds. Stop the site before; start it again after."""
    make_tables()
    read = read_backup_over if replace else read_backup
    try:
        tell("Restored", read(file))
    except Unusable as no:
        raise click.ClickException(f"Nothing was changed. {no}") from no


def make_tables() -> None:
    """A database without any table, as after var/ was deleted, gets them first."""
    if not connection.introspection.table_names():
        Path(settings.VAR).mkdir(parents=True, exist_ok=True)
        call_command("migrate", interactive=False, verbosity=0)


def tell(what: str, contents: Contents) -> None:
    for table, count in contents.records.items():
        if count:
            click.echo(f"  {table:<40} {count:>8}")
    click.echo(
        f"{what}: {sum(contents.records.values())} records, {contents.files} files, "
        f"{contents.releases} releases."
    )
