"""Small habits that a machine can keep."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.ROOT)
REASONS = ("slow import", "optional dependency", "apps not ready")


def sources():
    for path in sorted((ROOT / "hanse").rglob("*.py")):
        if "migrations" not in path.parts and "tests" not in path.parts:
            yield path


def test_an_inline_import_states_its_reason():
    silent = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if "PLC0415" in line and not line.rstrip().endswith(REASONS)
    ]
    assert silent == []


def test_days_are_asked_for_by_the_one_field_that_browsers_read():
    found = [
        str(path.relative_to(ROOT))
        for path in sources()
        if "DateInput(" in path.read_text(encoding="utf-8") and path.name != "fields.py"
    ]
    assert found == []


def test_no_file_is_named_after_nothing():
    banned = {"utils", "helpers", "common", "misc", "manager", "service", "services", "handlers"}
    assert [path for path in sources() if path.stem in banned] == []


def test_every_block_of_translation_is_trimmed():
    loose = [
        f"{path.relative_to(ROOT)}: {tag}"
        for path in sorted((ROOT / "hanse").rglob("*.html"))
        for tag in re.findall(
            r"{% blocktrans(?:late)? [^%]*%}|{% blocktrans(?:late)? %}", path.read_text()
        )
        if "trimmed" not in tag
    ]
    assert loose == []


def test_no_template_styles_or_scripts_inline():
    """The content security policy would block it; data for scripts is allowed."""
    found = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "hanse").rglob("*.html"))
        if re.search(r"\sstyle=|\son(click|change|submit|load)=|<style", path.read_text())
    ]
    assert found == []
