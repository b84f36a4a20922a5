"""The operator's guide names every setting and every command; a new one without a word fails."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from hanse.cli.main import COMMANDS

ROOT = Path(settings.ROOT)
GUIDE = ROOT / "docs" / "operate.md"
# Between our own processes.
INNER = {"HANSE_LEASH"}


def settings_read() -> set[str]:
    code = (ROOT / "hanse/project/settings.py").read_text()
    named = set(re.findall(r'"(HANSE_[A-Z_]+|DATABASE_URL)"', code))
    return named - INNER


@pytest.mark.parametrize("name", sorted(settings_read()))
def test_the_guide_explains_the_setting(name):
    assert f"`{name}`" in GUIDE.read_text()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_guide_explains_the_command(name):
    assert f"`hanse {name}" in GUIDE.read_text()


def test_every_documented_difference_has_its_entry_and_the_other_way_round():
    from hanse.engines.differences import DIFFERENCES

    text = (ROOT / "docs/differences.md").read_text(encoding="utf-8")
    headings = {line[3:].strip() for line in text.splitlines() if line.startswith("## ")}
    assert headings == set(DIFFERENCES)


def test_every_method_note_names_an_engine_that_is_there():
    from hanse.observatory.queries.methods import METHODS

    missing = [note.slug for note in METHODS.values() if not (ROOT / note.engine_file).is_file()]
    assert missing == []
