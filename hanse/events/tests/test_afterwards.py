"""The morning after: the report, what people said, what a closing deletes."""

import csv
import io
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import openpyxl
import pypdfium2
import pytest
from django.utils import timezone

from hanse.commons.audit.models import AuditEntry
from hanse.commons.links.models import LetterLink
from hanse.commons.post.models import Letter
from hanse.directory.tests.conftest import organisation  # noqa: F401
from hanse.events.actions.closing import close_event
from hanse.events.actions.door import Shown, scan
from hanse.events.actions.feedback import Given, ask_for_feedback, give_feedback
from hanse.events.actions.tickets import key_of
from hanse.events.models import (
    Closing,
    Feedback,
    Invitation,
    Need,
    Registration,
    Scan,
    Stranger,
    TicketKey,
    TicketKind,
)
from hanse.events.panels import ticket_of
from hanse.events.queries.door import opening
from hanse.events.queries.report import report_of
from hanse.events.rules.report import Group, Guest, for_paper, groups
from hanse.events.words import RegistrationState, State
from hanse.kit.refusals import Refused

pytestmark = [pytest.mark.database, pytest.mark.django_db]

REPORT = "/events/week/matchmaking/desk/report"
CLOSING = "/events/week/matchmaking/desk/closing/"
FEEDBACK = "/events/week/matchmaking/feedback/"


@pytest.fixture
def let_in(ana):
    def let(*people: Registration, session=None) -> None:
        for who in people:
            held = scan(who.event, Shown(uuid4(), serial=who.serial, session=session), by=ana)
            # On the first day: what is before is a rehearsal.
            held.scan.at = max(held.scan.at, opening(who.event))
            held.scan.save()

    return let


@pytest.fixture
def over(event):
    """The event ended the day before yesterday."""

    def end() -> None:
        event.refresh_from_db()
        event.first_day = event.last_day = event.today - timedelta(days=2)
        event.save()

    return end


@pytest.fixture
def crowd(event, registered, let_in, session, organisation):  # noqa: F811
    """Six came, one did not, one cancelled, one was only invited."""
    event.pools.update(capacity=30)
    press = TicketKind.objects.create(event=event, code="press", name={"en": "Press"})
    polish = organisation("Dolina", sector=["C27", "E38"])
    came = [registered(country="PL", organisation=polish, is_newcomer=True) for _ in range(5)]
    came.append(registered(country="JP", kind=press, is_newcomer=False))
    missed = registered(country="PL", organisation=polish)
    registered(state=RegistrationState.CANCELLED, country="FR")
    let_in(*came)
    let_in(came[0], session=session("Talk", "09:00", "10:00"))
    Invitation.objects.create(event=event, email="a@x.example", country="FR", kind=press)
    Invitation.objects.create(event=event, email="b@x.example", registration=came[0])
    return came, missed


def rows(report, code):
    division = next(one for one in report.divisions if one.code == code)
    return {name: (row.invited, row.registered, row.came) for name, row in division.rows}


def test_the_report_counts_each_person_once(event, crowd):
    found = report_of(event)
    assert (found.all.invited, found.all.registered, found.all.came) == (2, 7, 6)
    assert (found.walk_ins, found.cancelled) == (0, 1)
    assert rows(found, "kind") == {"Cluster organisation": (1, 6, 5), "Press": (1, 1, 1)}
    assert rows(found, "country") == {"Poland": (1, 6, 5), "Japan": (0, 1, 1), "France": (1, 0, 0)}
    assert {one.rpartition(" ")[2] for one in rows(found, "sector")} == {"C27", "E38", "known"}
    assert rows(found, "sector")["not yet known"] == (1, 1, 1)
    assert rows(found, "newcomer")["come for the first time"] == (1, 5, 5)
    assert [(str(one.session), one.came) for one in found.sessions] == [("Talk", 1)]


def test_who_came_to_a_session_alone_came(event, registered, session, let_in):
    let_in(registered(), session=session("Talk", "09:00", "10:00"))
    assert report_of(event).all.came == 1


def test_one_person_of_two_sectors_stands_in_both_and_is_one_in_all():
    guest = Guest(registered=True, sectors=("C27", "E38"))
    assert [row.code for row in groups([guest], "sector")] == ["C27", "E38"]


def test_the_page_says_definitions_beside_numbers(as_person, ana, event, crowd):
    page = as_person(ana).get(f"{REPORT}/")
    assert "6 of 7 who registered came" in page.text
    assert "Registrations let in at the door of the event or of a session, once each." in page.text
    assert "fewer than five could be somebody" in page.text


