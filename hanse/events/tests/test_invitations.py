"""Invitations stay with whom they were written to; lists with errors; delegations; colleagues."""

import re

import pytest

from hanse.commons.post.models import Letter
from hanse.events.actions.invitations import invite, open_delegation, write_to
from hanse.events.models import Invitation, Stranger
from hanse.events.rules.guests import Fault, Guest, guests_of, why_no_colleague
from hanse.events.transfers.guest_lists import read_guests
from hanse.events.words import Entry
from hanse.kit.refusals import Refused

pytestmark = pytest.mark.database


@pytest.fixture
def forum(event):
    event.entry = Entry.INVITATION
    event.title = {"en": "Forum behind closed doors"}
    event.save()
    return event


@pytest.fixture
def invited(forum, ana, bruno):
    """Bruno has a letter; the address in it."""

    def made(**more):
        listed = invite(forum, [Guest(bruno.email, "Bruno", **more)], by=ana)
        write_to(listed.new, by=ana)
        return listed.new[0], link_in(Letter.objects.get(to=bruno.email))

    return made


def link_in(letter: Letter) -> str:
    return re.search(r"/events/invited/[\w-]+/", letter.text).group()


DESK = "/events/week/matchmaking/desk/invitations/"


def test_whoever_was_invited_sees_the_invitation(invited, as_person, bruno):
    invitation, link = invited()
    page = as_person(bruno).get(link)
    assert "Forum behind closed doors" in page.content.decode()
    invitation.refresh_from_db()
    assert invitation.opened_at


@pytest.mark.parametrize("logged_in", [True, False])
def test_a_stranger_sees_nothing_of_the_event(invited, as_person, carla, logged_in):
    carla.is_staff = False
    carla.save()
    invitation, link = invited()
    said = as_person(carla if logged_in else None).get(link).content.decode()
    for secret in ("Forum behind closed doors", "week", "Bruno", "bruno@"):
        assert secret not in said.replace("/events/", "")
    assert "Ask" in said
    invitation.refresh_from_db()
    assert invitation.opened_at is None


def test_a_stranger_asks_and_the_organiser_sees_both_addresses(
    invited, as_person, ana, bruno, carla
):
    carla.is_staff = False
    carla.save()
    invitation, link = invited()
    asked = {"name": "Carla", "says": "I work on this."}
    for _twice in range(2):
        assert "have your question" in as_person(carla).post(link, asked).content.decode()
    assert Stranger.objects.count() == 1
    desk = as_person(ana).get(DESK).content.decode()
    assert carla.email in desk
    assert bruno.email in desk
    told = Letter.objects.get(to=ana.email).text
    assert carla.email in told
    assert bruno.email in told
    # Whoever was invited is not harmed.
    assert as_person(bruno).get(link).status_code == 200
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is None


def test_a_stranger_who_is_let_in_gets_an_invitation_of_their_own(invited, as_person, ana, carla):
    carla.is_staff = False
    carla.save()
    _invitation, link = invited()
    as_person(carla).post(link, {"name": "Carla"})
    stranger = Stranger.objects.get()
    way = f"/events/week/matchmaking/desk/strangers/{stranger.pk}/"
    for _double_click in range(2):
        as_person(ana).post(way, {"invite": "1"})
    own = link_in(Letter.objects.get(to=carla.email))
    assert own != link
    assert as_person(carla).get(own).status_code == 200
    assert Invitation.objects.filter(email=carla.email).count() == 1


def test_a_no_to_a_stranger_names_no_event(invited, as_person, ana, carla):
    carla.is_staff = False
    carla.save()
    _invitation, link = invited()
    as_person(carla).post(link, {"name": "Carla"})
    way = f"/events/week/matchmaking/desk/strangers/{Stranger.objects.get().pk}/"
    as_person(ana).post(way, {"decline": "1"})
    letter = Letter.objects.get(to=carla.email)
    assert "Forum" not in letter.subject + letter.text


def test_a_new_letter_makes_the_old_link_void(invited, as_person, ana, bruno):
    invitation, first = invited()
    invitation.refresh_from_db()
    write_to([invitation], by=ana)
    newest = link_in(Letter.objects.filter(to=bruno.email).order_by("-pk")[0])
    assert newest != first
    assert as_person(bruno).get(first).status_code == 404
    assert as_person(bruno).get(newest).status_code == 200


def test_declined_is_declined_and_no_reminder_follows(invited, as_person, ana, bruno):
    invitation, link = invited()
    as_person(bruno).post(link, {"decline": "1"})
    invitation.refresh_from_db()
    assert invitation.declined_at
    assert write_to([invitation], by=ana) == 0


def test_a_colleague_of_the_same_house_comes_instead(invited, as_person, bruno):
    invitation, link = invited(may_send_colleague=True)
    house = bruno.email.partition("@")[2]
    as_person(bruno).post(
        link, {"colleague": "1", "email": f"nora@{house}", "name": "Nora"}, follow=True
    )
    sent = Invitation.objects.get(email=f"nora@{house}")
    assert sent.in_place_of == invitation
    assert link_in(Letter.objects.get(to=sent.email))
    as_person(bruno).post(link, {"colleague": "1", "email": "x@elsewhere.example", "name": "X"})
    assert not Invitation.objects.filter(email="x@elsewhere.example").exists()


