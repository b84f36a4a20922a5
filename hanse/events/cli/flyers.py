"""`hanse events flyer SERIES --out FILE`: the flyer of a week as a PDF of two pages."""

from pathlib import Path

import click
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from hanse.events.access import series_visible_to
from hanse.events.cli.group import events
from hanse.events.documents.flyer import flyer
from hanse.events.queries.overview import week_of

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@events.command("flyer")
@click.argument("series")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
def write_flyer(*, series: str, out: Path, language: str) -> None:
    """Print the flyer of SERIES (the name in its address) into a PDF."""
    stranger = AnonymousUser()
    found = series_visible_to(stranger).filter(slug=series).first()
    if found is None:
        known = ", ".join(series_visible_to(stranger).values_list("slug", flat=True)) or "none"
        raise click.ClickException(f"There is no published series {series!r}. Known: {known}.")
    with translation.override(language):
        written = flyer(week_of(found, stranger))
    try:
        out.write_bytes(written)
    except OSError as no:
        raise click.ClickException(f"{out} cannot be written: {no.strerror}.") from no
    click.echo(f"{out}: {len(written) // 1024} kB")
