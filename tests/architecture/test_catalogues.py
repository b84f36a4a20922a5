"""Every word a person reads stands in every language, officially worded where it can be."""

import csv
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from hanse.cli.catalogues import catalogues, incomplete
from hanse.commons.sectors.words import SHORT_NAMES, TITLES

LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def test_there_is_a_catalogue_for_each_language():
    assert {path.parent.parent.name for path in catalogues()} == set(LANGUAGES)


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: path.parent.parent.name)
def test_no_message_is_missing_or_guessed(path):
    assert incomplete(path) == []


def test_a_missing_and_a_guessed_message_are_noticed(tmp_path):
    catalogue = tmp_path / "django.po"
    catalogue.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "One"\nmsgstr ""\n\n#, fuzzy\nmsgid "Two"\nmsgstr "Zwei"\n\n'
        'msgid "Three"\nmsgstr "Drei"\n'
    )
    assert incomplete(catalogue) == ["One", "Two"]


def test_every_sector_has_a_title_and_a_short_name():
    assert set(TITLES) == set(SHORT_NAMES)


@pytest.mark.pack
@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_that_did_not_change_have_their_official_wording(language):
    """Wording of Rev. 2.1 is taken only where the English title is the same."""
    table = Path(settings.HANSE_DATA) / "classifications" / "nace_rev2_1_multilingual.csv"
    if not table.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("The data pack is needed in CI and is not here")
        pytest.skip("No data pack: official wordings were not compared")
    with table.open(newline="") as rows:
        official = {row["en"].casefold(): row for row in csv.DictReader(rows)}
    same = [title for title in map(str, TITLES.values()) if title.casefold() in official]
    assert len(same) > 40
    shared = {str(name) for name in SHORT_NAMES.values()}
    with override(language):
        translated = {title: str(TITLES[code]) for code, title in english_titles().items()}
    wrong = {
        title: translated[title]
        for title in same
        if title not in shared
        and translated[title].casefold() != official[title.casefold()][language].casefold()
    }
    assert wrong == {}


def english_titles() -> dict[str, str]:
    with override("en"):
        return {code: str(title) for code, title in TITLES.items()}
