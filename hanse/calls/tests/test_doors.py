"""The pages by HTTP: who gets in, what they read, what a double click does, what must not leak."""

import io
import json
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hanse.calls.actions.deciding import Deciding, decide, tell
from hanse.calls.models import Application, Call, Decision
from hanse.calls.rules.eligibility import put_together
from hanse.calls.rules.quotas import Limit
from hanse.calls.tests.conftest import ANSWERS, PROPOSAL, THEMES, days, pass_by, sent
from hanse.calls.words import Outcome
from hanse.commons.people.transfers import archive_about, erase
from hanse.commons.post.models import Letter

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def page(browser, address, status=200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def at(name, *args) -> str:
    return reverse(f"calls:{name}", args=args)


@pytest.fixture
def three(call, applicant):
    found = [sent(call, applicant(country=country)) for country in ("PL", "PL", "DE")]
    pass_by(call)
    return found


# For everybody ------------------------------------------------------------------------------------


def test_a_stranger_reads_a_call_and_its_rules(as_person, call):
    text = page(as_person(), at("call", "week"))
    assert "Cluster week" in text
    assert "of a kind that the call is addressed to" in text
    assert "23:59:59" in text
    assert "Log in to see" in text
    assert "Cluster week" in page(as_person(), at("calls"))


def test_a_call_is_read_in_the_language_of_the_reader(as_person, call):
    browser = as_person()
    browser.cookies["django_language"] = "de"
    answer = browser.get(at("call", "week"), headers={"Accept-Language": "de"})
    assert "Woche week" in answer.content.decode()


def test_drafts_are_their_officers_alone(as_person, call, dora, bruno):
    Call.objects.update(state="draft")
    for browser in (as_person(), as_person(bruno)):
        page(browser, at("call", "week"), 404)
        assert "Cluster week" not in page(browser, at("calls"))
    assert "A draft." in page(as_person(dora), at("call", "week"))


def test_whoever_speaks_for_an_organisation_sees_what_would_change_the_answer(
    as_person, made_call, polish, ana
):
    made_call("tech", eligibility=put_together("1", "2018-01-01", sectors=["C27"], kinds=["sme"]))
    text = page(as_person(ana), at("call", "tech"))
    assert "Dolina Ogniw does not meet every rule" in text
    assert "one of these would do: Small or medium-sized firm" in text
    assert "not yet known" in text


def test_lists_cost_the_same_for_one_and_for_three(as_person, made_call, applicant):
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(as_person(), at("calls"))
        return len(asked)

    first = made_call("one")
    sent(first, applicant())
    page(as_person(), at("calls"))
    one = cost()
    for slug in ("two", "three"):
        sent(made_call(slug), applicant())
    assert cost() == one


def test_the_desk_costs_the_same_for_one_and_for_three(as_person, call, applicant, dora):
    def cost() -> int:
        browser = as_person(dora)
        with CaptureQueriesContext(connection) as asked:
            page(browser, at("desk", "week"))
        return len(asked)

    sent(call, applicant())
    page(as_person(dora), at("desk", "week"))
    one = cost()
    for _number in range(2):
        sent(call, applicant())
    assert cost() == one


def test_the_interface_gives_published_calls_and_their_rules(client, made_call):
    made_call("one", quotas=[Limit("country", "*", "most", 3)])
    hidden = made_call("two")
    Call.objects.filter(pk=hidden.pk).update(state="draft")
    listed = client.get("/api/v1/calls").json()
    assert [(one["slug"], one["is_open"]) for one in listed] == [("one", True)]
    told = client.get("/api/v1/calls/one").json()
    assert told["rules"]["rules"][0]["test"] == {"one_of": ["kind", ["cluster"]]}
    assert told["quotas"] == [{"by": "country", "value": "*", "bound": "most", "number": 3}]
    assert client.get("/api/v1/calls/two").status_code == 404


# Applying -----------------------------------------------------------------------------------------


def test_an_application_is_kept_sent_and_followed(as_person, call, polish, ana):
    browser, form = as_person(ana), {"organisation": polish.pk, "why": "Cells"}
    kept = browser.post(at("new_application", "week"), {**form, "keep": "1"})
    draft = Application.objects.get()
    assert kept["Location"] == draft.get_absolute_url()
    assert "Not sent yet" in page(browser, draft.get_absolute_url())
    lacking = browser.post(at("edit_application", draft.pk), {**form, "send": "1"})
    assert "Say something to “What do you bring?”." in lacking.content.decode()
    browser.post(at("edit_application", draft.pk), {**ANSWERS, "send": "1"})
    text = page(browser, draft.get_absolute_url())
    assert "It is in" in text
    assert "An answer comes by" in text
    assert "To meet recyclers" in text
    assert "Dolina Ogniw" in page(browser, at("mine"))


def test_ones_own_list_says_how_many_have_their_answer(as_person, made_call, applicant, dora):
    first, one = made_call("one"), applicant()
    begun = sent(first, one)
    browser = as_person(begun.made_by)
    assert "<h1>0 of 1 sent application has its answer</h1>" in page(browser, at("mine"))
    pass_by(first)
    made = decide(first, [1], Deciding(Outcome.RESERVE), by=dora)
    assert "<h1>0 of 1 sent application has its answer</h1>" in page(browser, at("mine"))
    tell(first, made, by=dora)
    sent(made_call("two"), one)
    assert "<h1>1 of 2 sent applications have their answer</h1>" in page(browser, at("mine"))


def test_a_double_click_makes_one_application(as_person, call, polish, ana):
    browser, form = as_person(ana), {"organisation": polish.pk, **ANSWERS, "send": "1"}
    first = browser.post(at("new_application", "week"), form)
    second = browser.post(at("new_application", "week"), form)
    assert first["Location"] == second["Location"]
    assert Application.objects.count() == 1
    assert Letter.objects.filter(to=ana.email).count() == 1


def test_nobody_applies_for_an_organisation_of_others(as_person, call, polish, bruno, german):
    browser = as_person(bruno)
    browser.post(at("new_application", "week"), {"organisation": polish.pk, **ANSWERS, "send": "1"})
    assert Application.objects.count() == 0
    assert "Zweites Leben" in page(browser, at("new_application", "week"))


def test_who_speaks_for_nobody_is_told_what_to_do(as_person, call, bruno):
    assert "In whose name?" in page(as_person(bruno), at("new_application", "week"))
    assert as_person().get(at("new_application", "week")).status_code == 302


def test_an_application_after_the_cut_off_is_refused_in_words(as_person, made_call, polish, ana):
    made_call("gone", cut_offs=(-5,))
    form = {"organisation": polish.pk, **ANSWERS, "send": "1"}
    answer = as_person(ana).post(at("new_application", "gone"), form)
    assert "The last cut-off was on" in answer.content.decode()
    assert Application.objects.count() == 0


def test_a_workshop_is_proposed_by_its_form(as_person, made_call, polish, ana):
    made_call("shops", kind="workshop", themes=THEMES)
    form = {**PROPOSAL, "speakers": "Ada, Lyon\nBo, Lund", "organisation": polish.pk, "send": "1"}
    wide = as_person(ana).post(at("new_application", "shops"), {**form, "expected": "101"})
    draft = Application.objects.get()
    assert wide["Location"] == at("edit_application", draft.pk)
    as_person(ana).post(at("edit_application", draft.pk), form)
    draft.refresh_from_db()
    assert (draft.state, draft.answers["speakers"]) == ("submitted", ["Ada, Lyon", "Bo, Lund"])


def test_html_is_shown_as_text(as_person, call, applicant, dora):
    application = sent(call, applicant(), why="<script>alert(1)</script>")
    keeper = as_person(application.organisation.administrators.get().person)
    for browser, address in (
        (keeper, application.get_absolute_url()),
        (as_person(dora), at("desk_application", "week", 1)),
        (as_person(dora), at("desk", "week")),
    ):
        text = page(browser, address)
        assert "<script>alert(1)" not in text
        assert "&lt;script&gt;alert(1)" in text or "desk/" in address


# Who gets in --------------------------------------------------------------------------------------

OWN = ("application", "edit_application")
OWN_POSTS = ("withdrawal", "place_return", "summary")


def test_a_strangers_addresses_are_not_found(as_person, call, three, bruno, dora):
    mine = three[0].pk
    for browser in (as_person(), as_person(bruno), as_person(dora)):
        for name in OWN:
            page(browser, at(name, mine), 404)
        for name in OWN_POSTS:
            assert browser.post(at(name, mine), {"text": "x"}).status_code == 404
    assert Application.objects.filter(state="submitted").count() == 3


def test_the_desk_is_not_found_by_applicants(as_person, call, three, bruno):
    keeper = three[0].organisation.administrators.get().person
    reads = [
        at("desk", "week"), at("log", "week"), at("export", "week", "csv"),
        at("desk_application", "week", 1), at("edit_call", "week"),
        at("decision", "week") + "?application=1&outcome=selected",
    ]  # fmt: skip
    posts = [
        at("decision", "week"), at("telling", "week"), at("promotion", "week"),
        at("evaluation", "week", 1), at("publication", "week"), at("closing", "week"),
        at("edited_summary", "week", 1), at("desk_application", "week", 1),
    ]  # fmt: skip
    for browser in (as_person(), as_person(bruno), as_person(keeper)):
        for address in reads:
            page(browser, address, 404)
        for address in posts:
            form = {"application": "1", "outcome": "selected", "points_fit": "3"}
            assert browser.post(address, form).status_code == 404
    assert Decision.objects.count() == 0


def test_only_operators_make_calls(as_person, dora, carla):
    assert as_person(dora).get(at("new_call")).status_code == 403
    form = {
        "kind": "interest", "slug": "forum", "title_en": "Forum", "opens": "2030-01-01T09:00",
        "cut_offs": "2030-02-01", "answer_days": "14", "last_answer_days": "7", "places": "30",
        "late_places": "0", "slot_minutes": "90", "room_most": "100", "speakers_reimbursed": "2",
        "summary_days": "21", "officers": "dora@example.org", "kinds": ["cluster"],
        "quotas": "country * most 3", "criteria_lines": "fit | How well it fits | 5",
    }  # fmt: skip
    answer = as_person(carla).post(at("new_call"), form)
    assert answer["Location"] == at("call", "forum")
    call = Call.objects.get(slug="forum")
    assert call.cut_offs.get().at.isoformat() == "2030-02-01T22:59:59+00:00"
    assert call.state == "draft"
    as_person(dora).post(at("publication", "forum"))
    call.refresh_from_db()
    assert call.state == "published"
    again = as_person(carla).post(at("new_call"), form)
    assert "There is a call at this address already." in again.content.decode()


CALL = {
    "kind": "interest", "slug": "forum", "title_en": "Forum", "opens": "2030-01-01T09:00",
    "cut_offs": "2030-02-01", "answer_days": "14", "last_answer_days": "7", "places": "30",
    "late_places": "0", "slot_minutes": "90", "room_most": "100", "speakers_reimbursed": "2",
    "summary_days": "21",
}  # fmt: skip
NO_YEAR = "The year 9999 cannot be right"
TWICE = "Line 3: the code fit is there already."
WAY_TOO_MANY = "99999999999"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"cut_offs": "2030-02-01\n9999-12-31"}, NO_YEAR),
        ({"late_until": "9999-12-31"}, NO_YEAR),
        ({"held_on": "9999-12-31"}, NO_YEAR),
        ({"held_on": "2030-01-31"}, "It takes place on 31 Jan 2030; no cut-off comes after that."),
        ({"criteria_lines": "fit | It fits\n\nfit | It fits well"}, TWICE),
        ({"themes": "fit | Fit\nunfit | Unfit\nfit | Well"}, TWICE),
        ({"quotas": "country PL most 4\ncountry PL most 5"}, "Line 2 says a second time"),
        ({"quotas": f"country {'P' * 21} most 4"}, "Line 1 cannot be read"),
        *[
            ({name: WAY_TOO_MANY}, "less than or equal to")
            for name in (
                "answer_days", "last_answer_days", "places", "late_places", "slot_minutes",
                "room_most", "speakers_reimbursed", "summary_days",
            )
        ],
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_in_words(as_person, call, dora, carla, typed, says):
    for who, way in ((carla, at("new_call")), (dora, at("edit_call", call.slug))):
        assert says in page_of(as_person(who).post(way, CALL | typed))
    assert Call.objects.get() == call


