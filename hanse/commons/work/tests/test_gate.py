"""The gate, on a job of Ana's."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from hanse.commons.work.models import Job
from hanse.kit.gate import gate, gate_of, public, signed_in

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def everyone_sees(person):
    return Job.objects.all()


def owners_see(person):
    return Job.objects.filter(owner_id=person.pk)


def may(person, job):
    return job.owner_id == person.pk


def page(request, job):
    return HttpResponse(job.title)


@pytest.fixture
def job(ana):
    return Job.objects.create(owner=ana, title="Count")


def ask(door, person, **names):
    request = RequestFactory().get("/x/")
    request.user = person or AnonymousUser()
    return door(request, **names)


def test_whom_the_object_lets_in_gets_it_in_place_of_its_number(job, ana):
    assert ask(gate(may, find=owners_see)(page), ana, pk=job.pk).content == b"Count"


def test_unknown_and_invisible_are_the_same(job, bruno):
    door = gate(may, find=owners_see)(page)
    for number in (job.pk, job.pk + 1):
        with pytest.raises(Http404):
            ask(door, bruno, pk=number)
    with pytest.raises(Http404):
        ask(door, None, pk=job.pk)


def test_visible_but_not_allowed_is_forbidden(job, bruno):
    with pytest.raises(PermissionDenied):
        ask(gate(may, find=everyone_sees)(page), bruno, pk=job.pk)


def test_visible_but_not_logged_in_leads_to_the_log_in(job):
    answer = ask(gate(may, find=everyone_sees)(page), None, pk=job.pk)
    assert answer["Location"] == "/account/login/?next=/x/"


def test_another_part_of_the_address_may_name_the_object(job, ana):
    door = gate(may, find=owners_see, by="title")(page)
    assert ask(door, ana, title="Count").status_code == 200


def test_the_gate_is_seen_through_other_decorators():
    from django.views.decorators.http import require_POST

    def open_page(request):
        return HttpResponse()

    assert gate_of(open_page) is None
    assert gate_of(require_POST(signed_in(open_page))).kind == "signed_in"
    assert gate_of(require_POST(public(open_page))).kind == "public"
