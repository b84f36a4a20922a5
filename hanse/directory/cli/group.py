"""The group that all commands of the directory hang on."""

import click


@click.group()
def directory() -> None:
    """Cluster organisations and their members."""
