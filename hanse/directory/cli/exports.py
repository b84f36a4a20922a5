"""stub"""

from hanse.directory.cli.group import directory


@directory.command()
def export() -> None:
    """stub"""