@pytest.mark.parametrize(
    ("colleague", "may_send", "code"),
    [
        ("nora@ogniw.example", True, None),
        ("nora@ogniw.example", False, "no_colleague_here"),
        ("nora@other.example", True, "colleague_of_another_house"),
        ("bruno@ogniw.example", True, "colleague_is_oneself"),
        ("nora", True, "not_an_address"),
    ],
)
def test_who_is_a_colleague(colleague, may_send, code):
    against = why_no_colleague("bruno@ogniw.example", colleague, may_send=may_send)
    assert (against.code if against else None) == code


def test_an_address_that_anybody_may_have_shows_no_house():
    against = why_no_colleague("bruno@gmail.com", "nora@gmail.com", may_send=True)
    assert against.code == "colleague_of_nobody_knows"


def test_a_withdrawn_invitation_opens_nothing(invited, as_person, ana, bruno):
    invitation, link = invited()
    as_person(ana).post(f"{DESK}{invitation.pk}/withdrawal/")
    assert "no longer holds" in as_person(bruno).get(link).content.decode()


def test_a_long_list_with_errors_takes_in_what_can_be_read(forum, ana):
    lines = ["Email,Name,Organisation,Table"]
    for number in range(5000):
        address = f"guest{number}@example.org" if number % 100 else "no address"
        lines.append(f"{address},Guest {number},House {number % 7},T{number}")
    lines.append("guest1@example.org,Twice,,")
    guests, faults = read_guests("guests.csv", "\n".join(lines).encode())
    assert (len(guests), len(faults)) == (4950, 51)
    assert faults[0].row == 2
    assert str(faults[-1].refusal) == "This address stands in row 3 already."
    listed = invite(forum, guests, by=ana)
    assert (len(listed.new), listed.known) == (4950, 0)
    again = invite(forum, guests, by=ana)
    assert (len(again.new), again.known) == (0, 4950)
    assert Invitation.objects.get(email="guest1@example.org").merge == {"table": "T1"}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("guests.csv", b"who,where\na,b\n", "no_column_of_addresses"),
        ("guests.pdf", b"%PDF", "not_a_list_of_guests"),
        ("guests.xlsx", b"not a workbook", "not_a_workbook"),
        ("guests.csv", b"", "no_column_of_addresses"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(name, content, code):
    with pytest.raises(Refused) as refused:
        read_guests(name, content)
    assert refused.value.refusal.code == code


def test_a_row_says_what_is_wrong_with_it():
    rows = [(2, ["ana@example.org", "A" * 200]), (3, ["@"]), (4, ["", ""]), (5, ["", "Nobody"])]
    read = list(guests_of(["E-Mail", "Name"], rows))
    assert [(one.row, one.refusal.code) for one in read if isinstance(one, Fault)] == [
        (2, "cell_too_long"),
        (3, "not_an_address"),
        (5, "no_address"),
    ]


def test_a_head_names_as_many_as_there_are_places(forum, as_person, ana, bruno):
    held = open_delegation(forum, "Latvia", "LV", bruno.email, 2, by=ana)
    way = f"/events/delegations/{held.pk}/"
    assert as_person(ana).get(way).status_code == 404
    for number in range(3):
        as_person(bruno).post(
            way, {"email": f"d{number}@lv.example", "name": f"D{number}", "language": "en"}
        )
    assert sorted(held.invitations.values_list("email", flat=True)) == [
        "d0@lv.example",
        "d1@lv.example",
    ]


def test_merge_fields_stand_in_own_words(forum, ana):
    forum.mail_texts.create(
        code="invitation",
        language="en",
        subject="{name}, table {table}",
        body="Come. {link} {unknown} {name.__class__}",
    )
    listed = invite(forum, [Guest("x@example.org", "Xenia", merge={"table": "7"})], by=ana)
    write_to(listed.new, by=ana)
    letter = Letter.objects.get(to="x@example.org")
    assert letter.subject == "Xenia, table 7"
    assert "{unknown} {name.__class__}" in letter.text


def test_the_desk_of_guests_is_not_there_for_others(forum, as_person, bruno):
    assert as_person(bruno).get(DESK).status_code == 404
    assert as_person(None).get(DESK).status_code == 302


def test_the_list_needs_as_many_queries_for_three_as_for_one(forum, as_person, ana):
    invite(forum, [Guest("one@example.org")], by=ana)
    client = as_person(ana)
    client.get(DESK)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(DESK)
    invite(forum, [Guest("two@example.org"), Guest("three@example.org")], by=ana)
    with CaptureQueriesContext(connection) as three:
        client.get(DESK)
    assert len(three) == len(one)


def test_a_sign_that_no_text_holds_is_a_fault_of_its_row_alone():
    lines = [
        "email;name;tab\x00le",
        "a@example.org;Ana;1",
        "b@exa\x00mple.org;Bea;2",
        "c@example.org;C\x07;3",
        "d@example.org;Dan;4",
    ]
    guests, faults = read_guests("guests.csv", "\n".join(lines).encode())
    assert [one.email for one in guests] == ["a@example.org", "d@example.org"]
    assert guests[0].merge == {"table": "1"}
    assert [(one.row, one.refusal.code) for one in faults] == [
        (3, "control_sign"),
        (4, "control_sign"),
    ]
    assert faults[0].typed == "b@example.org"
