"""One browser for the whole suite, wherever a test lies."""

import os
from pathlib import Path

import pytest


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
