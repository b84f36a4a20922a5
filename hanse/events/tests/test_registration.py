"""Registering, waiting, moving up, deciding, changing, cancelling, forgetting."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hanse.commons.audit.models import AuditEntry
from hanse.commons.people.transfers import archive_about, erase
from hanse.commons.post.models import Letter
from hanse.events.actions.registration import (
    Filled,
    Guest,
    approve,
    cancel,
    change,
    fill_seats,
    forget_needs,
    refuse,
    register,
    register_team,
    set_capacity,
)
from hanse.events.actions.seats import fill_seats_everywhere
from hanse.events.jobs import daily_round
from hanse.events.models import (
    Agreement,
    Booking,
    ConsentText,
    Event,
    Invitation,
    MailText,
    Need,
    Pool,
    Question,
    Registration,
    Scan,
    TicketKind,
)
from hanse.events.queries.seats import position, seats_of_kinds
from hanse.events.words import Entry, QuestionKind, State, Verdict
from hanse.kit.refusals import Refused

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def guest(number: int, **said) -> Guest:
    return Guest(f"Guest {number}", f"guest{number}@example.org", **said)


def taken(event, **which) -> int:
    return Pool.objects.get(event=event, **{"kind": None, "session": None, **which}).taken


def states(event) -> list[tuple[str, str]]:
    rows = Registration.objects.filter(event=event).order_by("number")
    return list(rows.values_list("name", "state"))


def refused(what, *args, **said) -> str:
    with pytest.raises(Refused) as no:
        what(*args, **said)
    assert str(no.value)
    return no.value.refusal.code


@pytest.fixture
def full(event, kind) -> list[Registration]:
    """All three seats are taken."""
    return [register(event, kind, guest(number), by=None) for number in (1, 2, 3)]


# Registering --------------------------------------------------------------------------------------


def test_whoever_fits_has_a_seat_and_the_others_wait_by_number(event, kind, full):
    one = register(event, kind, guest(4), by=None)
    two = register(event, kind, guest(5), by=None)
    assert [state for _name, state in states(event)] == ["confirmed"] * 3 + ["waiting"] * 2
    assert (taken(event), one.number, position(one), position(two)) == (3, 4, 1, 2)
    assert position(full[0]) is None


def test_a_second_press_finds_the_first(event, kind, ana):
    slip = uuid.uuid4()
    one = register(event, kind, Guest("Ana", ana.email, ana), by=ana, slip=slip)
    again = register(event, kind, Guest("Ana", ana.email, ana), by=ana, slip=slip)
    other_form = register(event, kind, Guest("Ana S.", "other@example.org", ana), by=ana)
    assert one == again == other_form
    assert (taken(event), Letter.objects.count()) == (1, 1)


def test_whoever_was_brought_along_is_found_by_the_address(event, kind, ana, bruno):
    register_team(event, kind, [Guest("Ana", ana.email, ana), Guest("B", bruno.email)], by=ana)
    found = register(event, kind, Guest("Bruno", bruno.email.upper(), bruno), by=bruno)
    assert (found.name, taken(event)) == ("B", 2)


def test_several_people_of_one_organisation_come(event, kind):
    for number in (1, 2):
        register(event, kind, guest(number, organisation_name="Dolina Ogniw"), by=None)
    assert taken(event) == 2


def test_the_slip_of_another_opens_nothing(event, kind):
    slip = uuid.uuid4()
    first = register(event, kind, guest(1), by=None, slip=slip)
    other = register(event, kind, guest(2), by=None, slip=slip)
    assert (other.number, other == first) == (2, False)


def test_a_draft_a_past_and_an_open_event_take_no_registration(event, kind):
    Event.objects.update(state=State.DRAFT)
    assert refused(register, event, kind, guest(1), by=None) == "not_published"
    Event.objects.update(state=State.PUBLISHED, entry=Entry.OPEN)
    assert refused(register, event, kind, guest(1), by=None) == "no_registration_needed"
    past = timezone.localdate() - timedelta(days=9)
    Event.objects.update(entry=Entry.REGISTRATION, first_day=past, last_day=past)
    assert refused(register, event, kind, guest(1), by=None) == "event_over"
    assert not Registration.objects.exists()


def test_the_database_is_the_last_wall(event):
    with pytest.raises(IntegrityError), transaction.atomic():
        Pool.objects.filter(event=event).update(taken=4)


def test_the_trail_holds_no_name(event, kind):
    register(event, kind, guest(1), by=None)
    line = AuditEntry.objects.get(action="register")
    assert line.object_label == ""
    assert "Guest" not in f"{line.after}{line.before}{line.reason}"


def test_an_event_without_seats_written_down_takes_as_many_as_come(event, kind):
    Pool.objects.all().delete()
    register(event, kind, guest(1), by=None)
    assert (taken(event), seats_of_kinds(event)[0].free) == (1, None)


# Kinds --------------------------------------------------------------------------------------------


@pytest.fixture
def press(event) -> TicketKind:
    one = TicketKind.objects.create(event=event, code="press", name={"en": "Press"})
    Pool.objects.create(event=event, kind=one, capacity=1)
    return one


def test_a_kind_has_seats_of_its_own_besides_the_events(event, kind, press):
    register(event, press, guest(1), by=None)
    waits = register(event, press, guest(2), by=None)
    comes = register(event, kind, guest(3), by=None)
    assert (waits.state, comes.state) == ("waiting", "confirmed")
    assert (taken(event), taken(event, kind=press)) == (2, 1)


def test_an_online_kind_takes_no_seat_of_the_house(event, kind, full):
    online = TicketKind.objects.create(event=event, code="online", is_online=True)
    one = register(event, online, guest(4), by=None)
    assert (one.state, taken(event)) == ("confirmed", 3)


def test_a_kind_that_gets_seats_later_counts_who_sat_there(event, kind, full):
    assert refused(set_capacity, event, 2, kind=kind, by=None) == "less_than_taken"
    set_capacity(event, 3, kind=kind, by=None)
    assert taken(event, kind=kind) == 3


# Teams --------------------------------------------------------------------------------------------


@pytest.fixture
def team(event, kind, full, ana) -> list[Registration]:
    """Two who wait together."""
    return register_team(event, kind, [Guest("Ana", ana.email, ana), guest(9)], by=ana)


def test_a_team_waits_until_all_fit_and_nobody_overtakes(event, kind, full, team):
    behind = register(event, kind, guest(10), by=None)
    assert cancel(full[0], by=None) == []
    assert [one.refresh_from_db() or one.state for one in (*team, behind)] == ["waiting"] * 3
    assert taken(event) == 2
    moved = cancel(full[1], by=None)
    assert {one.pk for one in moved} == {one.pk for one in team}
    assert taken(event) == 3
    behind.refresh_from_db()
    assert behind.state == "waiting"


def test_who_comes_new_does_not_take_the_seat_that_is_kept(event, kind, full, team):
    cancel(full[0], by=None)
    assert register(event, kind, guest(11), by=None).state == "waiting"


def test_shortly_before_it_opens_seats_are_kept_no_longer(event, kind, full, team):
    behind = register(event, kind, guest(10), by=None)
    cancel(full[0], by=None)
    opens = event.days.first().opens_at
    assert fill_seats(event, opens - timedelta(hours=49)) == []
    assert fill_seats(event, opens - timedelta(hours=47)) == [behind]
    assert fill_seats(event, opens - timedelta(hours=47)) == []


def test_the_daily_round_fills_seats(event, kind, full, team):
    behind = register(event, kind, guest(10), by=None)
    cancel(full[0], by=None)
    assert fill_seats_everywhere() == 0
    Event.objects.update(held_until_hours=24 * 60)
    daily_round.func()
    behind.refresh_from_db()
    assert behind.state == "confirmed"


def test_a_smaller_team_needs_fewer_seats(event, full, team):
    cancel(full[0], by=None)
    moved = cancel(team[1], by=None)
    assert [one.pk for one in moved] == [team[0].pk]


def test_a_team_says_who_is_there_already(event, kind, full, ana):
    both = [Guest("Ana", ana.email, ana), guest(1)]
    assert refused(register_team, event, kind, both, by=ana) == "registered_already"
    three = [Guest("Ana", ana.email, ana), *(guest(number) for number in range(20, 26))]
    assert refused(register_team, event, kind, three, by=ana) == "team_too_large"
    assert Registration.objects.count() == 3


def test_a_team_that_could_never_fit_is_told_so(event, kind, ana):
    four = [Guest("Ana", ana.email, ana), guest(20), guest(21), guest(22)]
    assert refused(register_team, event, kind, four, by=ana) == "team_beyond_seats"


def test_a_team_sent_twice_is_one_team(event, kind, ana):
    slip, both = uuid.uuid4(), [Guest("Ana", ana.email, ana), guest(1)]
    for _press in (1, 2):
        register_team(event, kind, both, by=ana, slip=slip)
    assert Registration.objects.count() == 2


# Cancelling ---------------------------------------------------------------------------------------


def test_a_seat_that_is_given_back_goes_to_the_first_who_waits(event, kind, full):
    fourth = register(event, kind, guest(4), by=None)
    Letter.objects.all().delete()
    assert cancel(full[1], by=None) == [fourth]
    assert cancel(full[1], by=None) == []
    assert states(event)[1:] == [
        ("Guest 2", "cancelled"),
        ("Guest 3", "confirmed"),
        ("Guest 4", "confirmed"),
    ]
    told = {one.to: one.subject for one in Letter.objects.all()}
    assert told["guest4@example.org"].startswith("A seat became free")
    assert told["guest2@example.org"].startswith("Cancelled")


def test_whoever_cancelled_registers_anew_with_a_new_number(event, kind, full):
    cancel(full[0], by=None)
    again = register(event, kind, guest(1), by=None)
    assert (again.number, again.state) == (4, "confirmed")


def test_after_the_event_nobody_moves_up(event, kind, full):
    register(event, kind, guest(4), by=None)
    past = timezone.localdate() - timedelta(days=9)
    Event.objects.update(first_day=past, last_day=past)
    assert refused(cancel, full[0], by=None) == "event_over"
    assert cancel(full[0], by=None, by_organisers=True) == []


# Deciding -----------------------------------------------------------------------------------------


@pytest.fixture
def approved(event, kind) -> TicketKind:
    kind.needs_approval = True
    kind.save()
    return kind


def test_until_it_is_decided_no_seat_is_taken(event, approved, ana):
    asked = [register(event, approved, guest(number), by=None) for number in range(1, 6)]
    assert ({one.state for one in asked}, taken(event)) == ({"asked"}, 0)
    done = approve(event, [one.pk for one in asked[1:]], by=ana)
    assert [one.state for one in done] == ["confirmed"] * 3 + ["waiting"]
    refuse(event, [asked[0].pk], "Not a cluster.", by=ana)
    letter = Letter.objects.get(to="guest1@example.org", subject__startswith="No seat")
    assert "“Not a cluster.”" in letter.text
    assert refused(refuse, event, [asked[1].pk], "", by=ana) == "not_waiting_for_word"
    assert refused(approve, event, [], by=ana) == "nothing_chosen"


def test_a_team_is_approved_as_a_whole(event, approved, ana):
    team = register_team(event, approved, [Guest("Ana", ana.email, ana), guest(1)], by=ana)
    done = approve(event, [team[1].pk], by=ana)
    assert [one.state for one in done] == ["confirmed", "confirmed"]


def test_the_registrations_of_another_event_are_not_touched(event, approved, series, first_day):
    asked = register(event, approved, guest(1), by=None)
    other = Event.objects.create(
        series=series, slug="other", first_day=first_day, last_day=first_day
    )
    assert refused(approve, other, [asked.pk], by=None) == "not_waiting_for_word"


def test_more_seats_let_people_in_and_fewer_than_taken_are_refused(event, kind, full):
    fourth = register(event, kind, guest(4), by=None)
    assert refused(set_capacity, event, 2, by=None) == "less_than_taken"
    assert set_capacity(event, 5, by=None) == [fourth]
    assert Pool.objects.get(event=event).capacity == 5


# Invitations --------------------------------------------------------------------------------------


@pytest.fixture
def invited(event, kind, ana) -> Invitation:
    Event.objects.update(entry=Entry.INVITATION)
    return Invitation.objects.create(event=event, email=ana.email, name="Ana")


def test_only_invited_people_register_where_one_must_be(event, kind, invited, ana, bruno):
    assert refused(register, event, kind, Guest("B", bruno.email, bruno), by=bruno) == (
        "invitation_needed"
    )
    one = register(event, kind, Guest("Ana", ana.email, ana), by=ana)
    invited.refresh_from_db()
    assert (invited.registration, bool(invited.accepted_at)) == (one, True)


def test_an_invitation_is_used_once(event, kind, invited, ana, bruno):
    register(event, kind, Guest("Ana", ana.email, ana), by=ana)
    said = refused(
        register, event, kind, Guest("B", bruno.email, bruno), by=bruno, invitation=invited
    )
    assert said == "invitation_used"


def test_a_withdrawn_invitation_opens_nothing(event, kind, invited, ana):
    Invitation.objects.update(withdrawn_at=timezone.now())
    assert refused(register, event, kind, Guest("Ana", ana.email, ana), by=ana) == (
        "invitation_needed"
    )


def test_whoever_gave_the_seat_back_may_use_the_invitation_again(event, kind, invited, ana):
    me = Guest("Ana", ana.email, ana)
    cancel(register(event, kind, me, by=ana), by=ana)
    assert register(event, kind, me, by=ana).state == "confirmed"
    cancel(Registration.objects.get(state="confirmed"), by=None, by_organisers=True)
    assert refused(register, event, kind, me, by=ana) == "invitation_used"


def test_an_invitation_for_one_kind_is_for_no_other(event, kind, press, invited, ana):
    Invitation.objects.update(kind=press)
    assert refused(register, event, kind, Guest("Ana", ana.email, ana), by=ana) == (
        "invited_otherwise"
    )


# Answers, needs, agreements -----------------------------------------------------------------------


@pytest.fixture
def questions(event) -> None:
    Question.objects.create(event=event, code="why", is_required=True, label={"en": "Why?"})
    Question.objects.create(
        event=event, code="food", about_needs=True, kind=QuestionKind.CHOICE, order=1,
        options=[{"code": "vegan", "label": {"en": "Vegan"}}, {"code": "any", "label": {}}],
    )  # fmt: skip


def test_needs_are_kept_apart_and_forgotten_as_a_whole(event, kind, questions):
    filled = Filled({"why": "To meet", "other": "x"}, {"food": "vegan"})
    one = register(event, kind, guest(1), filled, by=None)
    assert one.answers == {"why": "To meet"}
    assert one.need.answers == {"food": "vegan"}
    assert forget_needs(event) == 1
    assert not Need.objects.exists()


def test_what_must_be_answered_is_asked_for_and_no_seat_is_lost(event, kind, questions):
    assert refused(register, event, kind, guest(1), by=None) == "unanswered"
    assert (taken(event), Pool.objects.get(event=event).drawn) == (0, 0)


def test_agreements_keep_wording_version_and_language(event, kind):
    text = ConsentText.objects.create(
        event=event, code="photos", text={"en": "Photographs", "de": "Fotos"}, is_required=True
    )
    assert refused(register, event, kind, guest(1), by=None) == "not_agreed"
    one = register(event, kind, guest(1, language="de"), Filled(agreed={text.pk: True}), by=None)
    line = Agreement.objects.get(registration=one)
    assert (line.text, line.agreed, line.language) == (text, True, "de")


# Sessions -----------------------------------------------------------------------------------------


@pytest.fixture
def workshop(event, session):
    one = session("Workshop", "10:00", "11:00", needs_booking=True)
    Pool.objects.create(event=event, session=one, capacity=1)
    return one


def booked(registration) -> str:
    return Booking.objects.get(registration=registration).state


def test_a_full_session_has_a_waiting_list_of_its_own(event, kind, workshop):
    first = register(event, kind, guest(1), Filled(sessions=[workshop.pk]), by=None)
    second = register(event, kind, guest(2), Filled(sessions=[workshop.pk]), by=None)
    assert (booked(first), booked(second), taken(event, session=workshop)) == (
        "confirmed", "waiting", 1,
    )  # fmt: skip
    change(first, guest(1), Filled(), revision=1, by=None)
    assert (booked(first), booked(second), taken(event, session=workshop)) == (
        "cancelled", "confirmed", 1,
    )  # fmt: skip


def test_whoever_waits_for_the_event_takes_no_seat_in_a_session(event, kind, full, workshop):
    waits = register(event, kind, guest(4), Filled(sessions=[workshop.pk]), by=None)
    assert (booked(waits), taken(event, session=workshop)) == ("asked", 0)
    cancel(full[0], by=None)
    assert (booked(waits), taken(event, session=workshop)) == ("confirmed", 1)
    waits.refresh_from_db()
    cancel(waits, by=None)
    assert (booked(waits), taken(event, session=workshop)) == ("cancelled", 0)


def test_a_session_that_is_not_chosen_here_is_refused(event, kind, session):
    plain = session("Opening", "09:30", "10:00")
    assert refused(
        register, event, kind, guest(1), Filled(sessions=[plain.pk]), by=None
    ) == "no_such_session"  # fmt: skip


# Changing -----------------------------------------------------------------------------------------


def test_two_changes_at_once_do_not_overwrite_each_other(event, kind, questions):
    one = register(event, kind, guest(1), Filled({"why": "a"}), by=None)
    change(one, guest(1, position="Director"), Filled({"why": "b"}), revision=1, by=None)
    assert (one.position, one.answers, one.revision) == ("Director", {"why": "b"}, 2)
    late = refused(change, one, guest(1), Filled({"why": "c"}), revision=1, by=None)
    assert late == "changed_meanwhile"
    one.refresh_from_db()
    assert one.answers == {"why": "b"}


def test_a_seat_is_changed_for_another_only_where_one_is_free(event, kind, press):
    mine = register(event, kind, guest(1), by=None)
    change(mine, guest(1), Filled(), kind=press, revision=1, by=None)
    assert (taken(event), taken(event, kind=press)) == (1, 1)
    other = register(event, kind, guest(2), by=None)
    assert refused(change, other, guest(2), Filled(), kind=press, revision=1, by=None) == (
        "kind_full"
    )
    change(mine, guest(1), Filled(), kind=kind, revision=2, by=None)
    assert (taken(event), taken(event, kind=press)) == (2, 0)


def test_nobody_changes_past_those_who_wait_for_that_kind(event, kind, press):
    register(event, press, guest(1), by=None)
    waits = register(event, press, guest(2), by=None)
    mine = register(event, kind, guest(3), by=None)
    set_capacity(event, 2, by=None)
    set_capacity(event, 2, kind=press, by=None)  # a seat of the press, none of the house
    assert position(waits) == 1
    assert refused(change, mine, guest(3), Filled(), kind=press, revision=1, by=None) == (
        "kind_full"
    )


def test_what_has_ended_is_not_changed(event, kind):
    one = register(event, kind, guest(1), by=None)
    cancel(one, by=None)
    said = refused(change, one, guest(1), Filled(), revision=one.revision, by=None)
    assert said == "registration_over"


# Newcomers, letters, what is kept -----------------------------------------------------------------


def test_a_newcomer_is_known_once_an_earlier_event_knows_who_came(event, kind, series, registered):
    assert register(event, kind, guest(1), by=None).is_newcomer is None
    before = Event.objects.create(
        series=series, slug="before", first_day=date(2020, 1, 1), last_day=date(2020, 1, 1)
    )
    old = TicketKind.objects.create(event=before, code="x")
    came = Registration.objects.create(
        event=before, kind=old, name="G", email="guest2@example.org", state="confirmed", number=1
    )
    Scan.objects.create(event=before, registration=came, verdict=Verdict.IN)
    assert register(event, kind, guest(2), by=None).is_newcomer is False
    assert register(event, kind, guest(3), by=None).is_newcomer is True


def test_the_letter_says_place_and_rule(event, kind, full):
    register(event, kind, guest(4), by=None)
    letter = Letter.objects.get(to="guest4@example.org")
    assert letter.subject == "On the waiting list: Matchmaking"
    assert "number is 4, and you are number 1 in the line" in letter.text
    assert "kept for the team" in letter.text
    assert "/events/registrations/letters/" in letter.text


def test_whoever_has_a_log_in_gets_the_address_of_their_page(event, kind, ana):
    one = register(event, kind, Guest("Ana", ana.email, ana), by=ana)
    assert f"/events/registrations/{one.pk}/" in Letter.objects.get().text


def test_the_organisers_own_words_stand_in_place_of_ours(event, kind):
    MailText.objects.create(
        event=event, code="confirmed", language="en", subject="Welcome, {name}",
        body="{event}, {unknown} {number!r} {0} {name.__class__} %(x)s {{ x }}: {link}",
    )  # fmt: skip
    register(event, kind, guest(1), by=None)
    letter = Letter.objects.get()
    assert letter.subject == "Welcome, Guest 1"
    told = "Matchmaking, {unknown} {number!r} {0} {name.__class__} %(x)s {{ x }}: http"
    assert letter.text.startswith(told)


def test_a_name_with_signs_of_html_stands_in_the_letter_as_it_is(event, kind):
    register(event, kind, Guest("O’Neill & <Sons>", "o@example.org"), by=None)
    assert "O’Neill & <Sons>, you are registered" in Letter.objects.get().text


def test_erasure_frees_the_seat_and_leaves_the_count(event, kind, questions, ana):
    said = Filled({"why": "To meet secretmark"}, {"food": "vegan"})
    mine = register(event, kind, Guest("Ana Sousa", ana.email, ana), said, by=ana)
    for number in (2, 3, 4):
        last = register(event, kind, guest(number), Filled({"why": "x"}), by=None)
    with zipfile.ZipFile(io.BytesIO(archive_about(ana))) as archive:
        told = json.loads(archive.read("events.json"))
    assert told["registrations"][0]["answers"] == {"why": "To meet secretmark"}
    assert told["needs"][0]["answers"] == {"food": "vegan"}
    erase(ana)
    mine.refresh_from_db()
    last.refresh_from_db()
    assert (mine.state, last.state, taken(event)) == ("cancelled", "confirmed", 3)
    assert (mine.name, mine.email, mine.answers, mine.person) == ("", "", {}, None)
    assert not Need.objects.exists()


def test_erasure_of_several_in_one_event_leaves_each_of_them(event, kind, ana, bruno):
    for who in (ana, bruno):
        register(event, kind, Guest(who.name, who.email, who), by=who)
        Invitation.objects.create(event=event, email=who.email)
    erase(ana)
    erase(bruno)
    assert Registration.objects.filter(name="", email="").count() == 2
    assert Invitation.objects.filter(email="").count() == 2
