"""`hanse observatory replay | index`: methods on tables and reference cases of one's own.

Answers go to standard output, words to standard error. Exit codes: 0 done or all agree, 1 refused
or different, 2 wrong usage.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from django.conf import settings

from hanse.kit.refusals import Refused

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("replay")
@click.argument("cases", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--data", type=FOLDER, help="Folder in which `shared: x` of the cases lies.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def replay_cases(cases: Path, data: Path | None, form: str) -> None:
    """Compute a file of reference cases with our engines and compare."""
    from hanse.observatory.transfers.replay.playing import (  # noqa: PLC0415 -- slow import
        Replay,
        replay,
    )

    try:
        found = Replay(tuple(replay(cases, data or _beside_the_pack())))
    except Refused as no:
        raise click.ClickException(str(no)) from no
    if form == "json":
        click.echo(json.dumps(found.as_dict()))
    else:
        for one in found.outcomes:
            word = "ok" if one.passed else "deliberate" if one.deliberate else "DIFFERS"
            deviation = "" if one.deviation is None else f"{one.deviation:.1e}"
            click.echo(f"{word:<11}{deviation:>8}  {one.id}  {one.deliberate or one.why}".rstrip())
        click.echo(
            f"{found.passed} passed, {found.failed} failed, {found.deliberate} deliberate", err=True
        )
    sys.exit(1 if found.failed else 0)


def _beside_the_pack() -> Path | None:
    """Reference cases are kept beside the data pack."""
    folder = Path(settings.HANSE_DATA).parent
    return folder if folder.is_dir() else None


def add_to(group: click.Group) -> None:
    group.add_command(replay_cases)
