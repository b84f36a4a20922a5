"""What every page carries, and what is shown when something goes wrong."""

import io
import json
import logging

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from hanse.commons.work.actions import beat
from hanse.kit.gate import public
from hanse.kit.refusals import Refusal, Refused
from hanse.project.urls import handler400, handler403, handler404, handler429, handler500  # noqa: F401
from hanse.project.urls import urlpatterns as real
from hanse.web.logs import json_lines
from hanse.web.middleware import no_sign_nought
from hanse.web.words import SECTIONS

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@public
def refuses(request):
    raise Refused(Refusal("too_late", "The call closed on %(day)s.", {"day": "1 May"}))


@public
def breaks(request, email):
    raise ZeroDivisionError("ana@example.org")


@public
def odd(request):
    return HttpResponse(f"{request.GET['missing']}")


urlpatterns = [
    path("refuses/", refuses),
    path("breaks/<str:email>/", breaks),
    path("odd/", odd),
    *real,
]


@pytest.fixture
def broken_site(settings) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


PUBLIC = [
    "/",
    "/privacy/",
    "/accessibility/",
    "/imprint/",
    "/sections/funding/",
    "/account/login/",
]


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_every_public_page_shows_in_every_language(client, address, language):
    client.cookies["django_language"] = language
    answer = client.get(address)
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.content.decode()


def test_nothing_inline_is_allowed_to_run(client):
    policy = client.get("/privacy/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


def test_devices_and_other_sites_stay_outside(client):
    answer = client.get("/privacy/")
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_an_unknown_address_has_a_page_that_offers_a_way(client):
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "Log in, if it is yours" in answer.content.decode()


def test_the_sign_nought_is_dropped_from_what_was_typed(rf):
    seen = no_sign_nought(lambda request: (request.GET, request.POST))
    query, form = seen(rf.post("/?q=a%00b&q=c", {"name": "\x00d", "other": "e"}))
    assert query.getlist("q") == ["ab", "c"]
    assert form.dict() == {"name": "d", "other": "e"}


def test_a_refusal_becomes_a_page_with_its_reason(broken_site):
    answer = broken_site.get("/refuses/")
    assert answer.status_code == 409
    assert "The call closed on 1 May." in answer.content.decode()


def test_a_broken_page_has_a_page_with_a_number_and_without_innards(broken_site):
    answer = broken_site.get("/breaks/x/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert answer["X-Request-Number"] in page
    assert "ZeroDivisionError" not in page
    assert "ana@example.org" not in page


def test_the_broken_page_needs_no_list_of_static_files(broken_site, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    assert broken_site.get("/breaks/x/").status_code == 500


def test_a_form_without_its_token_has_a_page(ana):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/language/", {"language": "de"})
    assert answer.status_code == 403
    assert "This form has expired" in answer.content.decode()


def test_sections_that_are_not_built_say_what_will_be_there(client):
    for section in SECTIONS:
        answer = client.get(f"/sections/{section.code}/")
        assert answer.status_code == (404 if section.built else 200)
        if not section.built:
            assert str(section.planned) in answer.content.decode().replace("&#x27;", "'")


def test_the_masthead_marks_where_you_are(client):
    page = client.get("/sections/funding/").content.decode()
    assert 'href="/sections/funding/" aria-current="true"' in page
    assert page.count('aria-current="true"') == 2  # the section and the language


def test_the_imprint_says_who_runs_the_place_or_that_nobody_said(client, settings):
    settings.OPERATOR = {"name": "", "address": "", "email": "", "data_protection": ""}
    assert "HANSE_OPERATOR_NAME" in client.get("/imprint/").content.decode()
    settings.OPERATOR = {**settings.OPERATOR, "name": "Hafen e. V.", "email": "an@example.org"}
    page = client.get("/imprint/").content.decode()
    assert "Hafen e. V." in page
    assert "HANSE_OPERATOR_NAME" not in page


def test_health_says_what_works_to_machines(client):
    beat("w")
    answer = client.get("/healthz")
    assert answer.status_code == 200
    told = answer.json()
    assert told["works"] is True
    assert told["parts"]["records"]["works"] is True
    assert told["parts"]["worker"]["works"] is True
    assert set(told["parts"]) == {"records", "worker", "figures", "disk"}


def test_health_is_a_page_for_people(client):
    page = client.get("/healthz", headers={"Accept": "text/html"}).content.decode()
    assert "Hanse works" in page
    assert "no worker has reported yet" in page


def test_health_is_503_when_records_cannot_be_written(client, monkeypatch):
    from django.db import DatabaseError

    from hanse.commons.work.models import Heartbeat

    def full(**facts):
        raise DatabaseError("disk full")

    monkeypatch.setattr(Heartbeat.objects, "create", full)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["records"]["says"] == "cannot be written"


@pytest.fixture
def written():
    stream = io.StringIO()
    lines = json_lines(stream)
    root = logging.getLogger()
    before, level = root.handlers, root.level
    root.handlers = [lines]
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers = before
    root.setLevel(level)


def test_a_request_is_one_line_without_anything_personal(client, ana, written):
    client.force_login(ana)
    client.get("/privacy/?q=ana@example.org", REMOTE_ADDR="203.0.113.7")
    (line,) = [line for line in written() if line["event"] == "request"]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/privacy/", 200)
    assert len(line["request"]) == 12


@pytest.mark.usefixtures("counted_tries")
def test_no_log_holds_an_address_a_name_or_a_query(broken_site, ana, written):
    broken_site.get("/breaks/ana@example.org/?name=Sousa", REMOTE_ADDR="203.0.113.7")
    broken_site.get("/nowhere/ana@example.org/?name=Sousa", REMOTE_ADDR="203.0.113.7")
    broken_site.post("/account/login/", {"login": "ana@example.org", "password": "wrong"})
    logging.getLogger("a.library").error("cannot mail %s", "ana@example.org")
    logging.getLogger("a.library").error(f"sent to {'ana@example.org'} from 203.0.113.7")  # noqa: G004
    logging.getLogger("a.library").warning("odd", extra={"email": "ana@example.org"})
    everything = json.dumps(written())
    assert "ZeroDivisionError" in everything
    assert "cannot mail %s" in everything
    for personal in ("ana@", "Sousa", "203.0.113.7", "name="):
        assert personal not in everything
