"""What a device keeps of door and agenda: for one person, in order, and not beyond the log-out."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta

import pytest
from playwright.sync_api import Error

from hanse.conftest import PASSWORD
from hanse.directory.rules.notices import moment
from hanse.events.actions.agenda import bookmark
from hanse.events.models import ProgrammeVersion, Scan
from hanse.events.queries.door import conflict_lines
from hanse.events.queries.programme import working_items
from hanse.events.rules.tickets import short_code
from hanse.events.tests.conftest import (  # noqa: F401
    event,
    first_day,
    hall,
    kind,
    registered,
    series,
    session,
)
from hanse.events.words import Verdict
from tests.journeys.test_events_door import (  # noqa: F401
    AGENDA,
    DOOR,
    kept,
    people,
    ready,
    say,
    shows,
    until,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

KEPT = """async () => [
  ...(await caches.keys()), ...(await indexedDB.databases()).map((one) => one.name)
].filter((name) => name.startsWith("hanse-kept-"))"""
# How much each store of the only database holds.
HELD = """async () => {
  const [{ name }] = await indexedDB.databases();
  const ended = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const db = await ended(indexedDB.open(name));
  const count = (store) => ended(db.transaction(store).objectStore(store).count());
  const held = [await count("lists"), await count("changes")];
  db.close();
  return held;
}"""


def enter(tab, who) -> None:
    tab.goto("/account/login/")
    tab.fill("[name=login]", who.email)
    tab.fill("[name=password]", PASSWORD)
    tab.click("main form button.main")
    tab.wait_for_url("**/account/**")


def opens(tab, address: str) -> bool:
    try:
        tab.goto(address)
    except Error as lost:
        assert "net::ERR_" in str(lost)  # noqa: PT017
        return False
    return True


@pytest.fixture
def kept_by_ana(visit, ana, event, people, session):  # noqa: F811
    """Ana keeps door and agenda on a device."""
    one = session("Eight needs", "09:30", "10:00")
    bookmark(one, by=ana)
    event.programme_number = 1
    event.save()
    content = {"items": [item.as_record() for item in working_items(event)]}
    ProgrammeVersion.objects.create(event=event, number=1, content=content)
    with visit(AGENDA, who=ana) as tab:
        ready(tab)
        kept(tab)
        tab.goto(DOOR)
        ready(tab)
        kept(tab)
        assert len(tab.evaluate(KEPT)) == 2
        yield tab


def nothing_opens(tab) -> None:
    tab.context.set_offline(True)
    assert [opens(tab, address) for address in (DOOR, AGENDA)] == [False, False]


def test_a_log_out_takes_door_and_agenda_off_the_device(kept_by_ana):
    tab = kept_by_ana
    tab.goto("/account/")
    tab.click("button:has-text('Log out')")
    tab.wait_for_url(lambda address: not address.endswith("/account/"))
    until(lambda: tab.evaluate(KEPT) == [], tab)
    nothing_opens(tab)


def test_a_log_out_beside_an_open_door_closes_it(kept_by_ana):
    door = kept_by_ana
    tab = door.context.new_page()
    tab.goto("/account/logout/")
    tab.click("main form button")
    until(lambda: "are in" not in door.inner_text("body"), tab)
    door.wait_for_selector(".tools >> text=Log in")
    until(lambda: tab.evaluate(KEPT) == [], tab)


def test_the_next_account_finds_nothing_of_the_one_before(kept_by_ana, bruno):
    tab = kept_by_ana
    tab.context.clear_cookies()
    enter(tab, bruno)
    until(lambda: tab.evaluate(KEPT) == [], tab)
    nothing_opens(tab)


def test_the_worker_itself_keeps_pages_of_one_person(kept_by_ana, bruno):
    """Where the script of pages did not run: the first page of another person is enough."""
    tab = kept_by_ana
    tab.route("**/device*.js", lambda route: route.abort())
    tab.context.clear_cookies()
    enter(tab, bruno)
    tab.goto("/events/agenda/")
    until(lambda: len([one for one in tab.evaluate("caches.keys()") if "kept" in one]) == 1, tab)
    tab.context.set_offline(True)
    assert not opens(tab, AGENDA)


def test_after_a_session_that_ended_only_what_was_not_sent_waits(
    kept_by_ana,
    ana,
    people,  # noqa: F811
):
    tab = kept_by_ana
    tab.context.set_offline(True)
    say(tab, short_code(people["eleni"].serial))
    assert "decided without a network" in shows(tab, "Come in")
    tab.context.clear_cookies()
    tab.goto("about:blank")
    tab.context.set_offline(False)
    tab.goto("/account/login/")
    until(lambda: tab.evaluate(HELD) == [0, 1], tab)
    assert tab.evaluate("caches.keys()") == ["hanse-parts-1"]
    enter(tab, ana)
    tab.goto(DOOR)
    until(lambda: Scan.objects.filter(was_offline=True, verdict=Verdict.IN).count() == 1, tab)


def test_what_was_done_without_a_network_is_sent_in_its_order(kept_by_ana, event, people):  # noqa: F811
    tab, bodies = kept_by_ana, []
    tab.on("request", lambda one: bodies.append(one.post_data) if "/scans/" in one.url else None)
    tab.context.set_offline(True)
    for count in range(1, 9):
        say(tab, short_code(people["eleni"].serial))
        until(lambda: tab.inner_text("[data-queue-says]").startswith(str(count)), tab)  # noqa: B023
    bodies.clear()
    tab.context.set_offline(False)
    until(lambda: Scan.objects.count() == 8, tab)
    sent = [one["at"] for one in json.loads(bodies[-1])["changes"]]
    assert len(sent) == 8
    assert sent == sorted(sent)
    assert [one.verdict for one in Scan.objects.all()] == [Verdict.IN] + [Verdict.AGAIN] * 7
    assert conflict_lines(event) == []


def test_an_empty_search_asks_for_a_code_or_a_name(kept_by_ana):
    tab = kept_by_ana
    tab.context.set_offline(True)
    for typed in ("", "  ", "-"):
        say(tab, "somebody else")
        shows(tab, "Not on the list")
        say(tab, typed)
        shows(tab, "Type a code or a name")


def test_a_rehearsal_ends_with_the_first_day_without_a_network_too(
    kept_by_ana,
    event,  # noqa: F811
    people,  # noqa: F811
):
    tab = kept_by_ana
    assert tab.is_visible("text=counts as a rehearsal")
    say(tab, short_code(people["eleni"].serial))
    shows(tab, "Come in")
    until(lambda: tab.inner_text("h1") == "1 of 2 are in", tab)
    tab.context.set_offline(True)
    morning = moment(datetime.combine(event.first_day, time(8)), event.zone)
    tab.clock.set_fixed_time(morning + timedelta(hours=1))
    tab.reload()
    ready(tab)
    assert tab.inner_text("h1") == "0 of 2 are in"
    assert tab.is_hidden("text=counts as a rehearsal")
    say(tab, short_code(people["eleni"].serial))
    shows(tab, "Come in")
