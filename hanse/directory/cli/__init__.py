"""`hanse directory …`: organisations in and out, suggestions tested, on a terminal."""

import click


@click.group()
def directory() -> None:
    """Cluster organisations and their members."""


__all__ = ["directory"]
