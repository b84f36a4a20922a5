"""The directory over HTTP: read without a key, written with that of a person."""

import json
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from hanse.directory.actions.duplicates import merge
from hanse.directory.actions.facts import Spoken, change_facts
from hanse.directory.actions.members import add_member
from hanse.directory.actions.tokens import make_token, revoke_token
from hanse.directory.models import ApiToken, Organisation
from hanse.directory.tests.conftest import said
from hanse.directory.words import State

pytestmark = [pytest.mark.database, pytest.mark.django_db]
API = "/api/v1/directory"


@pytest.fixture(autouse=True)
def nobody_counted():
    caches["process"].clear()
    caches["default"].clear()


@pytest.fixture
def ogniw(organisation, ana):
    return organisation(
        "Dolina Ogniw", administrator=ana, city="Wrocław", offer="A furnace", pic="999997930",
        contact_email="office@ogniw.example",
    )  # fmt: skip


@pytest.fixture
def key(ana):
    return make_token("our website", by=ana)[1]


def send(client, method, address, body=None, key="", **headers):
    if key:
        headers["Authorization"] = f"Bearer {key}"
    return client.generic(
        method, f"{API}{address}", json.dumps(body or {}), "application/json", headers=headers
    )


# Reading -----------------------------------------------------------------------------------------


def test_the_search_answers_as_the_page_does(client, organisation, ogniw):
    organisation("Zweites Leben", country="DE", offer="furnace oil")
    told = client.get(f"{API}/organisations?q=furnace&country=PL").json()
    assert told["total"] == 1
    assert told["counts"]["country"] == {"PL": 1, "DE": 1}
    assert told["organisations"][0]["slug"] == ogniw.slug
    assert told["organisations"][0]["found_in"] == ["You offer"]
    rest = client.get(f"{API}/organisations?q=furnace&limit=1&offset=1").json()
    assert (rest["total"], len(rest["organisations"])) == (2, 1)


def test_a_search_that_did_not_change_is_not_sent_again(client, ogniw, ana):
    first = client.get(f"{API}/organisations?q=furnace")
    tag = {"If-None-Match": first["ETag"]}
    assert client.get(f"{API}/organisations?q=furnace", headers=tag).status_code == 304
    change_facts(ogniw, ["offer"], said({"offer": "Nothing"}), Spoken(ana))
    assert client.get(f"{API}/organisations?q=furnace", headers=tag).json()["total"] == 0


def test_one_organisation_has_its_facts_with_their_age_and_who_says_them(
    client, organisation, ogniw, ana
):
    add_member(ogniw, organisation("Firma", kind="sme"), None, by=ana, both_say=True)
    answer = client.get(f"{API}/organisations/{ogniw.slug}")
    told = answer.json()
    facts = {one["field"]: one for one in told["facts"]}
    today = timezone.localdate().isoformat()
    assert facts["offer"] == {
        "field": "offer", "value": "A furnace", "language": "en", "confirmed_on": today,
        "said_by": "organisation",
    }  # fmt: skip
    assert "contact_email" not in facts
    assert told["members"] == [{"name": "Firma", "slug": "firma", "since": None}]
    tag = {"If-None-Match": answer["ETag"]}
    assert client.get(f"{API}/organisations/{ogniw.slug}", headers=tag).status_code == 304


def test_a_former_address_leads_on(client, organisation, ogniw, ana):
    change_facts(ogniw, ["name"], said({"name": "Dolina Nowa"}), Spoken(ana))
    answer = client.get(f"{API}/organisations/dolina-ogniw")
    assert (answer.status_code, answer["Location"]) == (308, f"{API}/organisations/dolina-nowa")
    gone = organisation("Gone")
    merge(Organisation.objects.get(pk=ogniw.pk), gone, by=ana)
    assert client.get(f"{API}/organisations/gone")["Location"].endswith("/dolina-nowa")


