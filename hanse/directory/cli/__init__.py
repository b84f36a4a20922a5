"""`hanse directory …`: organisations in and out, suggestions tested, on a terminal."""

import click

from hanse.directory.cli.evaluation import evaluate_suggestions


@click.group()
def directory() -> None:
    """Cluster organisations and their members."""


directory.add_command(evaluate_suggestions)
__all__ = ["directory"]
