"""Making an account and getting in: by password, after a letter, with a second proof."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

from hanse.commons.people.models import Person
from hanse.commons.post.models import Letter
from hanse.conftest import PASSWORD, logged_in

pytestmark = [
    pytest.mark.database,
    pytest.mark.django_db,
    pytest.mark.usefixtures("counted_tries"),
]


def sign_up(client: Client, email: str = "Doris@Example.org"):
    return client.post(
        "/account/signup/",
        {"name": "Doris Maier", "email": email, "password1": PASSWORD},
        headers={"Accept-Language": "de"},
    )


def log_in(client: Client, email: str, password: str = PASSWORD):
    return client.post("/account/login/", {"login": email, "password": password})


def link_in(letter: Letter) -> str:
    return re.findall(r"https?://testserver(/account/\S+)", letter.text)[0]


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_new_account_opens_after_its_address_is_confirmed(client):
    assert sign_up(client)["Location"] == "/account/confirm-email/"
    log_in(client, "doris@example.org")
    assert not is_in(client)

    page = client.get(link_in(Letter.objects.latest("id")))
    assert page.status_code == 200
    client.post(page.request["PATH_INFO"])
    log_in(client, "doris@example.org")

    assert is_in(client)
    person = Person.objects.get()
    assert (person.email, person.name, person.language) == (
        "doris@example.org",
        "Doris Maier",
        "de",
    )


def test_the_letter_is_written_in_the_language_of_its_reader(client):
    sign_up(client)
    assert Letter.objects.get().language == "de"


def test_a_second_account_with_the_same_address_is_not_made_and_not_betrayed(client, ana):
    answer = sign_up(client, "ANA@example.org")
    assert answer["Location"] == "/account/confirm-email/"
    assert Person.objects.count() == 1
    assert Letter.objects.get().to == "ana@example.org"


def test_a_wrong_password_is_refused_and_says_so(client, ana):
    answer = log_in(client, "ana@example.org", "wrong")
    assert answer.status_code == 200
    assert 'class="notice stop"' in answer.content.decode()
    assert not is_in(client)


def test_too_many_wrong_passwords_are_stopped_even_with_the_right_one(client, ana):
    for _ in range(5):
        log_in(client, "ana@example.org", "wrong")
    answer = log_in(client, "ana@example.org")
    assert not is_in(client)
    assert "Too many" in answer.content.decode()


def test_too_many_tries_from_one_place_meet_the_page_for_it(client, ana):
    answers = [log_in(client, f"nobody{number}@example.org", "wrong") for number in range(31)]
    assert answers[-1].status_code == 429
    assert "Too many tries" in answers[-1].content.decode()
    assert answers[0].status_code == 200


def test_too_many_sign_ups_from_one_place_meet_the_page_for_it(client):
    answers = [sign_up(client, f"doris{number}@example.org") for number in range(11)]
    assert answers[-1].status_code == 429
    assert Person.objects.count() == 10


def test_tries_are_counted_for_all_processes_together(settings):
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def test_a_forgotten_password_is_set_anew_by_letter(client, ana):
    client.post("/account/password/reset/", {"email": "ana@example.org"})
    page = client.get(link_in(Letter.objects.get()), follow=True)
    address = page.request["PATH_INFO"]
    client.post(address, {"password1": "another-way-to-Riga", "password2": "another-way-to-Riga"})
    log_in(client, "ana@example.org", "another-way-to-Riga")
    assert is_in(client)


def test_asking_for_a_password_of_nobody_writes_no_letter_and_says_the_same(client):
    answer = client.post("/account/password/reset/", {"email": "nobody@example.org"})
    assert answer["Location"] == "/account/password/reset/done/"
    assert not Letter.objects.exists()


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_a_second_proof_is_asked_for_once_it_is_set_up(client, ana):
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(ana, secret)
    assert log_in(client, "ana@example.org")["Location"] == "/account/2fa/authenticate/"
    assert not is_in(client)
    assert client.get("/account/2fa/authenticate/").status_code == 200
    client.post("/account/2fa/authenticate/", {"code": code_now(secret)})
    assert is_in(client)


def test_a_closed_account_lets_nobody_in(client, ana):
    ana.is_active = False
    ana.save()
    log_in(client, "ana@example.org")
    assert not is_in(client)


def test_only_operators_open_the_back_office(as_person, ana, carla):
    assert as_person(carla).get("/backoffice/").status_code == 200
    assert as_person(ana).get("/backoffice/").status_code in {302, 403}
    assert as_person().get("/backoffice/login/")["Location"].startswith("/account/login/")


def test_operators_see_no_secrets_in_the_back_office(as_person, carla):
    assert as_person(carla).get("/backoffice/mfa/authenticator/").status_code == 404


PAGES = [
    "/account/", "/account/email/", "/account/password/change/", "/account/2fa/",
    "/account/2fa/totp/activate/", "/account/2fa/webauthn/", "/account/2fa/webauthn/add/",
    "/account/2fa/recovery-codes/generate/", "/account/3rdparty/", "/account/consents/",
    "/account/history/", "/account/erasure/", "/account/reauthenticate/", "/jobs/",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_every_page_of_the_account_shows(client, ana, address, language):
    logged_in(client, ana)
    client.cookies["django_language"] = language
    answer = client.get(address)
    if address == "/account/2fa/recovery-codes/generate/":
        assert answer.status_code in {200, 403, 302}
        return
    assert answer.status_code == 200
    assert "<h1" in answer.content.decode()


OPEN_PAGES = [
    "/account/login/", "/account/signup/", "/account/password/reset/", "/account/inactive/",
    "/account/password/reset/done/", "/account/confirm-email/", "/account/erased/",
    "/account/confirm-email/nonsense/", "/account/password/reset/key/a-b/",
    "/account/3rdparty/login/cancelled/", "/account/3rdparty/login/error/",
]  # fmt: skip


@pytest.mark.parametrize("address", OPEN_PAGES)
def test_every_open_page_of_the_account_shows_in_our_look(client, address):
    answer = client.get(address, follow=True)
    assert answer.status_code in {200, 401}
    assert 'class="mast sheet"' in answer.content.decode()


def test_the_main_address_is_confirmed_for_admitted_people(ana):
    assert EmailAddress.objects.get(user=ana).verified
