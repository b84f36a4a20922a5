"""The organisers' desk of the market over HTTP."""

import io
import re
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hanse.commons.audit.models import AuditEntry
from hanse.commons.post.models import Letter
from hanse.events.models import Organiser
from hanse.events.words import Duty
from hanse.kit.refusals import Refused
from hanse.meetings.actions.importing import take_in_wishes
from hanse.meetings.actions.market import remove_slots, rule_pair
from hanse.meetings.actions.wishing import say
from hanse.meetings.models import Marketplace, Meeting, PairRule, Party, Wish
from hanse.meetings.rules.wish_lists import Row
from hanse.meetings.words import Strength

pytestmark = [pytest.mark.database, pytest.mark.django_db]

DESK = "/events/week/matchmaking/desk/"
MARKET = f"{DESK}meetings/market/"
SETTINGS = {
    "way": "plan", "seen_by": "guests", "opens_at": "", "wishes_until": "", "answers_until": "",
    "most_wishes": "10", "most_musts": "3", "most_meetings": "", "most_in_a_row": "4",
    "request_hours": "12", "revision": "1",
}  # fmt: skip


def test_only_whoever_looks_after_guests_comes_in(market, as_person, ana, bruno, carla, series):
    pages = ("", "parties/", "pairs/", "wishes/", "wishes.csv")
    for page in pages:
        assert as_person(None).get(f"{MARKET}{page}").status_code == 302
        assert as_person(bruno).get(f"{MARKET}{page}").status_code == 404
        assert as_person(ana).get(f"{MARKET}{page}").status_code == 200
    Organiser.objects.create(series=series, person=bruno, duty=Duty.DOOR)
    assert as_person(bruno).get(f"{MARKET}parties/").status_code == 403
    Organiser.objects.create(series=series, person=bruno, duty=Duty.GUESTS)
    assert as_person(bruno).get(f"{MARKET}parties/").status_code == 200


def test_meetings_begin_with_a_press(event, as_person, ana):
    browser = as_person(ana)
    assert "Participants say whom they would like" in browser.get(DESK).text
    assert browser.get(f"{MARKET}parties/")["Location"] == MARKET
    assert "This event has no meetings yet" in browser.get(MARKET).text
    for _press in range(2):
        browser.post(MARKET, SETTINGS)
    assert Marketplace.objects.get().event == event


def test_settings_are_kept_or_refused_in_words(market, as_person, ana):
    browser = as_person(ana)
    assert browser.post(MARKET, SETTINGS).status_code == 302
    market.refresh_from_db()
    assert (market.seen_by, market.most_wishes, market.wishes_until) == ("guests", 10, None)
    assert "Somebody else changed this meanwhile" in browser.post(MARKET, SETTINGS).text
    now = {**SETTINGS, "revision": "2"}
    for wrong, says in (
        ({"wishes_until": "2027-01-14T18:00", "answers_until": "2027-01-13T18:00"}, "this order"),
        ({"wishes_until": "tomorrow"}, "A day and an hour"),
        ({"most_musts": "11"}, "No more of them can be"),
        ({"most_wishes": "0"}, "bad-say"),
        ({"request_hours": "²"}, "bad-say"),
        ({"revision": "x"}, "revision"),
    ):
        refused = browser.post(MARKET, {**now, **wrong})
        assert refused.status_code == 422
        assert says in refused.text
    good = {"wishes_until": "2027-01-14T18:00", "answers_until": "2027-01-16T18:00"}
    assert browser.post(MARKET, {**now, **good}).status_code == 302
    market.refresh_from_db()
    assert market.wishes_until.isoformat() == "2027-01-14T17:00:00+00:00"


def test_slots_are_added_by_half_days_and_taken_away(market, as_person, ana, event):
    browser = as_person(ana)
    second = event.days.last().day.isoformat()
    typed = {"slots-day": second, "slots-starts": "09:00", "slots-ends": "10:15",
             "slots-minutes": "25", "slots-pause": "0", "slots-onsite": "on"}  # fmt: skip
    assert browser.post(f"{MARKET}slots/", typed).status_code == 302
    assert list(market.slots.values_list("session", flat=True)) == [0] * 3 + [1] * 3 + [2] * 3
    assert "overlaps a slot" in browser.post(f"{MARKET}slots/", typed).text
    for wrong in ({"slots-day": "2018-01-01"}, {"slots-ends": "08:00"}, {"slots-minutes": "0"},
                  {"slots-starts": "25:00"}, {"slots-onsite": ""}):  # fmt: skip
        assert browser.post(f"{MARKET}slots/", {**typed, **wrong}).status_code == 422
    there = market.slots.filter(removed_at=None)
    halves = re.findall(r'name="remove" value="([0-9,]+)"', browser.get(MARKET).text)
    assert len(halves) == 3
    last = list(there.filter(session=2))
    browser.post(f"{MARKET}slots/", {"remove": halves[0]})
    assert list(there.values_list("session", flat=True)) == [0] * 3 + [1] * 3
    # A page that was opened before still takes away the half-day that it shows, once.
    again = browser.post(f"{MARKET}slots/", {"remove": halves[0]}, follow=True).text
    assert "There is no such half-day any more." in again
    browser.post(f"{MARKET}slots/", {"remove": halves[1]})
    assert list(there.all()) == last
    browser.post(f"{MARKET}slots/", {"remove_one": there.first().pk})
    for odd in ("", "x", "9" * 30, "-1"):
        browser.post(f"{MARKET}slots/", {"remove": odd})
        browser.post(f"{MARKET}slots/", {"remove_one": odd})
    assert there.count() == 2