def test_titles_name_the_call(as_person, call, dora):
    for way in (at("edit_call", "week"), at("letter", "week", "selected", "de")):
        assert ": Cluster week · Hanse</title>" in page(as_person(dora), way)


def page_of(answer) -> str:
    assert answer.status_code == 422
    return answer.content.decode()


def test_languages_of_the_form_are_named_in_that_of_its_reader(as_person, carla):
    assert "Title in German" in page(as_person(carla), at("new_call"))
    browser = as_person(carla)
    browser.cookies["django_language"] = "de"
    assert "Titel auf Französisch" in page(browser, at("new_call"))


# The desk -----------------------------------------------------------------------------------------


def test_a_decision_is_shown_before_it_is_made(as_person, call, three, dora):
    browser = as_person(dora)
    asked = at("decision", "week") + "?application=1&application=2&outcome=selected"
    text = page(browser, asked)
    assert "2 applications would be: selected" in text
    assert "0, then 2 of 2" in text
    assert Decision.objects.count() == 0
    form = {"application": ["1", "2"], "outcome": "selected", "says": "Welcome", "tell": "1"}
    browser.post(at("decision", "week"), form)
    again = browser.post(at("decision", "week"), form)
    assert again.status_code == 302
    assert Decision.objects.count() == 2
    assert Letter.objects.filter(subject__contains="is selected").count() == 2


