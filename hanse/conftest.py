"""The small world of the tests: Ana, Bruno who is a stranger to her, Carla the operator."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings

from hanse.commons.audit.models import Opening
from hanse.commons.people.actions import admit, make_operator
from hanse.commons.people.models import Person

PASSWORD = "a-long-way-to-Lübeck"  # noqa: S105


@pytest.fixture(scope="session", autouse=True)
def plain_settings(django_test_environment):
    """Pages render without `collectstatic`, passwords are hashed fast, mails become letters."""
    with override_settings(
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
            "staticfiles": {
                "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
            },
        },
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        EMAIL_BACKEND="hanse.commons.post.adapter.Outbox",
    ):
        yield


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path):
    """Nothing that a test writes lands in var/."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir(exist_ok=True)


@pytest.fixture(autouse=True)
def audit_open_to_the_flush(request):
    """After a test that commits, Django empties every table; the trail's triggers must let it."""
    commits = {"transactional_db", "live_server", "django_db_reset_sequences"}
    if not commits & set(request.fixturenames):
        mark = request.node.get_closest_marker("django_db")
        if not (mark and mark.kwargs.get("transaction")):
            yield
            return
    request.getfixturevalue("transactional_db")
    yield
    Opening.objects.create(reason="flush after a test")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditentry")


@pytest.fixture
def counted_tries():
    """Rate limits start at nought."""
    cache.clear()


def logged_in(client: Client, who: Person, password: str = PASSWORD) -> Client:
    """In by password, and proved once more, as pages about the whole account ask for."""
    client.post("/account/login/", {"login": who.email, "password": password})
    client.post("/account/reauthenticate/", {"password": password})
    return client


def person(name: str, email: str) -> Person:
    return admit(email, name, PASSWORD)


@pytest.fixture
def ana(db) -> Person:
    return person("Ana Sousa", "ana@example.org")


@pytest.fixture
def bruno(db) -> Person:
    return person("Bruno Weiß", "bruno@example.org")


@pytest.fixture
def carla(db) -> Person:
    operator = person("Carla Öberg", "carla@example.org")
    make_operator(operator)
    return operator


@pytest.fixture
def as_person() -> Callable[[Person | None], Client]:
    """A browser in which somebody is logged in, or nobody."""

    def browser(who: Person | None = None) -> Client:
        client = Client()
        if who is not None:
            client.force_login(who)
        return client

    return browser
