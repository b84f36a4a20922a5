from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hanse.commons.consent.actions import agree, withdraw
from hanse.commons.consent.models import Consent
from hanse.commons.consent.queries import current_purposes, standings
from hanse.commons.consent.words import Purpose
from hanse.kit.gate import signed_in, whoever
from hanse.kit.paging import page_of


@signed_in
def consents(request: HttpRequest) -> HttpResponse:
    person = whoever(request)
    lines = Consent.objects.filter(person=person)
    return render(
        request,
        "consent/consents.html",
        {"standings": standings(request.user), "page": page_of(request, lines)},
    )


@signed_in
@require_POST
def agreement(request: HttpRequest, code: str) -> HttpResponse:
    agree(request.user, purpose_of(code))
    messages.success(request, _("Kept: you agree. You can withdraw at any time on this page."))
    return redirect("consents")


@signed_in
@require_POST
def withdrawal(request: HttpRequest, code: str) -> HttpResponse:
    withdraw(request.user, purpose_of(code))
    messages.success(request, _("Withdrawn. From now on we do without it."))
    return redirect("consents")


def purpose_of(code: str) -> Purpose:
    for purpose in current_purposes():
        if purpose.code == code:
            return purpose
    raise Http404
