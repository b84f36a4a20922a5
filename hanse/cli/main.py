"""The one `hanse` command. Each subcommand lives in its own file and is read when it is called."""

import os
import sys
from importlib import import_module

import click

COMMANDS = {
    "serve": "hanse.cli.serve",
    "worker": "hanse.cli.worker",
    "web": "hanse.cli.web",
    "prepare": "hanse.cli.prepare",
    "demo": "hanse.cli.demo",
    "person": "hanse.cli.person",
    "backup": "hanse.cli.backup",
    "restore": "hanse.cli.backup",
    "messages": "hanse.cli.catalogues",
    "observatory": "hanse.observatory.cli",
    "directory": "hanse.directory.cli",
    "events": "hanse.events.cli",
    "meetings": "hanse.meetings.cli",
}


class Table(click.Group):
    """A group that reads its commands from the table above."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        return command


@click.group(cls=Table, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hanse")
def hanse() -> None:
    """The open platform for Europe's industrial clusters."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hanse.project.settings")
    import django  # noqa: PLC0415 -- slow import

    try:
        django.setup()
    except PermissionError as no:
        click.echo(f"Stopped: the folder for data cannot be written ({no.filename}).", err=True)
        sys.exit(1)
    from django.db import DatabaseError  # noqa: PLC0415 -- apps not ready

    try:
        hanse(prog_name="hanse")
    except DatabaseError as no:
        if not names_no_table(no):
            raise
        click.echo("Stopped: there are no records yet. `hanse prepare` makes them.", err=True)
        sys.exit(1)


def names_no_table(no: Exception) -> bool:
    """Whether a database says that a table is not there: nobody prepared it."""
    return "no such table" in str(no) or getattr(no.__cause__, "sqlstate", "") == "42P01"


if __name__ == "__main__":
    main()