def test_no_slot_lies_outside_the_hours_of_the_event(market, as_person, ana, event):
    browser = as_person(ana)
    day = event.days.last()
    typed = {"slots-day": day.day.isoformat(), "slots-starts": "03:00", "slots-ends": "04:00",
             "slots-minutes": "25", "slots-pause": "0", "slots-onsite": "on"}  # fmt: skip
    refused = browser.post(f"{MARKET}slots/", typed)
    assert refused.status_code == 422
    assert "the event is open from 09:00 to 18:00." in refused.text
    late = {"slots-starts": "17:30", "slots-ends": "18:30"}
    assert browser.post(f"{MARKET}slots/", {**typed, **late}).status_code == 422
    event.days.update(opens=None, closes=None)
    assert browser.post(f"{MARKET}slots/", typed).status_code == 302


def test_a_slot_with_meetings_stays(market, party):
    slot = market.slots.first()
    meeting = Meeting.objects.create(marketplace=market, slot=slot)
    with pytest.raises(Refused) as no:
        remove_slots(market, [slot], by=None)
    assert no.value.refusal.code == "slots_in_use"
    meeting.state = "called_off"
    meeting.save()
    remove_slots(market, [slot], by=None)
    slot.refresh_from_db()
    assert slot.removed_at is not None


def test_tables_by_number(market, as_person, ana, hall):
    browser = as_person(ana)
    browser.post(f"{MARKET}tables/", {"tables-count": "5", "tables-place": hall.pk})
    assert [one.number for one in market.tables.all()] == [1, 2, 3, 4, 5]
    assert market.tables.get(number=5).place == hall
    table = market.tables.get(number=2)
    slot = market.slots.first()
    browser.post(f"{MARKET}tables/{table.pk}/", {"name": "By the window", "closed": [slot.pk]})
    table.refresh_from_db()
    assert (str(table), list(table.closed.all())) == ("By the window", [slot])
    Meeting.objects.create(marketplace=market, slot=slot, table=market.tables.get(number=4))
    assert "Meetings stand at table 4" in browser.post(
        f"{MARKET}tables/", {"tables-count": "3"}
    ).text  # fmt: skip
    for wrong in ("", "-1", "9999", "x"):
        assert browser.post(f"{MARKET}tables/", {"tables-count": wrong}).status_code == 422
    wrong = {"closed": ["9" * 40], "place": "²"}
    assert browser.post(f"{MARKET}tables/{table.pk}/", wrong).status_code == 422
    assert market.tables.count() == 5


def test_readiness_says_who_has_not_answered(market, party, as_person, ana):
    one, other = party("One"), party("Other")
    party("Third")
    say(one, other, "like", by=None)
    browser = as_person(ana)
    shown = browser.get(f"{MARKET}parties/").text
    assert "1 of 3 parties has not answered everything" in shown
    assert "2 parties have said nothing yet" in shown
    only = browser.get(f"{MARKET}parties/?stands=unanswered").text
    assert ">Other<" in only
    assert ">Third<" not in only
    Letter.objects.all().delete()
    browser.post(f"{MARKET}parties/reminder/", {"which": "unanswered"})
    assert "still waits for your answer" in Letter.objects.get().subject
    again = browser.post(f"{MARKET}parties/reminder/", {"which": "unanswered"}, follow=True)
    assert "was reminded within a day" in again.text


def test_somebody_is_let_take_part(market, party, as_person, ana, registered):
    one = party("One")
    guest, colleague = registered(organisation_name="Fresh"), registered(name="Colleague")
    browser = as_person(ana)
    browser.post(f"{MARKET}parties/", {"person-registration": guest.pk})
    assert Party.objects.get(name="Fresh").representatives.count() == 1
    typed = {"person-registration": colleague.pk, "person-party": one.pk}
    browser.post(f"{MARKET}parties/", typed)
    assert one.representatives.count() == 2
    assert Party.objects.count() == 2
    assert browser.post(f"{MARKET}parties/", typed).status_code == 422
    for odd in ("x", "9" * 40, "²", ""):
        answer = browser.post(f"{MARKET}parties/", {"person-registration": odd})
        assert answer.status_code == 422


