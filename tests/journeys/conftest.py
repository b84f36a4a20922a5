"""A browser before the whole site, with nobody or somebody logged in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache

from hanse.conftest import PASSWORD

WIDE, NARROW = 1280, 360

# The browser's driver keeps an event loop in this thread; the records are ours alone all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def visit(chromium, live_server) -> Callable[..., Any]:
    """Open a page in a fresh browser: `with visit("/") as tab:`; fails on script errors."""

    @contextmanager
    def visiting(
        address: str,
        *,
        width: int = WIDE,
        theme: str = "light",
        script: bool = True,
        language: str = "en-GB",
        who: Any = None,
    ) -> Iterator[Any]:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            java_script_enabled=script,
            locale=language,
            accept_downloads=True,
        )
        tab = context.new_page()
        troubles: list[str] = []
        tab.on("pageerror", lambda error: troubles.append(str(error)))
        tab.on(
            "console",
            lambda said: troubles.append(said.text) if "Content Security" in said.text else None,
        )
        if who is not None:
            # One address logs in more often in a minute than the door of the site allows.
            cache.clear()
            tab.goto("/account/login/")
            tab.fill("[name=login]", who.email)
            tab.fill("[name=password]", PASSWORD)
            tab.click("main form button.main")
            tab.wait_for_url("**/account/**")
        tab.goto(address)
        yield tab
        context.close()
        assert troubles == []

    return visiting
