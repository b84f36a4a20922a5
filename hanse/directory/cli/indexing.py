"""`hanse directory index`: what the search reads, made anew from the records."""

import click

from hanse.directory.actions.indexing import index_everything
from hanse.directory.cli.group import directory


@directory.command()
def index() -> None:
    """Write anew what the search reads, as after a new vocabulary. The site may go on serving."""
    click.echo(f"Indexed {index_everything()} organisations.")
