"""Catalogues of translations: compiled without any system tool, collected with gettext's."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command

LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def catalogues() -> list[Path]:
    return sorted(path for root in settings.LOCALE_PATHS for path in Path(root).rglob("*.po"))


def compile_catalogues() -> int:
    """Write the .mo beside each .po that is newer; returns how many were written."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 -- slow import
    from babel.messages.pofile import read_po  # noqa: PLC0415 -- slow import

    written = 0
    for path in catalogues():
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as source:
            catalogue = read_po(source)
        draft = compiled.with_suffix(".draft")
        with draft.open("wb") as target:
            write_mo(target, catalogue)
        draft.replace(compiled)
        written += 1
    return written


def incomplete(path: Path) -> list[str]:
    """Every message of a catalogue that has no translation, or only a guess (fuzzy)."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 -- slow import

    with path.open("rb") as source:
        messages = [message for message in read_po(source) if message.id]
    return [_plain(m.id) for m in messages if m.fuzzy or not _translated(m.string)]


def _translated(string: object) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


def _plain(wording: object) -> str:
    return str(wording[0] if isinstance(wording, tuple | list) else wording)


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; fail if a catalogue is not complete.")
def messages(*, check: bool) -> None:
    """Collect the messages of code and templates into the catalogues (needs gettext)."""
    if not shutil.which("xgettext"):
        raise click.ClickException("gettext is not installed (Debian: apt install gettext).")
    before = {path: path.read_bytes() for path in catalogues()}
    try:
        collect()
        wrong = {path: incomplete(path) for path in catalogues()}
    finally:
        if check:
            for path, content in before.items():
                path.write_bytes(content)
    for path, missing in wrong.items():
        for wording in missing:
            click.echo(f"{path.parent.parent.name}: not translated: {wording[:100]}", err=True)
    if any(wrong.values()):
        sys.exit(1)
    click.echo(f"{len(wrong)} catalogues complete", err=True)


def collect() -> None:
    call_command(
        "makemessages",
        locale=LANGUAGES,
        add_location="file",
        no_obsolete=True,
        no_wrap=True,
        verbosity=0,
        ignore_patterns=["var/*", "tests/*", ".venv/*", "node_modules/*", "build/*"],
    )
