"""Who speaks for an organisation: join, invite, leave, answer who asks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hanse.commons.links.actions import link_of
from hanse.directory.access import (
    is_officer,
    may_ask_to_join,
    may_edit,
    organisations_visible_to,
)
from hanse.directory.actions.ownership import (
    INVITATION,
    accept_invitation,
    accept_join,
    ask_to_join,
    invite,
    leave,
    refuse_join,
    withdraw_join,
)
from hanse.directory.forms.office import InvitationForm, JoinForm
from hanse.directory.mails import send_invitation
from hanse.directory.models import JoinRequest, Organisation
from hanse.directory.queries.people import shared_domain
from hanse.directory.words import JoinReason, JoinState
from hanse.kit.gate import gate, signed_in, whoever
from hanse.kit.refusals import Refused


@gate(may_edit, find=organisations_visible_to, by="slug")
def administrators(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Who speaks for it, who asks to, and a way to invite a second one."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        token = invite(organisation, email, by=whoever(request))
        send_invitation(organisation, email, token, by=whoever(request))
        messages.success(request, _("Invited. The link in the letter is good for two months."))
        return redirect("directory:administrators", organisation.slug)
    people = organisation.administrators.select_related("person")
    context = {
        "organisation": organisation,
        "form": form,
        "people": people,
        "is_alone": len(people) == 1,
        "waiting": organisation.join_requests.filter(state=JoinState.WAITING).select_related(
            "person"
        ),
    }
    return render(request, "directory/administrators.html", context)


@gate(may_ask_to_join, find=organisations_visible_to, by="slug")
def joining(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Ask to speak for it: as a colleague, by claim, or because nobody answers."""
    me = whoever(request)
    proved = shared_domain(me, organisation)
    alone = not organisation.administrators.exists()
    # A take-over is never the answer that somebody gives by not choosing.
    first = JoinReason.DOMAIN if proved else JoinReason.CLAIM if alone else None
    form = JoinForm(request.POST or None, initial={"reason": first})
    asked = organisation.join_requests.filter(person=me, state=JoinState.WAITING).first()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            asked = ask_to_join(organisation, JoinReason(given["reason"]), given["says"], by=me)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            if asked.state == JoinState.ACCEPTED:
                messages.success(request, _("You speak for it now."))
                return redirect(organisation)
            messages.success(request, _("Asked. You get a letter as soon as it is answered."))
            return redirect("directory:joining", organisation.slug)
    context = {
        "organisation": organisation,
        "form": form,
        "proved": proved,
        "alone": alone,
        "asked": asked,
    }
    return render(request, "directory/joining.html", context)


def join_requests_of(person: Any) -> QuerySet[JoinRequest]:
    """Requests that this person made or may answer."""
    if not person.is_authenticated:
        return JoinRequest.objects.none()
    if is_officer(person):
        return JoinRequest.objects.all()
    own = JoinRequest.objects.filter(person=person)
    return own | JoinRequest.objects.filter(organisation__administrators__person=person)


def may_answer(person: Any, asked: JoinRequest) -> bool:
    return bool(may_edit(person, asked.organisation) or asked.person_id == person.pk)


@require_POST
@gate(may_answer, find=lambda person: join_requests_of(person).distinct())
def join_answer(request: HttpRequest, asked: JoinRequest) -> HttpResponse:
    me = whoever(request)
    speaks = asked.organisation.administrators.filter(person=me).exists()
    if "withdraw" in request.POST and asked.person_id == me.pk:
        withdraw_join(asked, by=me)
        return redirect("directory:joining", asked.organisation.slug)
    # Who asks does not answer themselves, whatever else they may do.
    if asked.person_id == me.pk and not is_officer(me):
        return redirect("directory:joining", asked.organisation.slug)
    decide = accept_join if "accept" in request.POST else refuse_join
    decide(asked, by=me, is_office=not speaks)
    messages.success(request, _("Answered. Both sides get a letter."))
    if speaks:
        return redirect("directory:administrators", asked.organisation.slug)
    return redirect("directory:office")


@require_POST
@gate(may_edit, find=organisations_visible_to, by="slug")
def leaving(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    leave(organisation, by=whoever(request))
    messages.success(request, _("You no longer speak for it."))
    return redirect(organisation)


@signed_in
@never_cache
def invited(request: HttpRequest, token: str) -> HttpResponse:
    link = link_of(token, INVITATION)
    organisation = get_object_or_404(Organisation, pk=link.subject)
    if request.method == "POST":
        accept_invitation(token, by=whoever(request))
        messages.success(request, _("You speak for it now."))
        return redirect(organisation)
    context = {"organisation": organisation, "here": reverse("directory:invited", args=[token])}
    return render(request, "directory/invited.html", context)
