"""Keys for programs: made, shown once, revoked."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hanse.directory.access import administered_by, may_revoke, tokens_of
from hanse.directory.actions.tokens import make_token, revoke_token
from hanse.directory.forms.imports import TokenForm
from hanse.directory.models import ApiToken
from hanse.kit.gate import gate, signed_in, whoever
from hanse.kit.refusals import Refused


@never_cache
@signed_in
def tokens(request: HttpRequest) -> HttpResponse:
    """One's keys; the answer to making one is the only page that ever shows it."""
    me, key, status = whoever(request), "", HTTPStatus.OK
    form = TokenForm(request.POST or None)
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                _token, key = make_token(form.cleaned_data["name"], by=me)
                form, status = TokenForm(), HTTPStatus.OK
            except Refused as no:
                form.add_error(None, str(no))
    context = {"form": form, "key": key, "mine": tokens_of(me), "own": administered_by(me)}
    return render(request, "directory/tokens.html", context, status=status)


@require_POST
@gate(may_revoke, find=tokens_of)
def revoke(request: HttpRequest, token: ApiToken) -> HttpResponse:
    revoke_token(token, by=whoever(request))
    messages.success(request, _("Revoked. Programs that use it are turned away from now on."))
    return redirect("directory:tokens")