def test_one_party_at_the_desk(market, party, as_person, ana):
    one, other = party("One"), party("Other")
    browser, url = as_person(ana), f"{MARKET}parties/{one.pk}/"
    table = market.tables.first()
    browser.post(url, {"keep": "1", "party-is_newcomer": "on", "party-table": table.pk})
    one.refresh_from_db()
    assert (one.is_newcomer, one.table) == (True, table)
    taken = browser.post(f"{MARKET}parties/{other.pk}/", {"keep": "1", "party-table": table.pk})
    assert "One hosts at table 1 already" in taken.text
    market.wishes_until = timezone.now() - timedelta(days=1)
    market.answers_until = timezone.now() - timedelta(days=1)
    market.save()
    wish = {"wish": "1", "wish-wished": other.pk, "wish-strength": "must", "wish-says": "Asked"}
    browser.post(url, wish)
    assert Wish.objects.get().strength == "must"
    browser.post(url, {**wish, "wish-strength": ""})
    assert not Wish.objects.exists()
    assert browser.post(url, {**wish, "wish-wished": one.pk}).status_code == 422
    browser.post(url, {"remove": "1"})
    one.refresh_from_db()
    assert one.left_at is not None
    assert browser.get(url).status_code == 200


def test_pairs_are_forced_forbidden_and_lifted(market, party, as_person, ana):
    one, other, third = party("One"), party("Other"), party("Third")
    browser, url = as_person(ana), f"{MARKET}pairs/"
    browser.post(url, {"one": other.pk, "other": one.pk, "ruling": "force", "why": "Promised"})
    browser.post(url, {"one": one.pk, "other": other.pk, "ruling": "forbid", "why": "After all"})
    rule = PairRule.objects.get()
    assert (rule.first, rule.second, rule.ruling) == (one, other, "forbid")
    assert "You ruled about 1 pair" in browser.get(url).text
    same = browser.post(url, {"one": one.pk, "other": one.pk, "ruling": "force"})
    assert "Choose two parties that differ" in same.text
    say(third, one, "no", by=None)
    declined = browser.post(url, {"one": one.pk, "other": third.pk, "ruling": "force"})
    assert "nobody is made to meet" in declined.text
    for odd in ("x", "9" * 30):
        assert browser.post(url, {"lift": odd}).status_code == 404
    browser.post(url, {"lift": rule.pk})
    assert not PairRule.objects.exists()
    assert rule_pair(one, other, "", "", by=None) is None


# Lists -------------------------------------------------------------------------------------------

LIST = """wisher,wished,strength,sentence
One,Other,must,Valves
Other,one,,
One,One,like,
One,Nobody,like,
One,Other,like,again
,Other,like,
Twin,One,like,
One,Third,maybe,
"""


def upload(browser, content: bytes, name: str = "wishes.csv"):
    file = SimpleUploadedFile(name, content)
    return browser.post(f"{MARKET}wishes/", {"file": file})


def rows_in(answer) -> str:
    return answer.context["rows"]


def test_a_list_is_looked_at_before_it_is_taken_in(market, party, as_person, ana):
    for name in ("One", "Other", "Third", "Twin", "Twin"):
        party(name)
    browser = as_person(ana)
    preview = upload(browser, LIST.encode())
    assert "The list would change 2 wishes" in preview.text
    for why in (
        "nobody meets themselves", "“Nobody” takes no part", "stands in row 2 already",
        "Nobody is named here", "“Twin” names more than one party", "“maybe” is no strength",
    ):  # fmt: skip
        assert why in preview.text
    assert not Wish.objects.exists()
    rows = rows_in(preview)
    for _press in range(2):
        browser.post(f"{MARKET}wishes/", {"rows": rows})
    assert sorted(Wish.objects.values_list("wisher__name", "wished__name", "strength")) == [
        ("One", "Other", "must"), ("Other", "One", "like"),
    ]  # fmt: skip
    # Twice changes nothing; what was said is not told in the middle of a list.
    assert "The list would change nothing" in upload(browser, LIST.encode()).text
    assert not Letter.objects.exists()
    assert "This preview is too old" in browser.post(
        f"{MARKET}wishes/", {"rows": f"{rows}x"}, follow=True
    ).text  # fmt: skip


