"""The component sheet in a browser: axe-core in both themes, narrow and wide, without script."""

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread

pytestmark = pytest.mark.journey

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def address(look):
    look.ALLOWED_HOSTS = ["localhost"]
    thread = LiveServerThread("localhost", StaticFilesHandler, connections_override={})
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://localhost:{thread.port}"
    thread.terminate()
    thread.join()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("page", ["components", "plate/hexplate", "plate/portrait"])
def test_axe_finds_nothing(chromium, address, theme, width, page):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
    tab = context.new_page()
    troubles = []
    tab.on("console", lambda m: troubles.append(m.text) if m.type == "error" else None)
    tab.goto(f"{address}/{page}/", wait_until="load")
    found = axe.Axe().run(tab, options={"runOnly": RULES}).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert troubles == []
    context.close()


def test_theme_is_kept(chromium, address):
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    tab = context.new_page()
    tab.goto(f"{address}/components/")
    tab.click("[data-theme-switch]")
    tab.reload()
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    context.close()


def test_dialog_opens_with_and_without_script(chromium, address):
    for script in (True, False):
        context = chromium.new_context(java_script_enabled=script)
        tab = context.new_page()
        tab.goto(f"{address}/components/")
        assert not tab.locator("#move").is_visible()
        tab.click('a[href="#move"]')
        assert tab.locator("#move").is_visible()
        context.close()


def test_arrow_keys_walk_the_map(chromium, address):
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.goto(f"{address}/plate/hexplate/")
    assert tab.locator('[data-map] svg a[tabindex="0"]').count() == 1
    tab.focus("[data-map] svg a.selected")
    assert tab.inner_text(".map-says").startswith("Stuttgart (DE11)")
    tab.keyboard.press("ArrowRight")
    assert "DE11" not in tab.inner_text(".map-says")
    context.close()
