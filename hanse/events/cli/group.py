"""The group that all commands of the events hang on."""

import click


@click.group()
def events() -> None:
    """Weeks and their events."""