def test_what_another_officer_decided_meanwhile_is_not_overwritten(as_person, call, three, dora):
    shown = page(as_person(dora), at("decision", "week") + "?application=1&outcome=rejected")
    assert 'name="was-1" value="submitted"' in shown
    decide(call, [1], Deciding(Outcome.SELECTED), by=dora)
    form = {"application": "1", "outcome": "rejected", "says": "No", "was-1": "submitted"}
    answer = as_person(dora).post(at("decision", "week"), {**form, "tell": "1"})
    assert "Somebody else decided about" in answer.content.decode()
    three[0].refresh_from_db()
    assert three[0].state == "selected"
    as_person(dora).post(at("decision", "week"), {**form, "was-1": "selected"})
    three[0].refresh_from_db()
    assert three[0].state == "rejected"


def test_too_many_are_refused_with_the_page_of_the_decision(as_person, call, three, dora):
    form = {"application": ["1", "2", "3"], "outcome": "selected", "tell": "1"}
    answer = as_person(dora).post(at("decision", "week"), form)
    assert answer.status_code == 409
    assert "1 too many" in answer.content.decode()
    assert Decision.objects.count() == 0


def test_a_rejection_without_a_reason_is_asked_for_one(as_person, call, three, dora):
    form = {"application": ["1"], "outcome": "rejected", "tell": "1"}
    answer = as_person(dora).post(at("decision", "week"), form)
    assert "a reason is needed" in answer.content.decode()
    as_person(dora).post(at("decision", "week"), {**form, "says": "Another theme"})
    assert Decision.objects.get().says == "Another theme"


