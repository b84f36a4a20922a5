"""Say whom one would like to meet, answer, look at how it stands."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hanse.kit.gate import whoever
from hanse.kit.refusals import Refused
from hanse.meetings.actions.wishing import answer, say, set_ready, take_back
from hanse.meetings.forms.joining import WishForm
from hanse.meetings.models import Marketplace, Party, Representative
from hanse.meetings.pages import part_gate
from hanse.meetings.pages.market import around
from hanse.meetings.queries.wishes import wishes_of

TAKE_BACK = "back"


@never_cache
@part_gate()
def wishes(request: HttpRequest, market: Marketplace, part: Representative) -> HttpResponse:
    context = {**around(market, part), "wishes": wishes_of(part.party, market)}
    return render(request, "meetings/wishes.html", context)


@require_POST
@part_gate()
def wish(request: HttpRequest, market: Marketplace, part: Representative, pk: int) -> HttpResponse:
    """One press: must, would like, no thanks, accept, or back."""
    other = get_object_or_404(Party, pk=pk, marketplace=market)
    form = WishForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, _("Say “must”, “would like” or “no thanks”; a sentence has at most 300 signs.")
        )
        return redirect(back(request, market, other))
    me, given = whoever(request), form.cleaned_data
    strength = given["strength"]
    try:
        if strength == TAKE_BACK:
            take_back(part.party, other, by=me)
        elif strength == "accept":
            answer(part.party, other, accepts=True, by=me)
        else:
            say(part.party, other, strength, given["says"], by=me)
    except Refused as no:
        messages.error(request, str(no))
    return redirect(back(request, market, other))


@require_POST
@part_gate()
def ready(request: HttpRequest, market: Marketplace, part: Representative) -> HttpResponse:
    is_ready = "complete" in request.POST
    try:
        set_ready(part.party, is_ready=is_ready, by=whoever(request))
    except Refused as no:
        messages.error(request, str(no))
    else:
        if is_ready:
            messages.success(request, _("Your wishes are complete; nobody reminds you of them."))
    return redirect("meetings:wishes", market.event.series.slug, market.event.slug)


def back(request: HttpRequest, market: Marketplace, other: Party) -> str:
    """Where the press came from, at the party that it was about; never to another site."""
    here = request.POST.get("here", "")[:1000]
    own = reverse("meetings:market", args=[market.event.series.slug, market.event.slug])
    is_ours = url_has_allowed_host_and_scheme(here, allowed_hosts=None) and here.startswith(own)
    page = here.partition("#")[0] if is_ours else f"{own}parties/{other.pk}/"
    return f"{page}#party-{other.pk}"
