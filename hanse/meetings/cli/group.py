"""The group that all commands of the meetings hang on."""

import click


@click.group()
def meetings() -> None:
    """Plan bilateral meetings from a file, and check a plan."""