def test_nothing_ticked_leads_back(as_person, call, three, dora):
    answer = as_person(dora).get(at("decision", "week") + "?outcome=selected")
    assert answer["Location"] == at("desk", "week")
    again = {"application": ["1", "2"], "outcome": "selected", "again": "1", "tell": "1"}
    assert as_person(dora).post(at("decision", "week"), again)["Location"] == (
        at("decision", "week") + "?application=1&application=2&outcome=selected"
    )
    assert Decision.objects.count() == 0
    assert page(as_person(dora), at("desk", "week") + "?tick=all").count(" checked>") >= 3
    odd = at("decision", "week") + "?application=x&application=99999999999&outcome=moon"
    assert as_person(dora).get(odd)["Location"] == at("desk", "week")


def test_the_table_is_narrowed_by_its_address(as_person, call, three, dora):
    browser = as_person(dora)
    names = [one.organisation.name for one in three]

    def shown(query: str) -> list[str]:
        text = page(browser, at("desk", "week") + query)
        return [name for name in names if "<label for" in text and f">{name}</label>" in text]

    assert shown("") == names
    assert shown("?country=DE") == names[2:]
    assert shown("?state=selected") == []
    assert shown("?cut_off=2") == []
    assert shown("?cut_off=moon&order=points") == names


