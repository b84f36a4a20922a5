"""Door and agenda with the network switched off in the browser."""

from __future__ import annotations

import os
import re
from datetime import timedelta

import numpy as np
import pypdfium2
import pytest
import segno
from django.utils import timezone

from hanse.conftest import PASSWORD
from hanse.events.actions.agenda import bookmark
from hanse.events.actions.tickets import key_of, ticket_code
from hanse.events.models import Bookmark, ProgrammeVersion, Registration, Scan
from hanse.events.queries.programme import working_items
from hanse.events.rules.tickets import Ticket, code_of, new_key, short_code
from hanse.events.tests.conftest import (  # noqa: F401
    event,
    first_day,
    hall,
    kind,
    registered,
    series,
    session,
)
from hanse.events.words import RegistrationState, Verdict

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

DOOR = "/events/week/matchmaking/door/"
AGENDA = "/events/week/agenda/"


@pytest.fixture
def people(event, registered):  # noqa: F811
    event.pools.update(capacity=20)
    key_of(event)
    return {
        "eleni": registered(name="Ελένη Μαρκάτου", organisation_name="Αττική", country="GR"),
        "nikola": registered(name="Nikola Jurić", organisation_name="Adriatic", country="HR"),
        "gone": registered(
            name="Gone Guest", state=RegistrationState.CANCELLED, ended_at=timezone.now()
        ),
    }


def ready(tab) -> None:
    tab.wait_for_selector("[data-ready=yes]")


def kept(tab) -> None:
    """The page says that it is put away."""
    tab.wait_for_selector("[data-stays=yes]")


def shows(tab, head: str) -> str:
    tab.wait_for_function(
        "(head) => document.querySelector('[data-head]').textContent.includes(head)", arg=head
    )
    return tab.inner_text("[data-verdict]")


def say(tab, code: str) -> None:
    tab.fill("[name=code]", code)
    tab.keyboard.press("Enter")


def until(holds, tab) -> None:
    for _ in range(60):
        if holds():
            return
        tab.wait_for_timeout(100)
    assert holds()


def test_the_door_goes_on_without_a_network_and_reconciles(visit, ana, event, people):  # noqa: F811
    forged = code_of(Ticket(event.pk, people["eleni"].serial, 1, 1), new_key()[0])
    other = code_of(Ticket(event.pk + 1, people["eleni"].serial, 1, 1), new_key()[0])
    with visit(DOOR, width=360, who=ana) as tab:
        ready(tab)
        kept(tab)
        assert "3 names" in tab.inner_text("[data-list-says]")
        say(tab, ticket_code(people["eleni"]))
        assert "Ελένη Μαρκάτου" in shows(tab, "Come in")
        until(lambda: Scan.objects.filter(verdict=Verdict.IN, was_offline=False).count() == 1, tab)

        tab.context.set_offline(True)
        tab.reload()
        ready(tab)
        said = tab.inner_text("[data-offline-says]")
        assert re.search(r"The list is \d+ minutes old", said)
        assert "cancelled or confirmed since" in said
        assert "other doors" in said
        assert tab.inner_text("h1") == "1 of 2 are in"
        say(tab, ticket_code(people["nikola"]))
        assert "decided without a network" in shows(tab, "Come in")
        say(tab, ticket_code(people["eleni"]))
        shows(tab, "Was in already")
        say(tab, forged)
        shows(tab, "Forged")
        say(tab, other)
        shows(tab, "Another event")
        say(tab, short_code(people["gone"].serial))
        shows(tab, "Cancelled")
        say(tab, "juri")
        tab.click("[data-found] button")
        shows(tab, "Was in already")
        until(lambda: "6 not yet sent" in tab.inner_text("[data-queue-says]"), tab)
        tab.reload()
        ready(tab)
        assert "6 not yet sent" in tab.inner_text("[data-queue-says]")
        assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

        # Meanwhile another door lets the same one in.
        Scan.objects.create(
            event=event, registration=people["nikola"], verdict=Verdict.IN, device="other door"
        )
        tab.context.set_offline(False)
        until(lambda: Scan.objects.filter(was_offline=True).count() == 6, tab)
        until(lambda: "Everything is sent" in tab.inner_text("[data-queue]"), tab)
        tab.goto("/events/week/matchmaking/desk/door/")
        assert "The doors disagree in 1 case" in tab.inner_text("main")
        assert "Nikola Jurić: let in more than once" in tab.inner_text("main")