def test_the_report_asks_as_much_for_many_as_for_one(
    event, registered, let_in, django_assert_max_num_queries
):
    event.pools.update(capacity=30)
    let_in(registered(country="PL"))
    with django_assert_max_num_queries(20) as first:
        report_of(event)
    let_in(*[registered(country="DE") for _ in range(3)])
    with django_assert_max_num_queries(len(first)):
        report_of(event)


def test_files_of_the_report(as_person, ana, bruno, event, crowd):
    browser = as_person(ana)
    told = list(csv.DictReader(io.StringIO(browser.get(f"{REPORT}.csv").text)))
    assert told[0] == {
        "division": "all",
        "group": "all",
        "invited": "2",
        "registered": "7",
        "came": "6",
    }
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{REPORT}.xlsx").content))
    assert [cell.value for cell in book["figures"][2]] == ["all", "all", 2, 7, 6]
    assert browser.get(f"{REPORT}.parquet").status_code == 404
    assert as_person(bruno).get(f"{REPORT}.csv").status_code == 404


def test_paper_that_travels_joins_small_groups_and_says_so(as_person, ana, event, crowd):
    answer = as_person(ana).get(f"{REPORT}.pdf")
    pages = pypdfium2.PdfDocument(answer.content)
    text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    assert "6 of 7 who registered came" in text
    assert "Japan" not in text
    assert "groups together" in text
    assert "fewer than 5 people are counted stand together" in " ".join(text.split())


def test_no_small_group_on_paper_is_found_by_subtraction():
    big, small = Group("DE", 0, 30, 20), Group("JP", 0, 1, 1)
    assert for_paper([big, small]) == ([], [big, small])
    assert for_paper([big]) == ([big], [])
    pair = [Group("A", 0, 1, 1), Group("B", 0, 2, 0)]
    middle = Group("PL", 0, 9, 8)
    assert for_paper([big, middle, *pair]) == ([big], [middle, *pair])


# Feedback ----------------------------------------------------------------------------------------


def test_feedback_is_kept_once_and_without_who(event, registered, let_in, bruno):
    own = registered(bruno)
    let_in(own)
    lines = AuditEntry.objects.count()
    give_feedback(own, Given({"content": 5}, again=True, text=" Good "))
    [kept] = Feedback.objects.all()
    assert (kept.scores, kept.text) == ({"content": 5, "again": True}, "Good")
    assert {field.name for field in Feedback._meta.get_fields()} == {
        "id", "event", "scores", "text", "on",
    }  # fmt: skip
    own.refresh_from_db()
    assert (own.feedback_at.astimezone(UTC).minute, AuditEntry.objects.count()) == (0, lines)
    with pytest.raises(Refused) as no:
        give_feedback(own, Given({"content": 1}))
    assert no.value.refusal.code == "feedback_given"


@pytest.mark.parametrize(
    ("given", "code"),
    [(Given(), "nothing_said"), (Given({"content": 6}), "scores_wrong")],
)
def test_what_says_nothing_or_nonsense_is_not_kept(registered, let_in, given, code):
    own = registered()
    let_in(own)
    with pytest.raises(Refused) as no:
        give_feedback(own, given)
    assert no.value.refusal.code == code


def test_who_was_not_there_is_not_asked(registered, over):
    own = registered()
    with pytest.raises(Refused):
        give_feedback(own, Given({"content": 5}))
    over()
    give_feedback(own, Given({"content": 5}))
    with pytest.raises(Refused):
        give_feedback(registered(state=RegistrationState.WAITING), Given({"content": 5}))


def test_the_page_takes_it_and_the_report_shows_rate_and_mean(
    as_person, ana, bruno, event, registered, let_in
):
    own, other = registered(bruno), registered()
    assert "Nothing is asked of you here yet" in as_person(bruno).get(FEEDBACK).text
    let_in(own, other)
    typed = {"content": "4", "contacts": "", "again": "no", "text": "More <b>coffee</b>"}
    page = as_person(bruno).post(FEEDBACK, typed, follow=True)
    assert "Your feedback is kept" in page.text
    report = as_person(ana).get(f"{REPORT}/").text
    assert "1 answer of 2 who came: 50" in report
    assert "<b>4.0</b>" in report
    assert "0 of 1 would come again" in report
    assert "More &lt;b&gt;coffee&lt;/b&gt;" in report