def test_marks_are_given_and_read_by_the_other_officers(as_person, call, three, dora, carla):
    address = at("desk_application", "week", 1)
    as_person(dora).post(address, {"points_fit": "4", "says_fit": "Close to the theme"})
    assert "Close to the theme" in page(as_person(carla), address)
    wrong = as_person(dora).post(address, {"points_fit": "6"})
    assert wrong.status_code == 200


def test_the_evaluation_ends_and_everybody_is_told(as_person, call, three, dora):
    browser = as_person(dora)
    refused = browser.post(at("evaluation", "week", 1))
    assert refused.status_code == 409
    decide(call, [1, 2, 3], Deciding(Outcome.RESERVE), by=dora)
    assert "End the evaluation and write to 3" in page(browser, at("desk", "week"))
    browser.post(at("evaluation", "week", 1))
    assert Decision.objects.filter(told_at__isnull=True).count() == 0
    assert browser.post(at("evaluation", "week", 9)).status_code == 404


def test_a_freed_place_is_filled_by_one_press(as_person, call, three, dora):
    tell(call, decide(call, [1, 2], Deciding(Outcome.SELECTED), by=dora), by=dora)
    tell(call, decide(call, [3], Deciding(Outcome.RESERVE), by=dora), by=dora)
    keeper = as_person(three[0].organisation.administrators.get().person)
    assert "You have a place" in page(keeper, three[0].get_absolute_url())
    keeper.post(at("place_return", three[0].pk))
    name = three[2].organisation.name
    assert f"1 place is free, and {name} is first" in page(as_person(dora), at("desk", "week"))
    as_person(dora).post(at("promotion", "week"))
    assert as_person(dora).post(at("promotion", "week")).status_code == 409
    three[2].refresh_from_db()
    assert three[2].state == "selected"


def test_a_freed_place_for_somebody_in_doubt_is_decided_on_the_page_of_the_decision(
    as_person, made_call, applicant, dora
):
    call = made_call(eligibility=put_together("1", "2018-01-01", sectors=["C27"]))
    sent(call, applicant())
    pass_by(call)
    tell(call, decide(call, [1], Deciding(Outcome.RESERVE), by=dora), by=dora)
    answer = as_person(dora).post(at("promotion", "week"))
    assert answer["Location"] == at("decision", "week") + "?application=1&outcome=selected"
    assert "Say why they are selected all the same" in page(as_person(dora), answer["Location"])


def test_who_is_not_eligible_reads_the_rule(as_person, made_call, applicant, dora):
    call = made_call(eligibility=put_together("1", "2018-01-01", kinds=["sme"]))
    application = sent(call, applicant())
    pass_by(call)
    asked = at("decision", "week") + "?application=1&outcome=ineligible"
    rule = "The organisation is of a kind that the call is addressed to"
    assert f"Not met: {rule}" in page(as_person(dora), asked)
    form = {"application": "1", "outcome": "ineligible", "says": "Firms only", "tell": "1"}
    as_person(dora).post(at("decision", "week"), form)
    own = as_person(application.organisation.administrators.get().person)
    assert rule in page(own, application.get_absolute_url())
    assert rule in Letter.objects.get(subject__contains="is not eligible").text


def test_the_table_leaves_as_a_file(as_person, call, three, dora):
    answer = as_person(dora).get(at("export", "week", "csv") + "?country=DE")
    lines = answer.content.decode().splitlines()
    assert lines[0].startswith("number,organisation,country")
    assert len([line for line in lines if ",DE,cluster," in line]) == 1
    book = as_person(dora).get(at("export", "week", "xlsx"))
    assert book.content[:2] == b"PK"
    page(as_person(dora), at("export", "week", "exe"), 404)