def test_a_list_says_what_a_press_would_say(market, party):
    """Another answer is a new one, a wish that only grows stays where it stood."""
    names = ("One", "Other", "Third")
    one, other, third = map(party, names)
    for whom, strength in ((other, "no"), (third, "like")):
        say(one, whom, strength, by=None)
    long_ago = timezone.now() - timedelta(days=3)
    Wish.objects.update(made_at=long_ago)
    rows = [Row(2, "One", "Other"), Row(3, "One", "Third", Strength.MUST, "Now")]
    found = take_in_wishes(market, rows, by=None)
    assert (found.new, found.changed, found.same) == (0, 2, 0)
    assert Wish.objects.get(wished=other).made_at > long_ago
    grown = Wish.objects.get(wished=third)
    assert (grown.strength, grown.says, grown.made_at) == ("must", "Now", long_ago)
    again = take_in_wishes(market, rows, by=None)
    assert (again.new, again.changed, again.same) == (0, 0, 2)


def test_a_long_list_costs_no_query_a_row(market, party, django_assert_max_num_queries):
    parties = [party(f"P{number}") for number in range(30)]
    rows = [
        Row(number, one.name, other.name)
        for number, (one, other) in enumerate(permutations(parties, 2))
    ]
    with django_assert_max_num_queries(20):
        assert take_in_wishes(market, rows, by=None).new == 870
    stronger = [replace(one, strength=Strength.MUST) for one in rows]
    with django_assert_max_num_queries(25):
        assert take_in_wishes(market, stronger, by=None).changed == 870


def test_files_that_are_no_lists_are_refused(market, party, as_person, ana):
    browser = as_person(ana)
    for name, content in (
        ("wishes.pdf", b"%PDF"), ("wishes.xlsx", b"PK nothing"), ("wishes.csv", b"a,b\n1,2\n"),
        ("wishes.csv", b""), ("wishes.csv", b"\xff\xfe\x00"), ("wishes.csv", b'"open'),
    ):  # fmt: skip
        refused = upload(browser, content, name)
        assert refused.status_code == 422, (name, content)
    assert browser.post(f"{MARKET}wishes/", {}).status_code == 422
    odd = upload(browser, b"wisher,wished\n\x00,One\n")
    assert "A sign in this row cannot be shown" in odd.text


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_leaves_can_be_taken_in_again(market, party, as_person, ana, form):
    one, other = party("One"), party("Other; =1+1")
    say(one, other, "must", "=SUM(A1)", by=None)
    say(other, one, "no", by=None)
    browser = as_person(ana)
    answer = browser.get(f"{MARKET}wishes.{form}")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer["Cache-Control"] == "no-store"
    assert AuditEntry.objects.filter(action="export_wishes").count() == 1
    if form == "xlsx":
        again = upload(browser, content, "wishes.xlsx")
        assert "The list would change nothing" in again.text
        assert "rows that cannot be taken: 0" in again.text
    else:
        assert b"'=SUM(A1)" in content
    assert browser.get(f"{MARKET}wishes.exe").status_code == 404
    assert io.BytesIO(content).read(2)


@pytest.mark.parametrize("page", ["parties/", "pairs/"])
def test_lists_of_the_desk_cost_the_same_at_one_row_and_at_three(
    market, party, as_person, ana, page
):
    def another(name: str) -> None:
        one, other = party(name), party(f"{name} too")
        say(one, other, "like", by=None)
        PairRule.objects.create(first=one, second=other, ruling="force")

    def queries() -> int:
        browser = as_person(ana)
        browser.get(f"{MARKET}{page}")
        with CaptureQueriesContext(connection) as counted:
            browser.get(f"{MARKET}{page}")
        return len(counted)

    another("Alfa")
    few = queries()
    another("Beta")
    another("Gamma")
    assert queries() == few


def test_a_row_in_which_a_party_wishes_itself_is_told_as_that(market, party, as_person, ana):
    party("One")
    file = SimpleUploadedFile("w.csv", b"wisher,wished\nOne,One\n")
    page = as_person(ana).post(f"{MARKET}wishes/", {"file": file}).text
    assert "Wisher and wished are the same party" in page
    assert "That is you" not in page
    assert "<title>Lists of wishes, w.csv: Matchmaking" in page


def test_who_said_nothing_has_not_answered(market, party, as_person, ana):
    party("One"), party("Other")
    page = as_person(ana).get(f"{MARKET}parties/").text
    assert "2 of 2 parties have said nothing yet" in page
    assert "have answered" not in page


def test_one_table_is_one_table(market, as_person, ana):
    market.tables.last().delete()
    assert "6 slots, 1 table: room for 6 meetings" in as_person(ana).get(MARKET).text
    assert "6 slots, 1 table." in as_person(ana).get(f"{DESK}meetings/").text


def test_beginning_the_meetings_twice_leads_to_them(event, as_person, ana):
    browser = as_person(ana)
    for _press in range(2):
        assert browser.post(MARKET).status_code == 302