def test_a_walk_in_without_a_network_is_registered_afterwards(visit, ana, event, people):  # noqa: F811
    with visit(DOOR, width=360, who=ana) as tab:
        ready(tab)
        kept(tab)
        tab.context.set_offline(True)
        tab.click("[data-walk-in] summary")
        tab.fill("#walk_name", "Ilze Krastiņa")
        tab.click("[data-walk-in-form] button")
        shows(tab, "Come in")
        assert not Registration.objects.filter(name="Ilze Krastiņa").exists()
        tab.context.set_offline(False)
        until(lambda: Registration.objects.filter(name="Ilze Krastiņa").count() == 1, tab)
        assert Registration.objects.get(name="Ilze Krastiņa").is_walk_in


def test_the_list_is_forgotten_when_somebody_says_so(visit, ana, event, people):  # noqa: F811
    with visit(DOOR, who=ana) as tab:
        ready(tab)
        kept(tab)
        tab.click("[data-forget]")
        until(lambda: tab.is_hidden("[data-kept]"), tab)
        tab.context.set_offline(True)
        tab.reload()
        ready(tab)
        assert "No list is kept" in tab.inner_text("main")


@pytest.fixture
def camera(chromium, tmp_path):
    """A browser whose camera sees one code; tells of none before it is asked."""
    browsers = []

    def seeing(code: str):
        film = tmp_path / "code.y4m"
        film.write_bytes(film_of(code))
        browsers.append(
            chromium.browser_type.launch(
                executable_path=os.environ.get("HANSE_CHROMIUM", "/usr/bin/chromium"),
                args=[
                    "--no-sandbox",
                    "--use-fake-ui-for-media-stream",
                    "--use-fake-device-for-media-stream",
                    f"--use-file-for-fake-video-capture={film}",
                ],
            )
        )
        return browsers[0]

    yield seeing
    for one in browsers:
        one.close()