# What must not leak -------------------------------------------------------------------------------

SECRET = "Marked-word-4711"


@pytest.mark.parametrize("outcome", [Outcome.SELECTED, Outcome.REJECTED, Outcome.RESERVE])
def test_before_it_is_told_its_own_side_sees_nothing_of_a_decision(
    as_person, call, three, dora, outcome
):
    decide(call, [1], Deciding(outcome, SECRET), by=dora)
    keeper = three[0].organisation.administrators.get().person
    browser = as_person(keeper)
    for address in (
        three[0].get_absolute_url(), at("mine"), at("call", "week"), "/account/",
        at("edit_application", three[0].pk), "/directory/desk/",
    ):  # fmt: skip
        text = page(browser, address)
        assert SECRET not in text
        for word in (
            "You have a place",
            "Not selected",
            "reserve list",
            ": selected",
            ": rejected",
        ):
            assert word not in text, (address, word)
    with zipfile.ZipFile(io.BytesIO(archive_about(keeper))) as parcel:
        kept = json.loads(parcel.read("calls.json"))
    assert kept["applications"][0]["state"] == "submitted"
    assert SECRET not in json.dumps(kept)


def test_a_reason_is_read_by_its_own_side_and_officers_alone(
    as_person, call, three, dora, carla, bruno
):
    tell(call, decide(call, [1], Deciding(Outcome.REJECTED, SECRET), by=dora), by=dora)
    own = as_person(three[0].organisation.administrators.get().person)
    assert SECRET in page(own, three[0].get_absolute_url())
    assert SECRET in page(as_person(dora), at("desk_application", "week", 1))
    other = as_person(three[1].organisation.administrators.get().person)
    for browser in (as_person(), as_person(bruno), other):
        for address in (
            at("calls"), at("call", "week"), "/api/v1/calls", "/api/v1/calls/week",
            three[0].organisation.get_absolute_url(),
        ):  # fmt: skip
            assert SECRET not in page(browser, address)
    assert SECRET not in page(other, three[1].get_absolute_url())


def test_why_a_quota_was_exceeded_is_for_officers(as_person, made_call, applicant, dora):
    call = made_call(quotas=[Limit("country", "PL", "most", 0)])
    application = sent(call, applicant(country="PL"))
    pass_by(call)
    why = Deciding(Outcome.SELECTED, "Welcome", because=SECRET)
    tell(call, decide(call, [1], why, by=dora), by=dora)
    own = as_person(application.organisation.administrators.get().person)
    text = page(own, application.get_absolute_url())
    assert "Welcome" in text
    assert SECRET not in text
    assert not Letter.objects.filter(text__contains=SECRET).exists()


def test_an_erased_officer_leaves_decisions_without_a_name(as_person, call, three, dora, carla):
    decide(call, [1], Deciding(Outcome.SELECTED), by=dora)
    erase(dora)
    text = page(as_person(carla), at("desk_application", "week", 1))
    assert "Dora" not in text
    assert Decision.objects.get().by is None


def test_a_summary_is_handed_in_and_edited(as_person, made_call, applicant, dora):
    call = made_call("shops", kind="workshop", themes=THEMES)
    call.held_on = days(-2).date()
    call.save()
    application = sent(call, applicant())
    pass_by(call)
    tell(call, decide(call, [1], Deciding(Outcome.SELECTED), by=dora), by=dora)
    own = as_person(application.organisation.administrators.get().person)
    assert "A summary is owed by" in page(own, application.get_absolute_url())
    own.post(at("summary", application.pk), {"text": "We agreed on three things"})
    officer = as_person(dora)
    assert "We agreed on three things" in page(officer, at("desk_application", "shops", 1))
    officer.post(at("edited_summary", "shops", 1), {"text": "Three agreements"})
    text = page(own, application.get_absolute_url())
    assert "We agreed on three things" in text
    assert "Three agreements" in text
