"""Partner requests: asked, answered, declined in silence, renewed, closed."""

import io
import json
import uuid
import zipfile
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hanse.commons.people.transfers import archive_about, erase
from hanse.commons.post.models import Letter
from hanse.directory.actions.digest import write_digests
from hanse.directory.actions.messages import block
from hanse.directory.actions.requests import (
    Asked,
    answer_interest,
    ask_for_partner,
    ask_whether_requests_go_on,
    close_request,
    comment_on,
    renew_request,
    say_interest,
)
from hanse.directory.models import Comment, Interest, PartnerRequest, Thread
from hanse.directory.queries.requests import answer_records
from hanse.directory.words import InterestAnswer, Level, Outcome, State
from hanse.kit.refusals import Refused

pytestmark = [pytest.mark.database, pytest.mark.django_db]

LIST = "/directory/requests/"


def typed(**facts):
    return {
        "what": "Hydrogen valves for 700 bar",
        "for_what": "A pilot line in Silesia",
        "text": "",
        "countries": "IT, Germany, jp",
        "by_day": "",
        "call": "",
        "call_url": "",
        "level": "public",
        "language": "en",
        "stands_days": "90",
        "slip": str(uuid.uuid4()),
        **facts,
    }


def asked(organisation, by, what="Hydrogen valves", **facts):
    return ask_for_partner(
        organisation, Asked(what, facts.pop("for_what", "A pilot"), "en", **facts), by=by
    )


def page(browser, address):
    return browser.get(address).content.decode()


@pytest.fixture
def request_of_ana(polish, ana):
    return asked(polish, ana)


# Asking -------------------------------------------------------------------------------------------


def test_a_request_is_written_and_found(as_person, ana, polish):
    browser = as_person(ana)
    answer = browser.post(f"{LIST}new/", typed(organisation=polish.pk))
    made = PartnerRequest.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert (made.where, made.made_by) == (["DE", "IT", "JP"], ana)
    assert timedelta(days=89) < made.expires_at - timezone.now() < timedelta(days=91)
    text = page(as_person(), made.get_absolute_url())
    assert "Hydrogen valves for 700 bar" in text
    assert "Germany" in text
    assert "Ana Sousa" not in text
    assert "Hydrogen valves" in page(as_person(), LIST)


def test_a_double_click_writes_one_request(as_person, ana, polish):
    browser, form = as_person(ana), typed(organisation=polish.pk)
    first = browser.post(f"{LIST}new/", form)
    second = browser.post(f"{LIST}new/", form)
    assert first["Location"] == second["Location"]
    assert PartnerRequest.objects.count() == 1


