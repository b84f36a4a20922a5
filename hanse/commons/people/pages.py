from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hanse.commons.people.actions import change_facts
from hanse.commons.people.forms import AboutMe, Erasure
from hanse.commons.people.models import Person
from hanse.commons.people.queries import log_in_ways
from hanse.commons.people.transfers import archive_about, chapters, erase
from hanse.kit.announce import panels
from hanse.kit.gate import public, signed_in, whoever


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    person = me(request)
    form = AboutMe(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        change_facts(person, form.changed_data, by=person)
        messages.success(request, _("Kept."))
        return redirect("account")
    context = {
        "form": form,
        "ways": log_in_ways(person),
        "panels": panels("account", person),
    }
    return render(request, "people/account.html", context)


@signed_in
@reauthentication_required
@never_cache
def everything_about_me(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        archive_about(me(request)),
        content_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="about-me.zip"'},
    )


@signed_in
@reauthentication_required(allow_get=True)
def erasure(request: HttpRequest) -> HttpResponse:
    form = Erasure(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = me(request)
        logout(request)
        erase(person)
        return redirect("erased")
    return render(request, "people/erasure.html", {"form": form, "chapters": chapters()})


@public
def erased(request: HttpRequest) -> HttpResponse:
    return render(request, "people/erased.html")


def me(request: HttpRequest) -> Person:
    """Read anew: a form must not write onto the person that the masthead shows."""
    return Person.objects.get(pk=whoever(request).pk)
