"""`hanse prepare`: everything between an environment and a served page, each step said once."""

from __future__ import annotations

import sys
import time

import click
from django.conf import settings
from django.core.management import call_command

from hanse.cli.catalogues import compile_catalogues
from hanse.cli.kernels import compile_kernels, kernels_are_current
from hanse.events.actions.series import load_shipped_series
from hanse.observatory.actions.shipped import release_is_current, serve_shipped_measures


def say(step: str) -> None:
    click.echo(f"› {step}", err=True)


@click.command()
@click.option("--empty", is_flag=True, help="Without the demo world.")
@click.option(
    "--only-files", is_flag=True, help="Catalogues, static files and release; no records."
)
def prepare(*, empty: bool, only_files: bool) -> None:
    """Make what serving needs, where it is missing."""
    if compile_catalogues():
        say("Compiled the translations")
    call_command("collectstatic", interactive=False, verbosity=0)
    if not only_files:
        say("Bringing the records up to date")
        call_command("migrate", interactive=False, verbosity=0)
        load_shipped_series()
    if not kernels_are_current():
        make_kernels()
    if not release_is_current(settings.HANSE_MEASURES, settings.HANSE_RELEASES):
        make_release()
    if not (empty or only_files):
        from hanse.cli.demo import make_demo_world  # noqa: PLC0415 -- optional dependency

        make_demo_world()


def make_kernels() -> None:
    say("Compiling kernels, once")
    began = time.monotonic()
    compile_kernels()
    say(f"Compiled them in {time.monotonic() - began:.1f} s")


def make_release() -> None:
    say("Computing the release from the shipped measures")
    began = time.monotonic()
    with click.progressbar(length=1000, file=sys.stderr, show_eta=False) as bar:

        def progress(step: object, done: int, total: int) -> None:
            bar.label = str(getattr(step, "label", step))
            bar.update(max(0, round(1000 * done / max(total, 1)) - bar.pos))

        release = serve_shipped_measures(settings.HANSE_MEASURES, settings.HANSE_RELEASES, progress)
    say(f"Release {release} in {time.monotonic() - began:.1f} s")