@pytest.mark.parametrize("address", ["/organisations/nobody", "/countries/XX"])
def test_what_is_not_there_is_a_problem(client, address):
    answer = client.get(f"{API}{address}")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_a_country_may_what_the_pages_say_with_rule_version_and_source(client):
    told = client.get(f"{API}/countries/GR").json()
    assert told["country"] == "EL"
    assert {one["right"] for one in told["may"]} == {"may join", "may lead", "may be paid"}
    assert all(one["rule"] and one["version"] and one["source"] for one in told["may"])


def test_the_vocabulary_names_no_private_field(client):
    told = client.get(f"{API}/vocabulary").json()
    assert "offer" in {one["field"] for one in told["fields"]}
    assert "contact_email" not in {one["field"] for one in told["fields"]}
    assert {"code": "digital", "word": "Digital"} in told["codes"]["ecosystem"]


def test_whoever_asks_too_often_is_asked_to_wait(client, monkeypatch):
    monkeypatch.setattr("hanse.directory.api.answers.READS", 3)
    answers = [client.get(f"{API}/countries/PL").status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_asks_the_records_as_often_for_one_as_for_three(
    client, organisation, rows, django_assert_num_queries
):
    for number in range(rows):
        organisation(f"Recykling baterii {number}")
    client.get(f"{API}/organisations?q=recykling")
    with django_assert_num_queries(8):
        client.get(f"{API}/organisations?q=recykling+baterii")


# Writing -----------------------------------------------------------------------------------------


def test_a_change_replaces_the_fields_that_are_given_and_nothing_else(client, ogniw, key):
    tag = client.get(f"{API}/organisations/{ogniw.slug}")["ETag"]
    body = {"facts": {"offer": [{"value": "Piec", "language": "pl"}, "A line"], "city": "Opole"}}
    answer = send(client, "PATCH", f"/organisations/{ogniw.slug}", body, key, **{"If-Match": tag})
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert told["revision"] == 2
    now = {(f.field, f.value, f.language) for f in ogniw.facts.filter(ended_at__isnull=True)}
    assert now >= {("offer", "Piec", "pl"), ("offer", "A line", "en"), ("city", "Opole", "")}
    assert ("offer", "A furnace", "en") not in now
    assert ("pic", "999997930", "") in now
    assert {f.began_by_id for f in ogniw.facts.filter(field="city", ended_at=None)} == {
        ApiToken.objects.get().person_id
    }


def test_of_two_who_save_at_once_the_second_gets_both_versions(client, ogniw, key, ana):
    tag = client.get(f"{API}/organisations/{ogniw.slug}")["ETag"]
    change_facts(ogniw, ["city"], said({"city": "Gdynia"}), Spoken(ana))
    body = {"facts": {"city": "Opole"}}
    answer = send(client, "PATCH", f"/organisations/{ogniw.slug}", body, key, **{"If-Match": tag})
    told = answer.json()
    assert (answer.status_code, told["revision"]) == (409, 2)
    assert told["theirs"]["city"][0]["value"] == "Gdynia"
    assert told["yours"]["city"][0]["value"] == "Opole"
    ogniw.refresh_from_db()
    assert ogniw.city == "Gdynia"


def test_what_is_wrong_is_said_by_field(client, ogniw, key):
    body = {"facts": {"pic": "999997931", "nothing": 1, "sector": ["C27", "Q99"], "city": None,
                      "members_total": {"value": 3, "as_of": "soon"}}}  # fmt: skip
    answer = send(client, "PATCH", f"/organisations/{ogniw.slug}", body, key, **{"If-Match": '"1"'})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    told = {(one["field"], one["code"]) for one in answer.json()["errors"]}
    assert told == {
        ("pic", "wrong_check_digit"), ("nothing", "unknown_field"), ("sector", "unknown_code"),
        ("city", "no_values"), ("members_total", "no_day"),
    }  # fmt: skip
    ogniw.refresh_from_db()
    assert ogniw.revision == 1


def test_a_change_names_the_revision_it_changes(client, ogniw, key):
    body = {"facts": {"city": "Opole"}}
    assert send(client, "PATCH", f"/organisations/{ogniw.slug}", body, key).status_code == 428


def test_nobody_writes_without_a_key_or_with_one_that_was_revoked(client, ogniw, key, ana):
    body, tag = {"facts": {"city": "Opole"}}, {"If-Match": '"1"'}
    address = f"/organisations/{ogniw.slug}"
    revoke_token(ApiToken.objects.get(), by=ana)
    for bad in ("", "hanse_wrong", key):
        answer = send(client, "PATCH", address, body, bad, **tag)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"
    ogniw.refresh_from_db()
    assert ogniw.city == "Wrocław"


def test_a_key_of_a_closed_account_opens_nothing(client, ogniw, key, ana):
    ana.is_active = False
    ana.save()
    answer = send(client, "PATCH", f"/organisations/{ogniw.slug}", {"facts": {}}, key)
    assert answer.status_code == 401


def test_a_key_opens_what_its_person_may_and_nothing_of_others(client, organisation, ogniw, bruno):
    _token, key = make_token("mine", by=bruno)
    draft = organisation("Secret", state=State.DRAFT)
    body, tag = {"facts": {"city": "Opole"}}, {"If-Match": '"1"'}
    theirs = send(client, "PATCH", f"/organisations/{ogniw.slug}", body, key, **tag)
    unseen = send(client, "PATCH", f"/organisations/{draft.slug}", body, key, **tag)
    assert (theirs.status_code, unseen.status_code) == (403, 404)


def test_a_draft_is_begun_and_belongs_to_its_maker(client, key, ana):
    body = {"kind": "cluster", "facts": {"name": "Nowa", "country": "PL"}}
    answer = send(client, "POST", "/organisations", body, key)
    assert answer.status_code == 201
    made = Organisation.objects.get()
    assert (made.state, made.administrators.get().person) == (State.DRAFT, ana)
    wrong = send(client, "POST", "/organisations", {"kind": "cluster", "facts": {}}, key)
    assert wrong.status_code == 422


# Keys --------------------------------------------------------------------------------------------


def test_a_key_is_shown_once_and_kept_as_a_digest(as_person, ana):
    browser = as_person(ana)
    page = browser.post("/directory/tokens/", {"name": "our website"}).content.decode()
    key = page.partition('id="key">')[2].partition("<")[0]
    assert key.startswith("hanse_")
    token = ApiToken.objects.get()
    assert key not in json.dumps([token.token_digest, token.beginning])
    again = browser.get("/directory/tokens/").content.decode()
    assert key not in again
    assert "our website" in again


def test_when_a_key_was_last_used_is_written_down(client, ogniw, key):
    body = {"facts": {"city": "Opole"}}
    send(client, "PATCH", f"/organisations/{ogniw.slug}", body, key, **{"If-Match": '"1"'})
    used = ApiToken.objects.get().used_at
    assert used > timezone.now() - timedelta(minutes=1)


def test_a_key_is_revoked_by_its_owner_alone(as_person, key, ana, bruno):
    token = ApiToken.objects.get()
    assert as_person(bruno).post(f"/directory/tokens/{token.pk}/").status_code == 404
    as_person(ana).post(f"/directory/tokens/{token.pk}/")
    token.refresh_from_db()
    assert token.revoked_at


def test_a_person_has_not_more_keys_than_they_can_look_after(as_person, ana, monkeypatch):
    monkeypatch.setattr("hanse.directory.actions.tokens.MOST", 1)
    browser = as_person(ana)
    browser.post("/directory/tokens/", {"name": "one"})
    answer = browser.post("/directory/tokens/", {"name": "two"})
    assert answer.status_code == 422
    assert "You have 1 keys already" in answer.content.decode()