def test_only_who_speaks_for_a_published_organisation_asks(
    as_person, ana, bruno, polish, organisation
):
    draft = organisation("Draft", state=State.DRAFT, administrator=bruno)
    browser = as_person(bruno)
    assert "In whose name?" in page(browser, f"{LIST}new/")
    for other in (polish, draft):
        browser.post(f"{LIST}new/", typed(organisation=other.pk))
    assert as_person().get(f"{LIST}new/").status_code == 302
    assert PartnerRequest.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("by_day", "2001-01-01", "lies in the past"),
        ("countries", "Atlantis", "is not in the list"),
        ("what", "", "required"),
        ("what", "a\x07b", "cannot be shown"),
        ("call_url", "javascript:alert(1)", "valid URL"),
        ("level", "secret", "valid choice"),
        ("stands_days", "9999", "valid choice"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(as_person, ana, polish, field, value, says):
    answer = as_person(ana).post(f"{LIST}new/", typed(organisation=polish.pk, **{field: value}))
    assert says in answer.content.decode()
    assert PartnerRequest.objects.count() == 0


def test_html_is_shown_as_text(as_person, ana, polish):
    one = asked(
        polish, ana, "<script>alert(1)</script>", for_what="<b>x</b>", text="<img src=x onerror=1>"
    )
    for address in (LIST, one.get_absolute_url(), polish.get_absolute_url()):
        text = page(as_person(), address)
        assert "<script>alert(1)" not in text
        assert "&lt;script&gt;alert(1)" in text
        assert "<img src=x" not in text


# Who reads ----------------------------------------------------------------------------------------


def test_a_confidential_request_is_for_those_who_speak_for_an_organisation(
    as_person, ana, bruno, carla, polish, german, organisation
):
    one = asked(polish, ana, "Secret alloy", level=Level.SPEAKERS)
    stranger = as_person()
    assert stranger.get(one.get_absolute_url()).status_code == 404
    for address in (LIST, "/directory/feeds/requests.atom", polish.get_absolute_url()):
        assert "Secret alloy" not in page(stranger, address)
    assert "Secret alloy" in page(as_person(bruno), LIST)
    assert "Secret alloy" in page(as_person(carla), LIST)
    german.administrators.all().delete()
    assert as_person(bruno).get(one.get_absolute_url()).status_code == 404
    assert "Secret alloy" not in page(as_person(bruno), LIST)


def test_the_request_of_a_retired_organisation_is_gone(as_person, polish, request_of_ana):
    polish.state = State.RETIRED
    polish.save()
    assert as_person().get(request_of_ana.get_absolute_url()).status_code == 404
    assert "Hydrogen" not in page(as_person(), LIST)


def test_filters(as_person, ana, polish):
    asked(polish, ana, "Valves", countries=["IT"])
    asked(polish, ana, "Battery recycling", countries=["DE"])
    gone = asked(polish, ana, "Anywhere")
    close_request(gone, Outcome.HERE, "Found in Turin.", by=ana)
    browser = as_person()

    def found(query):
        text = page(browser, f"{LIST}?{query}")
        return [word for word in ("Valves", "Battery recycling", "Anywhere") if word in text]

    assert found("") == ["Valves", "Battery recycling"]
    assert found("country=IT") == ["Valves"]
    assert found("q=valve") == ["Valves"]
    assert found("q=recykling+baterii") == ["Battery recycling"]
    assert found("q=pilot") == ["Valves", "Battery recycling"]
    assert found("q=nothing") == []
    assert found("state=closed") == ["Anywhere"]
    assert found("country=XX&state=odd&page=9&q=%00%27") == ["Valves", "Battery recycling"]


def test_the_list_asks_the_database_as_often_for_one_as_for_three(as_person, ana, polish, german):
    browser = as_person(ana)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            browser.get(LIST)
        return len(seen)

    asked(polish, ana, "One", countries=["DE"])
    count()
    once = count()
    asked(german, None, "Two", countries=["FR"])
    asked(polish, ana, "Three")
    assert count() == once


# Comments, following ------------------------------------------------------------------------------


def test_a_comment_reaches_whoever_follows(as_person, ana, bruno, german, request_of_ana):
    browser, form = as_person(bruno), {"text": "We have <b>two</b>.", "organisation": german.pk}
    form["slip"] = str(uuid.uuid4())
    for _click in range(2):
        browser.post(f"{request_of_ana.get_absolute_url()}comments/", form)
    assert Comment.objects.count() == 1
    letter = Letter.objects.get()
    assert letter.to == ana.email
    assert "We have <b>two</b>." in letter.text
    assert "Bruno" not in letter.text
    text = page(as_person(), request_of_ana.get_absolute_url())
    assert "We have &lt;b&gt;two&lt;/b&gt;." in text
    assert "Bruno" not in text


def test_following_ends_with_one_click_from_the_letter(
    as_person, ana, bruno, german, request_of_ana
):
    comment_on(request_of_ana, german, "One.", by=bruno)
    ending = Letter.objects.get().unsubscribe
    path = ending[ending.index("/directory") :]
    stranger = as_person()
    stranger.handler.enforce_csrf_checks = True
    assert stranger.get(path).status_code == 200
    assert request_of_ana.follows.count() == 1
    assert stranger.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert request_of_ana.follows.count() == 0
    assert stranger.post(path).status_code == 200
    assert "It is noted" in page(stranger, path)


def test_who_may_no_longer_read_gets_no_letter(as_person, ana, bruno, carla, german, polish):
    one = asked(polish, ana, "Secret", level=Level.SPEAKERS)
    as_person(bruno).post(f"{one.get_absolute_url()}following/")
    german.administrators.all().delete()
    comment_on(one, polish, "Inside.", by=ana)
    assert not Letter.objects.filter(to=bruno.email).exists()


def test_comments_are_taken_back_by_the_own_side_only(
    as_person, ana, bruno, german, request_of_ana
):
    made = comment_on(request_of_ana, german, "Mine.", by=bruno)
    address = f"{request_of_ana.get_absolute_url()}comments/"
    as_person(ana).post(address, {"take_back": made.pk})
    assert Comment.objects.exists()
    as_person(bruno).post(address, {"take_back": made.pk})
    assert not Comment.objects.exists()


def test_strangers_neither_comment_nor_follow(as_person, organisation, bruno, request_of_ana):
    address = request_of_ana.get_absolute_url()
    for door in ("comments/", "interest/"):
        assert as_person().post(address + door, {"text": "x", "says": "x"}).status_code == 403
        assert as_person(bruno).post(address + door, {"text": "x", "says": "x"}).status_code == 403
    assert as_person().post(f"{address}following/").status_code == 403
    for door in ("edit/", "renewal/", "closing/"):
        answer = as_person(bruno).post(address + door, {"outcome": "here"})
        assert answer.status_code == 403
    assert PartnerRequest.objects.get().closed_at is None


# Interest and its answer --------------------------------------------------------------------------


def test_interest_opens_a_conversation(as_person, ana, bruno, german, request_of_ana):
    address = request_of_ana.get_absolute_url()
    form = {"says": "We bring the valves.", "organisation": german.pk}
    as_person(bruno).post(f"{address}interest/", form)
    second = as_person(bruno).post(f"{address}interest/", form, follow=True)
    assert "the other side has it" in second.content.decode()
    interest = Interest.objects.get()
    assert [one.to for one in Letter.objects.all()] == [ana.email]
    assert "We bring the valves." in page(as_person(ana), address)
    assert "We bring the valves." not in page(as_person(), address)
    answer = as_person(ana).post(
        f"/directory/interests/{interest.pk}/answer/", {"answer": "talk", "text": "Tuesday?"}
    )
    thread = Thread.objects.get()
    assert answer["Location"] == thread.get_absolute_url()
    assert [one.text for one in thread.messages.all()] == ["We bring the valves.", "Tuesday?"]
    assert "Tuesday?" in Letter.objects.get(to=bruno.email).text
    assert thread.get_absolute_url() in page(as_person(bruno), address)
    again = as_person(ana).post(
        f"/directory/interests/{interest.pk}/answer/", {"answer": "declined"}
    )
    assert again.status_code == 409


def test_a_no_is_nowhere_to_be_seen_by_the_other_side(
    client, as_person, ana, bruno, german, request_of_ana
):
    """Every page and every file that the declined side can reach is the same as before."""
    say_interest(request_of_ana, german, "We bring the valves.", by=bruno)
    reachable = [
        LIST,
        request_of_ana.get_absolute_url(),
        "/directory/desk/",
        "/directory/messages/",
        "/directory/introductions/",
        "/directory/",
        german.get_absolute_url(),
        request_of_ana.organisation.get_absolute_url(),
        "/directory/feeds/requests.atom",
        "/account/history/",
        "/account/",
    ]
    browser = as_person(bruno)

    def seen():
        return {address: without_numbers(page(browser, address)) for address in reachable}

    before, parcel = seen(), exported(bruno)
    letters = Letter.objects.filter(to=bruno.email).count()
    interest = Interest.objects.get()
    answer_interest(interest, InterestAnswer.DECLINED, "not you", by=ana)
    assert seen() == before
    assert exported(bruno) == parcel
    assert Letter.objects.filter(to=bruno.email).count() == letters
    again = browser.post(
        f"{request_of_ana.get_absolute_url()}interest/",
        {"says": "Again.", "organisation": german.pk},
        follow=True,
    ).content.decode()
    assert "the other side has it" in again
    assert "no, thanks" in page(as_person(ana), request_of_ana.get_absolute_url())
    write_digests(timezone.localdate() - timedelta(days=timezone.localdate().weekday()))
    assert "declined" not in exported(bruno)


def without_numbers(text):
    """A page without what differs from one look to the next: tokens of forms, numbers."""
    import re

    text = re.sub(r'name="(csrfmiddlewaretoken|slip)" value="[^"]*"', "", text)
    return re.sub(r'nonce="[^"]*"|id="id_slip"', "", text)


def exported(person):
    with zipfile.ZipFile(io.BytesIO(archive_about(person))) as zipped:
        return json.dumps({name: zipped.read(name).decode() for name in zipped.namelist()})


def test_nobody_but_the_asking_side_answers(as_person, ana, bruno, carla, german, request_of_ana):
    interest = say_interest(request_of_ana, german, "We.", by=bruno)
    address = f"/directory/interests/{interest.pk}/answer/"
    for who in (None, bruno, carla):
        assert as_person(who).post(address, {"answer": "talk"}).status_code == 404


def test_a_blocked_organisation_neither_comments_nor_is_interested(
    as_person, ana, bruno, german, polish, request_of_ana
):
    block(polish, german, by=ana)
    address = request_of_ana.get_absolute_url()
    for door, form in (("interest/", {"says": "We."}), ("comments/", {"text": "We."})):
        text = as_person(bruno).post(address + door, {**form, "organisation": german.pk})
        assert "A message to Dolina Ogniw cannot be sent." in text.content.decode()
        assert "block" not in text.content.decode().lower().replace("blockquote", "")
    assert not Interest.objects.exists()


def test_ones_own_request_is_no_interest(ana, polish, request_of_ana):
    with pytest.raises(Refused) as no:
        say_interest(request_of_ana, polish, "We.", by=ana)
    assert no.value.refusal.code == "own_request"


def test_how_an_organisation_answers_is_on_its_desk_alone(
    as_person, ana, bruno, german, polish, request_of_ana
):
    interest = say_interest(request_of_ana, german, "We.", by=bruno)
    Interest.objects.update(made_at=timezone.now() - timedelta(days=4))
    assert "is interested: Hydrogen valves" in page(as_person(ana), "/directory/desk/")
    answer_interest(interest, InterestAnswer.DECLINED, "", by=ana)
    record = answer_records([polish])[polish.pk]
    assert (record.interests, record.answered, record.days) == (1, 1, 4)
    assert "half of them within 4 days" in page(as_person(ana), "/directory/desk/")
    for address in (polish.get_absolute_url(), "/directory/desk/"):
        assert "half of them within" not in page(as_person(bruno), address)


# The end ------------------------------------------------------------------------------------------


def test_a_letter_comes_once_before_the_end_and_renews_with_one_click(
    as_person, ana, request_of_ana
):
    assert ask_whether_requests_go_on() == 0
    soon = request_of_ana.expires_at - timedelta(days=5)
    assert ask_whether_requests_go_on(soon) == 1
    assert ask_whether_requests_go_on(soon) == 0
    text = Letter.objects.get().text
    path = text[text.index("/directory/letters/renewal/") :].split()[0]
    PartnerRequest.objects.update(expires_at=timezone.now() + timedelta(days=5))
    stranger = as_person()
    assert "Let the request go on?" in page(stranger, path)
    request_of_ana.refresh_from_db()
    assert request_of_ana.expires_at < timezone.now() + timedelta(days=6)
    assert "It goes on until" in stranger.post(path).content.decode()
    request_of_ana.refresh_from_db()
    assert request_of_ana.expires_at > timezone.now() + timedelta(days=89)
    used = stranger.post(path)
    assert used.status_code == 409
    assert "has done its work" in used.content.decode()


def test_the_link_of_somebody_who_no_longer_speaks_does_nothing(
    as_person, ana, polish, request_of_ana
):
    ask_whether_requests_go_on(request_of_ana.expires_at - timedelta(days=5))
    text = Letter.objects.get().text
    path = text[text.index("/directory/letters/renewal/") :].split()[0]
    polish.administrators.all().delete()
    answer = as_person().get(path)
    assert answer.status_code == 409
    assert "no longer speak" in answer.content.decode()


def test_what_ran_out_takes_no_answers_but_can_be_renewed(ana, bruno, german, request_of_ana):
    PartnerRequest.objects.update(expires_at=timezone.now() - timedelta(days=1))
    request_of_ana.refresh_from_db()
    with pytest.raises(Refused) as no:
        say_interest(request_of_ana, german, "We.", by=bruno)
    assert no.value.refusal.code == "request_over"
    renew_request(request_of_ana, by=ana)
    say_interest(request_of_ana, german, "We.", by=bruno)


def test_closing_says_how_it_ended(as_person, ana, request_of_ana):
    address = request_of_ana.get_absolute_url()
    form = {"outcome": "elsewhere", "says": "At a fair."}
    assert as_person(ana).post(f"{address}closing/", {}).status_code == 200
    assert as_person(ana).post(f"{address}closing/", form).status_code == 302
    assert as_person(ana).post(f"{address}closing/", form).status_code == 409
    text = page(as_person(), address)
    assert "found elsewhere" in text
    assert "At a fair." in text
    with pytest.raises(Refused):
        comment_on(request_of_ana, request_of_ana.organisation, "x", by=ana)
    with pytest.raises(Refused):
        renew_request(request_of_ana, by=ana)


def test_changing_keeps_what_was_not_touched(as_person, ana, request_of_ana):
    address = f"{request_of_ana.get_absolute_url()}edit/"
    assert "Hydrogen valves" in page(as_person(ana), address)
    as_person(ana).post(address, typed(what="Other valves"))
    request_of_ana.refresh_from_db()
    assert request_of_ana.what == "Other valves"
    assert " other " in request_of_ana.tokens


def test_what_was_said_among_organisations_stays_among_them(as_person, ana, bruno, german, polish):
    one = asked(polish, ana, "Secret", level=Level.SPEAKERS)
    address = f"{one.get_absolute_url()}edit/"
    comment_on(one, polish, "More of it.", by=ana)
    as_person(ana).post(address, typed(what="Open", level="public"))
    one.refresh_from_db()
    assert one.level == Level.PUBLIC
    as_person(ana).post(address, typed(what="Secret", level="speakers"))
    comment_on(one, german, "Among us.", by=bruno)
    answer = as_person(ana).post(address, typed(what="Open", level="public"))
    assert "It stays so" in answer.content.decode()
    one.refresh_from_db()
    assert one.level == Level.SPEAKERS


def test_erasure_keeps_the_organisations_request_without_the_name(
    ana, bruno, german, request_of_ana
):
    comment_on(request_of_ana, german, "We.", by=bruno)
    say_interest(request_of_ana, german, "We.", by=bruno)
    assert "Hydrogen valves" in exported(ana)
    erase(ana)
    erase(bruno)
    assert PartnerRequest.objects.get().made_by is None
    assert Comment.objects.get().made_by is None
    assert Interest.objects.get().made_by is None
    assert not request_of_ana.follows.exists()


# By the buttons of the page -----------------------------------------------------------------------


def test_follow_unfollow_renew_and_decline_by_the_buttons(
    as_person, ana, bruno, german, request_of_ana
):
    address = request_of_ana.get_absolute_url()
    as_person(bruno).post(f"{address}following/")
    assert request_of_ana.follows.count() == 2
    as_person(bruno).post(f"{address}following/", {"end": "1"})
    assert request_of_ana.follows.count() == 1
    PartnerRequest.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert "ended on" in page(as_person(ana), "/directory/desk/")
    as_person(ana).post(f"{address}renewal/")
    request_of_ana.refresh_from_db()
    assert request_of_ana.is_open
    interest = say_interest(request_of_ana, german, "We.", by=bruno)
    answer = f"/directory/interests/{interest.pk}/answer/"
    as_person(ana).post(answer, {"answer": "perhaps"})
    interest.refresh_from_db()
    assert interest.answer == ""
    said = as_person(ana).post(answer, {"answer": "declined", "text": "not you"}, follow=True)
    assert "They are not told." in said.content.decode()
    assert not Thread.objects.exists()


def test_nobody_talks_with_whom_they_block(ana, bruno, polish, german, request_of_ana):
    interest = say_interest(request_of_ana, german, "We.", by=bruno)
    block(polish, german, by=ana)
    with pytest.raises(Refused) as no:
        answer_interest(interest, InterestAnswer.TALK, "", by=ana)
    assert no.value.refusal.code == "you_block"
    assert not Thread.objects.exists()


@pytest.mark.parametrize("act", [comment_on, say_interest])
def test_nothing_is_no_answer(act, bruno, german, request_of_ana):
    with pytest.raises(Refused) as no:
        act(request_of_ana, german, "  \n ", by=bruno)
    assert no.value.refusal.code == "nothing_written"


def test_two_clicks_at_the_same_moment_write_once(ana, polish, monkeypatch):
    """Both looked before either wrote: the database decides, and the second gets the first's."""
    slip, said = uuid.uuid4(), Asked("Valves", "A pilot", "en")
    first = ask_for_partner(polish, said, by=ana, slip=slip)
    looked = iter([None])
    monkeypatch.setattr(
        "hanse.directory.actions.requests.written_before", lambda *_all: next(looked)
    )
    assert ask_for_partner(polish, said, by=ana, slip=slip) == first
    assert PartnerRequest.objects.count() == 1


def test_the_slip_of_another_person_is_no_key(ana, bruno, polish, german):
    slip = uuid.uuid4()
    ask_for_partner(polish, Asked("Secret", "x", "en", level=Level.SPEAKERS), by=ana, slip=slip)
    with pytest.raises(IntegrityError), transaction.atomic():
        ask_for_partner(german, Asked("Mine", "x", "en"), by=bruno, slip=slip)
