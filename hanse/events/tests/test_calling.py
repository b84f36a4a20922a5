"""Organisers make the call of their own event, run it, and invite by its decisions."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hanse.calls.actions.applying import begin_application
from hanse.calls.actions.calls import publish_call
from hanse.calls.actions.deciding import Deciding, decide, tell
from hanse.calls.models import Call
from hanse.calls.tests.conftest import pass_by, sent
from hanse.calls.words import Outcome
from hanse.commons.post.models import Letter
from hanse.conftest import person
from hanse.directory.tests.conftest import columns_of_this_test, organisation  # noqa: F401
from hanse.events.actions.calling import make_call_of_event
from hanse.events.actions.calling_off import call_off
from hanse.events.models import Event, Invitation, Organiser
from hanse.events.queries.calling import applicants_of
from hanse.events.words import Duty, Entry, State
from hanse.kit.refusals import Refused

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DESK = "/events/week/matchmaking/desk/"
WAY = f"{DESK}call/"


def typed(**said):
    today = timezone.localdate()
    return {
        "kind": "interest",
        "slug": "come",
        "title_en": "Come to the matchmaking",
        "opens": f"{today - timedelta(days=1)}T09:00",
        "cut_offs": str(today + timedelta(days=5)),
        "answer_days": 14,
        "last_answer_days": 7,
        "places": 2,
        "late_places": 0,
        "slot_minutes": 90,
        "room_most": 100,
        "speakers_reimbursed": 2,
        "summary_days": 21,
        **said,
    }


@pytest.fixture
def of(series, db):
    """`of("guests")`: somebody who has this duty alone."""

    def made(duty: str):
        one = person(f"{duty} keeper", f"{duty}@example.org")
        Organiser.objects.create(series=series, person=one, duty=duty)
        return one

    return made


@pytest.fixture
def applicant(organisation):  # noqa: F811
    keeper = person("Keeper", "keeper@example.org")
    one = organisation("Zweites Leben", administrator=keeper)
    one.keeper = keeper
    return one


def made_for(event, as_person, who, **said) -> Call:
    answer = as_person(who).post(WAY, typed(**said))
    assert answer.status_code == 302, answer.context["form"].errors
    call = Call.objects.get()
    assert answer["Location"] == call.get_absolute_url()
    event.refresh_from_db()
    assert event.call == call
    return call


@pytest.mark.parametrize("duty", [Duty.LEAD, Duty.PROGRAMME, Duty.GUESTS])
@pytest.mark.parametrize("kind", ["interest", "workshop"])
def test_whoever_keeps_programme_or_guests_makes_a_call_and_runs_it(
    event, as_person, of, duty, kind
):
    keeper = of(duty)
    call = made_for(event, as_person, keeper, kind=kind)
    assert (call.kind, call.state, call.made_by) == (kind, "draft", keeper)
    assert [one.person for one in call.officers.all()] == [keeper]
    browser = as_person(keeper)
    assert "nobody can apply yet" in browser.get(WAY).text
    browser.post(f"/calls/{call.slug}/publication/")
    assert "0 applications wait for a decision" in browser.get(WAY).text
    assert browser.get(f"/calls/{call.slug}/desk/").status_code == 200
    assert browser.get(f"/calls/{call.slug}/edit/").status_code == 200


def test_the_form_begins_with_what_the_event_says(event, as_person, ana, of):
    keeper = of(Duty.GUESTS)
    text = as_person(ana).get(WAY).text
    assert 'value="week-matchmaking"' in text
    assert 'value="Matchmaking"' in text
    assert f'value="{event.first_day.isoformat()}"' in text
    assert keeper.email in text
    assert ana.email not in text


def test_a_day_of_the_form_is_one_that_a_browser_reads_in_any_language(event, as_person, ana):
    browser = as_person(ana)
    browser.cookies["django_language"] = "de"
    assert f'value="{event.first_day.isoformat()}"' in browser.get(WAY).text


def test_what_the_call_selects_is_invited_to_its_event_and_to_no_other(
    event, as_person, ana, applicant, first_day
):
    other = Event.objects.create(
        series=event.series, slug="forum", title={"en": "Forum"}, first_day=first_day,
        last_day=first_day, state=State.PUBLISHED,
    )  # fmt: skip
    call = made_for(event, as_person, ana)
    as_person(ana).post(f"/calls/{call.slug}/publication/")
    call.refresh_from_db()
    application = sent(call, applicant)
    pass_by(call)
    assert "1 application waits for a decision" in as_person(ana).get(WAY).text
    tell(call, decide(call, [application.number], Deciding(Outcome.SELECTED), by=ana), by=ana)
    assert [one.event for one in Invitation.objects.all()] == [event]
    assert Invitation.objects.get().email == applicant.keeper.email
    assert not other.invitations.exists()


@pytest.fixture
def published(event, as_person, ana) -> Call:
    call = made_for(event, as_person, ana)
    as_person(ana).post(f"/calls/{call.slug}/publication/")
    call.refresh_from_db()
    return call


def select(call, application, by) -> None:
    decisions = decide(call, [application.number], Deciding(Outcome.SELECTED), by=by)
    tell(call, decisions, by=by)


def test_with_the_event_its_call_ends_and_who_applied_is_told(
    event,
    as_person,
    ana,
    bruno,
    applicant,
    published,
    organisation,  # noqa: F811
):
    sent(published, applicant)
    assert "One person would be told" in as_person(ana).get(f"{DESK}calling-off/").text
    Letter.objects.all().delete()
    as_person(ana).post(f"{DESK}calling-off/", {"why": "The hall burnt down."})
    letter = Letter.objects.get()
    assert letter.to == applicant.keeper.email
    assert "Zweites Leben has applied to its call" in letter.text
    assert "The hall burnt down." in letter.text
    published.refresh_from_db()
    assert published.state == "closed"
    for who, way in ((bruno, ""), (ana, "desk/")):
        text = as_person(who).get(f"{published.get_absolute_url()}{way}").text
        assert "“Matchmaking” does not take place." in text
    with pytest.raises(Refused, match="closed"):
        begin_application(published, organisation("Another"), {}, by=ana)


def test_who_is_selected_for_what_is_called_off_is_not_invited(
    event, as_person, ana, applicant, published
):
    application = sent(published, applicant)
    call_off(event, "", by=ana)
    pass_by(published)
    select(published, application, ana)
    assert not Invitation.objects.exists()


def test_who_is_selected_for_what_is_over_is_not_invited(
    event, as_person, ana, applicant, published
):
    application = sent(published, applicant)
    pass_by(published)
    Event.objects.update(first_day="2018-02-22", last_day="2018-02-23")
    select(published, application, ana)
    assert not Invitation.objects.exists()


def test_a_call_goes_on_for_its_other_event(event, as_person, ana, applicant, first_day, published):
    other = Event.objects.create(
        series=event.series, slug="forum", title={"en": "Forum"}, first_day=first_day,
        last_day=first_day, state=State.PUBLISHED, call=published,
    )  # fmt: skip
    application = sent(published, applicant)
    call_off(event, "", by=ana)
    published.refresh_from_db()
    assert published.state == "published"
    pass_by(published)
    select(published, application, ana)
    assert [one.event for one in Invitation.objects.all()] == [other]
    call_off(other, "", by=ana)
    published.refresh_from_db()
    assert published.state == "closed"


def test_a_call_of_what_is_called_off_is_not_published(event, as_person, ana):
    call = made_for(event, as_person, ana)
    call_off(event, "", by=ana)
    call.refresh_from_db()
    assert call.state == "draft"
    with pytest.raises(Refused, match="nobody is asked to apply"):
        publish_call(call, by=ana)
    call.refresh_from_db()
    assert call.state == "draft"


def test_no_letter_gives_away_what_was_not_told(event, as_person, ana, applicant, published):
    application = sent(published, applicant)
    pass_by(published)
    decide(published, [application.number], Deciding(Outcome.REJECTED, "No."), by=ana)
    assert [one.email for one in applicants_of(event)] == [applicant.keeper.email]
    tell(published, application.decisions.all(), by=ana)
    assert applicants_of(event) == []


def test_the_door_makes_no_call_and_strangers_find_no_desk(event, as_person, of, bruno):
    for who, status in ((of(Duty.DOOR), 403), (bruno, 404)):
        assert as_person(who).get(WAY).status_code == status
        assert as_person(who).post(WAY, typed()).status_code == status
    assert as_person().post(WAY, typed()).status_code == 302
    assert not Call.objects.exists()


def test_organisers_of_another_series_reach_neither_event_nor_call(
    event, as_person, ana, bruno, first_day
):
    from hanse.events.models import Series

    theirs = Series.objects.create(
        slug="fair", title={"en": "Fair"}, first_day=first_day, last_day=first_day,
        state=State.PUBLISHED,
    )  # fmt: skip
    Organiser.objects.create(series=theirs, person=bruno, duty=Duty.LEAD)
    call = made_for(event, as_person, ana)
    browser = as_person(bruno)
    assert browser.get(WAY).status_code == 404
    for way in ("", "desk/", "edit/"):
        assert browser.get(f"/calls/{call.slug}/{way}").status_code == 404


def test_an_organiser_makes_none_without_an_event(event, as_person, ana):
    assert as_person(ana).post("/calls/new/", typed()).status_code == 403
    assert not Call.objects.exists()


def test_an_event_has_one_call(event, as_person, ana):
    made_for(event, as_person, ana)
    again = as_person(ana).post(WAY, typed(slug="again"))
    assert again.status_code == 409
    assert "has a call already" in again.text
    assert Call.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"state": State.CLOSED}, "call_of_over"),
        ({"cancelled_at": timezone.now()}, "call_of_cancelled"),
        ({"first_day": "2018-02-22", "last_day": "2018-02-23"}, "call_of_over"),
    ],
)
def test_what_does_not_take_place_takes_no_call(event, as_person, ana, facts, code):
    Event.objects.update(**facts)
    with pytest.raises(Refused) as no:
        make_call_of_event(event, None, by=ana)
    assert no.value.refusal.code == code
    text = as_person(ana).get(WAY).text
    assert str(no.value) in text.replace("&#x27;", "'")
    assert 'name="cut_offs"' not in text


def test_a_refused_call_is_none_and_what_was_typed_stays(event, as_person, ana):
    answer = as_person(ana).post(WAY, typed(slug="new"))
    assert answer.status_code == 422
    assert "There is a call at this address already." in answer.text
    assert "Come to the matchmaking" in answer.text
    event.refresh_from_db()
    assert (event.call, Call.objects.count()) == (None, 0)


def test_whoever_keeps_guests_and_is_no_officer_sees_numbers_alone(
    event, as_person, ana, of, applicant
):
    call = made_for(event, as_person, ana)
    as_person(ana).post(f"/calls/{call.slug}/publication/")
    call.refresh_from_db()
    sent(call, applicant)
    text = as_person(of(Duty.GUESTS)).get(WAY).text
    assert "1 application is in" in text
    assert "Zweites Leben" not in text
    assert ana.name in text
    assert f"/calls/{call.slug}/desk/" not in text


def test_the_page_of_the_event_leads_to_its_call_once_it_is_published(event, as_person, ana, bruno):
    call = made_for(event, as_person, ana, kind="workshop")
    link = f'href="{call.get_absolute_url()}"'
    assert link not in as_person(bruno).get(event.get_absolute_url()).text
    Call.objects.update(state="published")
    assert link in as_person(bruno).get(event.get_absolute_url()).text
    Event.objects.update(entry=Entry.INVITATION)
    assert "Propose a workshop" in as_person(bruno).get(event.get_absolute_url()).text


def test_the_desk_costs_the_same_for_one_application_and_for_three(
    event,
    as_person,
    ana,
    organisation,  # noqa: F811
):
    def cost() -> int:
        browser = as_person(ana)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(WAY).status_code == 200
            assert browser.get(DESK).status_code == 200
        return len(asked)

    def apply(number: int) -> None:
        keeper = person(f"Keeper {number}", f"keeper{number}@example.org")
        one = organisation(f"Cluster {number}", administrator=keeper)
        one.keeper = keeper
        sent(call, one)

    call = made_for(event, as_person, ana)
    Call.objects.update(state="published")
    call.refresh_from_db()
    apply(1)
    cost()
    one = cost()
    apply(2)
    apply(3)
    assert cost() == one
