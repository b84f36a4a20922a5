"""The component sheet under a URLconf of its own, without the rest of the site."""

import copy
import os
from pathlib import Path

import pytest
from django.conf import settings as project


@pytest.fixture
def look(settings):
    templates = copy.deepcopy(project.TEMPLATES)
    options = templates[0]["OPTIONS"]
    options["context_processors"] = [
        name for name in options["context_processors"] if not name.startswith("hanse.")
    ] + ["hanse.kit.tests.addresses.sections"]
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "hanse.kit.tests.addresses"
    settings.STORAGES = {
        **project.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    return settings


@pytest.fixture(scope="session")
def chromium():
    path = Path(os.environ.get("HANSE_CHROMIUM", "/usr/bin/chromium"))
    if not path.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is needed in CI and is not here")
        pytest.skip("Chromium is not installed: nobody looked at the pages in a browser")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(path),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()