def test_the_letter_asks_everybody_who_came_once(event, registered, let_in, over, client):
    came, missed, nameless = registered(), registered(), registered(email="")
    let_in(came, nameless)
    assert ask_for_feedback() == 0
    over()
    assert ask_for_feedback() == 1
    assert ask_for_feedback() == 0
    letter = Letter.objects.get(to=came.email)
    address = next(line for line in letter.text.split() if "/letters/feedback/" in line)
    path = address[address.index("/events/") :]
    assert "how was it?" in client.get(path).text
    assert "Kept, without your name" in client.post(path, {"organisation": "3"}).text
    assert Feedback.objects.get().scores == {"organisation": 3}
    assert client.post(path, {"organisation": "3"}).status_code == 409
    assert missed.email not in set(Letter.objects.values_list("to", flat=True))


def test_an_event_long_over_or_closed_asks_nobody(event, registered, over):
    registered()
    over()
    event.refresh_from_db()
    event.last_day -= timedelta(days=30)
    event.first_day = event.last_day
    event.save()
    assert ask_for_feedback() == 0
    assert not LetterLink.objects.exists()


# Closing -----------------------------------------------------------------------------------------


@pytest.fixture
def full(event, registered, let_in, bruno):
    own = registered(bruno, answers={"food": "vegan"}, country="DE", organisation_name="ZL")
    Need.objects.create(registration=own, answers={"access": "wheelchair"})
    registered(state=RegistrationState.WAITING, name="Waits", email="w@x.example")
    invited = Invitation.objects.create(event=event, email="guest@x.example", name="Guest")
    Invitation.objects.create(event=event, email="other@x.example", name="Other")
    Stranger.objects.create(event=event, invitation=invited, email="s@x.example", name="S")
    key_of(event)
    let_in(own)
    Scan.objects.update(device="left")
    return own


def test_an_event_is_not_closed_before_it_is_over(as_person, ana, event, full):
    with pytest.raises(Refused) as no:
        close_event(event, by=ana)
    assert no.value.refusal.code == "not_over"
    assert Need.objects.exists()
    assert "Switched off" in as_person(ana).get(CLOSING).text


def test_a_closing_deletes_what_had_to_be_deleted_and_counts_it(event, full, over, ana):
    over()
    closing = close_event(event, by=ana)
    assert closing.deleted == {
        "needs": 1,
        "answers": 1,
        "unconfirmed": 1,
        "invitations": 2,
        "strangers": 1,
        "devices": 1,
        "keys": 1,
    }
    for kind in (Need, Stranger, TicketKey):
        assert not kind.objects.exists()
    full.refresh_from_db()
    assert (full.answers, full.country, full.organisation_name) == ({}, "DE", "ZL")
    assert report_of(event).all.came == 1
    waited = Registration.objects.get(number=2)
    assert (waited.name, waited.email, waited.state) == ("", "", RegistrationState.REFUSED)
    addresses = set(Invitation.objects.values_list("email", flat=True))
    assert all(one.endswith("@deleted.invalid") for one in addresses)
    assert len(addresses) == 2
    assert set(Scan.objects.values_list("device", "by")) == {("", None)}
    event.refresh_from_db()
    assert event.state == State.CLOSED


def test_two_presses_close_once(event, full, over, ana):
    over()
    assert close_event(event, by=ana) == close_event(event, by=ana)
    assert Closing.objects.count() == 1
    assert AuditEntry.objects.filter(action="close_event").count() == 1


def test_desk_and_participants_read_what_was_deleted(as_person, ana, event, full, over):
    over()
    page = as_person(ana).post(CLOSING, follow=True)
    assert "need for access and food" in page.text
    full.refresh_from_db()
    shown = ticket_of(full, "/ticket/")
    assert "What was deleted" in shown
    assert "My ticket" not in shown
    text = as_person(ana).get(f"{REPORT}/").text
    assert "key of tickets" in text
    assert "keys of tickets" not in text


def test_only_the_lead_closes(as_person, bruno, event, full, over):
    over()
    assert as_person(bruno).post(CLOSING).status_code == 404
    assert not Closing.objects.exists()


def test_before_the_closing_a_registration_shows_the_way_to_its_ticket(full):
    shown = ticket_of(full, "/ticket/")
    assert "My ticket" in shown
    assert "Say how it was" in shown
    assert datetime.now(UTC) <= timezone.now()
