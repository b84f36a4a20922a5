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
