"""Every address has a gate."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from hanse.api.site import api
from hanse.directory.api.answers import Key
from hanse.kit.gate import gate_of

# Doors of other people's making, each with what guards it instead of our gate.
GUARDED_ELSEWHERE = {
    "allauth.": "log-in, sign-up and their kin are public by nature; the rest asks for a log-in",
    "ninja.": "the interface gives what is public; whatever writes needs a person's key, see below",
}
BACK_OFFICE = "backoffice/"  # Django's admin wraps each of its doors: an operator, or the log-in.


def doors(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from doors(entry, address)
        elif isinstance(entry, URLPattern):
            yield address, entry.callback


def home_of(door) -> str:
    door = getattr(door, "func", door)
    return getattr(door, "__module__", "") or type(door).__module__


def test_every_address_has_a_gate():
    open_doors = [
        address
        for address, door in doors()
        if gate_of(door) is None and not address.startswith(BACK_OFFICE)
        if not home_of(door).startswith(tuple(GUARDED_ELSEWHERE))
    ]
    assert open_doors == []


def test_the_walk_sees_the_doors_of_every_part():
    seen = {address.split("/")[0] for address, _ in doors()}
    assert {"account", "backoffice", "jobs", "files", "post", "observatory"} <= seen


def test_whatever_writes_over_the_interface_needs_a_key():
    open_doors = [
        f"{', '.join(operation.methods)} {path}"
        for _prefix, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        if set(operation.methods) != {"GET"}
        and not any(isinstance(guard, Key) for guard in operation.auth_callbacks)
    ]
    assert open_doors == []


def test_something_writes_over_the_interface():
    assert any(
        "PATCH" in operation.methods
        for _prefix, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
    )


@pytest.mark.database
@pytest.mark.django_db
def test_every_door_of_the_back_office_sends_a_stranger_to_the_log_in(client):
    office = [address for address, _ in doors() if address.startswith(BACK_OFFICE)]
    plain = [f"/{address}" for address in office if not {"<", "("} & set(address)]
    plain.remove("/backoffice/logout/")
    assert "/backoffice/people/person/" in plain
    for address in plain:
        assert "/login/" in client.get(address)["Location"], address


@pytest.mark.parametrize("part", sorted(GUARDED_ELSEWHERE))
def test_no_exception_has_outlived_its_doors(part):
    assert any(home_of(door).startswith(part) for _, door in doors()) or part.startswith(
        "hanse.api"
    )


@pytest.mark.database
@pytest.mark.django_db
def test_pages_of_an_account_send_a_stranger_to_the_log_in(client):
    kinds = {
        address: gate_of(door).kind
        for address, door in doors()
        if gate_of(door) and "<" not in address and "(" not in address
    }
    private = [address for address, kind in kinds.items() if kind == "signed_in"]
    assert "account/" in private
    for address in private:
        answer = client.get(f"/{address}")
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/account/login/"), address
