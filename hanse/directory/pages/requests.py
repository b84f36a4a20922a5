"""Partner requests: the list, one of them, asking, answering, closing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hanse.directory.access import (
    interests_to_answer,
    may_answer_for,
    may_read,
    may_speak_for,
    requests_visible_to,
    speaks_for_any,
    spoken_for_by,
)
from hanse.directory.actions.requests import (
    answer_interest,
    ask_for_partner,
    change_request,
    close_request,
    comment_on,
    follow,
    renew_request,
    say_interest,
    take_back_comment,
    unfollow,
)
from hanse.directory.forms.in_touch import (
    ClosingForm,
    CommentForm,
    InterestAnswerForm,
    InterestForm,
    RequestForm,
    as_typed,
    country_choices,
    wanted_by,
)
from hanse.directory.models import Interest, PartnerRequest
from hanse.directory.queries.requests import (
    Wanted,
    comments_on,
    interests_from,
    interests_in,
    requests_found,
)
from hanse.directory.queries.vocabularies import word_of
from hanse.directory.words import InterestAnswer, Outcome
from hanse.kit.gate import gate, public, signed_in, whoever
from hanse.kit.numbers import figure
from hanse.kit.paging import page_of
from hanse.kit.refusals import Refused

ROWS = 20


@public
def requests(request: HttpRequest) -> HttpResponse:
    wanted = wanted_by(request.GET)
    page = page_of(request, requests_found(request.user, wanted), ROWS)
    context = {
        "page": page,
        "rows": [(one, [word_of("country", code) for code in one.where]) for one in page],
        "wanted": wanted,
        "title": finding(wanted, page.paginator.count),
        "countries": country_choices(),
        "may_ask": speaks_for_any(request.user),
    }
    return render(request, "directory/requests.html", context)


def finding(wanted: Wanted, count: int) -> str:
    """The title says the finding."""
    if wanted.state == "open":
        said = ngettext(
            "%(count)s organisation looks for a partner",
            "%(count)s requests for a partner stand open",
            count,
        )
    else:
        said = ngettext(
            "%(count)s request that has ended", "%(count)s requests that have ended", count
        )
    return said % {"count": figure(count)}


@signed_in
def new_request(request: HttpRequest) -> HttpResponse:
    me = whoever(request)
    if not speaks_for_any(me):
        return render(request, "directory/nobody_to_speak_for.html")
    form = RequestForm(me, request.POST or None, slug=request.GET.get("by", ""))
    if request.method == "POST" and form.is_valid():
        given = form.given
        try:
            made = ask_for_partner(given["organisation"], form.asked(), by=me, slip=given["slip"])
        except Refused as no:
            form.add_error(placed(no), str(no))
        else:
            messages.success(request, _("Published. You get a letter for every interest."))
            return redirect(made)
    return render(request, "directory/request_form.html", {"form": form})


def placed(no: Refused) -> str | None:
    fields = {"not_asked_yet": "by_day", "no_expiry": "stands_days", "stays_confidential": "level"}
    return fields.get(no.refusal.code)


@gate(may_answer_for, find=requests_visible_to)
def edit_request(request: HttpRequest, asked: PartnerRequest) -> HttpResponse:
    me = whoever(request)
    form = RequestForm(me, request.POST or None, initial=as_typed(asked))
    del form.fields["organisation"]
    if request.method == "POST" and form.is_valid():
        try:
            change_request(asked, form.asked(), by=me)
        except Refused as no:
            form.add_error(placed(no), str(no))
        else:
            messages.success(request, _("Kept."))
            return redirect(asked)
    return render(request, "directory/request_form.html", {"form": form, "asked": asked})


@gate(may_read, find=requests_visible_to)
def request_page(request: HttpRequest, asked: PartnerRequest) -> HttpResponse:
    """One request. Comments are for all who read it, interests for the asking side alone."""
    me: Any = request.user
    return shown(request, asked, CommentForm(me), InterestForm(me), ClosingForm())


def shown(
    request: HttpRequest,
    asked: PartnerRequest,
    comment: CommentForm,
    interest: InterestForm,
    closing: ClosingForm,
) -> HttpResponse:
    me: Any = request.user
    is_own = may_speak_for(me, asked.organisation)
    speaks = speaks_for_any(me)
    context = {
        "asked": asked,
        "title": asked.what,
        "where": [word_of("country", code) for code in asked.where],
        "written_in": word_of("language", asked.language),
        "comments": page_of(request, comments_on(asked)),
        "is_own": is_own,
        "speaks": speaks,
        "interests": interests_in(asked) if is_own else (),
        "mine": interests_from(me, asked) if speaks and not is_own else (),
        "follows": me.is_authenticated and asked.follows.filter(person=me).exists(),
        "comment_form": comment,
        "interest_form": interest,
        "closing_form": closing,
        "answer_form": InterestAnswerForm(),
        "own_numbers": set(own_numbers(me)) if speaks else set(),
    }
    return render(request, "directory/request.html", context)


def own_numbers(person: Any) -> list[int]:
    return list(spoken_for_by(person).values_list("pk", flat=True))


@require_POST
@gate(may_read, find=requests_visible_to)
def comment(request: HttpRequest, asked: PartnerRequest) -> HttpResponse:
    me = speaker(request)
    if "take_back" in request.POST:
        own = asked.comments.filter(organisation__in=own_numbers(me))
        held = own.filter(pk=number(request.POST["take_back"])).first()
        if held:
            take_back_comment(held, by=me)
            messages.success(request, _("Taken back."))
        return redirect(asked)
    form = CommentForm(me, request.POST)
    if form.is_valid():
        given = form.given
        try:
            comment_on(asked, given["organisation"], given["text"], by=me, slip=given["slip"])
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Said. Whoever follows the request gets a letter."))
            return redirect(asked)
    return shown(request, asked, form, InterestForm(me), ClosingForm())


def number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else 0  # noqa: PLR2004


def speaker(request: HttpRequest) -> Any:
    """Somebody who speaks for a published organisation; nobody else writes here."""
    if not speaks_for_any(request.user):
        raise PermissionDenied
    return whoever(request)


@require_POST
@gate(may_read, find=requests_visible_to)
def following(request: HttpRequest, asked: PartnerRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        raise PermissionDenied
    if "end" in request.POST:
        unfollow(asked, by=whoever(request))
        messages.success(request, _("No more letters about it."))
    else:
        follow(asked, by=whoever(request))
        messages.success(request, _("You get a letter about every comment."))
    return redirect(asked)


@require_POST
@gate(may_read, find=requests_visible_to)
def interest(request: HttpRequest, asked: PartnerRequest) -> HttpResponse:
    me = speaker(request)
    form = InterestForm(me, request.POST)
    if form.is_valid():
        try:
            say_interest(asked, form.given["organisation"], form.given["says"], by=me)
        except Refused as no:
            if no.refusal.code == "already_interested":
                messages.info(request, str(no))
                return redirect(asked)
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Said. You get a letter as soon as they want to talk."))
            return redirect(asked)
    return shown(request, asked, CommentForm(me), form, ClosingForm())


@require_POST
@gate(lambda person, one: may_speak_for(person, one.request.organisation), find=interests_to_answer)
def interest_answer(request: HttpRequest, interest: Interest) -> HttpResponse:
    form = InterestAnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was chosen."))
        return redirect(interest.request)
    said = InterestAnswer(form.cleaned_data["answer"])
    held = answer_interest(interest, said, form.cleaned_data["text"], by=whoever(request))
    if held.thread and said == InterestAnswer.TALK:
        messages.success(request, _("They get a letter. Write on here."))
        return redirect(held.thread)
    messages.success(request, _("Noted. They are not told."))
    return redirect(interest.request)


@require_POST
@gate(may_answer_for, find=requests_visible_to)
def renewal(request: HttpRequest, asked: PartnerRequest) -> HttpResponse:
    renew_request(asked, by=whoever(request))
    messages.success(request, _("It goes on."))
    return redirect(asked)


@require_POST
@gate(may_answer_for, find=requests_visible_to)
def closing(request: HttpRequest, asked: PartnerRequest) -> HttpResponse:
    me = whoever(request)
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return shown(request, asked, CommentForm(me), InterestForm(me), form)
    close_request(asked, Outcome(form.cleaned_data["outcome"]), form.cleaned_data["says"], by=me)
    messages.success(request, _("Closed."))
    return redirect(asked)