def film_of(code: str, width: int = 640, height: int = 480) -> bytes:
    """Grey frames of YUV4MPEG2 with a QR code in their middle."""
    rows = np.array(list(segno.make(code, error="m").matrix_iter(scale=8, border=4)))
    grey = np.full((height, width), 235, np.uint8)
    top, left = (height - len(rows)) // 2, (width - len(rows)) // 2
    grey[top : top + len(rows), left : left + len(rows)] = np.where(rows, 16, 235)
    colours = bytes([128]) * (width * height // 2)
    frame = b"FRAME\n" + grey.tobytes() + colours
    return f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420\n".encode() + frame * 5


def test_the_camera_reads_a_ticket(camera, live_server, ana, event, people):  # noqa: F811
    tab = camera(ticket_code(people["nikola"])).new_page(base_url=live_server.url)
    tab.goto("/account/login/")
    tab.fill("[name=login]", ana.email)
    tab.fill("[name=password]", PASSWORD)
    tab.click("main form button.main")
    tab.wait_for_url("**/account/**")
    tab.goto(DOOR)
    ready(tab)
    tab.click("[data-camera]")
    assert "Nikola Jurić" in shows(tab, "Come in")
    tab.click("[data-camera]")
    assert tab.is_hidden("[data-reader-view]")


def test_without_a_script_the_door_lets_in_by_a_form(visit, ana, event, people):  # noqa: F811
    with visit(DOOR, who=ana, script=False) as tab:
        tab.fill("[name=code]", "Jurić")
        tab.click("main form button.main")
        tab.click(".found button")
        assert "Come in" in tab.inner_text("[data-verdict]")


@pytest.fixture
def week(event, session, registered, bruno):  # noqa: F811
    """Bruno from Tokyo has two talks today and one in mind."""
    bruno.timezone = "Asia/Tokyo"
    bruno.save()
    registered(bruno)
    one, two = session("Eight needs", "09:30", "10:00"), session("Offers", "10:25", "11:00")
    session("Lunch", "12:00", "13:00", kind="break")
    session("Another talk", "14:00", "15:00")
    bookmark(one, by=bruno)
    bookmark(two, by=bruno)
    event.programme_number = 1
    event.save()
    content = {"items": [item.as_record() for item in working_items(event)]}
    ProgrammeVersion.objects.create(event=event, number=1, content=content)
    return one, two


def test_the_agenda_opens_without_a_network_and_sends_changes_later(visit, bruno, week):
    with visit(AGENDA, width=360, who=bruno) as tab:
        ready(tab)
        kept(tab)
        assert tab.is_visible("text=saved on this device")
        assert "on your clock, Tokyo" in tab.inner_text("main")
        tab.context.set_offline(True)
        tab.reload()
        ready(tab)
        assert "No network" in tab.inner_text("[data-offline]")
        # How old it is, is said once.
        assert len(re.findall(r"data from \d\d:\d\d", tab.inner_text("main"))) == 1
        assert tab.locator("a[aria-disabled=true]:has-text('Eight needs')").count() == 1
        assert tab.locator("main .agenda a[href]").count() == 0
        assert "Eight needs" in tab.inner_text("main")
        tab.click("[data-bookmark='Offers'] button")
        until(lambda: "Waiting for the network: 1" in tab.inner_text("[data-changes]"), tab)
        assert "Offers: Take out" in tab.inner_text("[data-changes]")
        assert Bookmark.objects.count() == 2
        tab.context.set_offline(False)
        until(lambda: Bookmark.objects.count() == 1, tab)
        until(lambda: "Your changes were sent" in tab.inner_text("[data-changes]"), tab)
        until(lambda: tab.locator("a[aria-disabled]").count() == 0, tab)
        assert tab.locator("main .agenda a[href]").count() > 0


def test_whoever_logs_out_leaves_no_agenda_behind(visit, bruno, week):
    with visit(AGENDA, who=bruno) as tab:
        ready(tab)
        kept(tab)
        tab.context.clear_cookies()
        tab.goto(AGENDA)
        assert "/account/login/" in tab.url
        held = "(path) => caches.match(location.origin + path).then(Boolean)"
        until(lambda: not tab.evaluate(held, AGENDA), tab)


def test_a_full_week_fits_one_sheet_of_paper(visit, bruno, event, session, week):  # noqa: F811
    for day in (0, 1):
        for hour in range(8, 20):
            for half in ("00", "30"):
                title = f"A session with a rather long title about batteries {hour}:{half}"
                end = f"{hour}:29" if half == "00" else f"{hour}:59"
                bookmark(
                    session(title, f"{hour:02}:{half}", f"{int(end[:-3]):02}{end[-3:]}", day=day),
                    by=bruno,
                )
    content = {"items": [item.as_record() for item in working_items(event)]}
    ProgrammeVersion.objects.filter(event=event).update(content=content)
    with visit(AGENDA, who=bruno) as tab:
        ready(tab)
        paper = pypdfium2.PdfDocument(tab.pdf(prefer_css_page_size=True))
        assert len(paper) == 1
        text = paper[0].get_textpage().get_text_bounded()
        assert "batteries 19:30" in " ".join(text.split())


def test_the_next_item_says_how_soon(visit, bruno, event, session, week):  # noqa: F811
    soon = timezone.now() + timedelta(minutes=14)
    one = week[0]
    one.starts_at, one.ends_at = soon, soon + timedelta(minutes=30)
    one.save()
    content = {"items": [item.as_record() for item in working_items(event)]}
    ProgrammeVersion.objects.filter(event=event).update(content=content)
    with visit(AGENDA, width=360, who=bruno) as tab:
        ready(tab)
        assert re.search(r"in 1[34] minutes", tab.inner_text(".agenda .now [data-in]"))


def test_the_calendar_address_is_shown_once(visit, bruno, week):
    with visit("/events/agenda/calendar/", who=bruno) as tab:
        tab.click("text=Make an address")
        address = tab.inner_text("#address")
        assert address.endswith(".ics")
        path = address[address.index("/events/") :]
        assert tab.request.get(path).status == 200
        tab.goto("/events/agenda/calendar/")
        assert tab.locator("#address").count() == 0
        tab.click("button:has-text('Revoke')")
        assert tab.request.get(path).status == 410
