"""`hanse directory projects`: past joint projects of known organisations, from CORDIS' form."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("projects")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def projects(folder: Path) -> None:
    """Take in the projects in FOLDER (participations.parquet, projects.parquet) that join two or
    more organisations known here by their participant code. Running it again changes nothing."""
    from hanse.directory.actions.projects import (  # noqa: PLC0415 -- slow import
        Given,
        take_in_projects,
    )
    from hanse.directory.transfers.cordis import (  # noqa: PLC0415 -- slow import
        SOURCE,
        Unreadable,
        projects_in,
    )

    try:
        told = take_in_projects(
            (
                Given(one.number, one.began_on, one.ended_on, one.programmes, one.parts)
                for one in projects_in(folder)
            ),
            SOURCE,
        )
    except Unreadable as no:
        raise click.ClickException(str(no)) from no
    click.echo(
        f"{told.seen} projects read, {told.joining} join organisations known here, "
        f"{told.made} new, of {told.organisations} organisations."
    )
