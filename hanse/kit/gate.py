"""Every page has a gate, written above it.

    @public                                            anyone, signed in or not
    @signed_in                                         anyone with a log-in
    @gate(may_score, find=applications_visible_to)     whoever the object lets in

`gate` fetches the object through what the person may see, so that an unknown and an invisible
object both answer 404; then it asks the predicate. The page receives the object in place of its
number. `by` names the part of the address, which is also the field.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

Page = Callable[..., HttpResponseBase]
Visible = Callable[[Any], QuerySet[Any]]
May = Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Gate:
    """What stands at a page; the walk over all addresses reads it."""

    kind: Literal["public", "signed_in", "object"]
    may: May | None = None
    find: Visible | None = None


def public(page: Page) -> Page:
    """Anyone may see this page."""
    return marked(page, Gate("public"))


def signed_in(page: Page) -> Page:
    """Anyone with a log-in may see this page; others are asked to log in first."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return page(request, *args, **kwargs)

    return marked(guarded, Gate("signed_in"))


def gate(may: May, *, find: Visible, by: str = "pk") -> Callable[[Page], Page]:
    """Whoever sees the object and is let in by the predicate may see this page."""

    def guard(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            found: Model = get_object_or_404(find(request.user), **{by: kwargs.pop(by)})
            if may(request.user, found):
                return page(request, found, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            raise PermissionDenied

        return marked(guarded, Gate("object", may, find))

    return guard


def whoever(request: HttpRequest) -> Any:
    """Who asks, where `signed_in` or a predicate has made sure that it is a person."""
    return request.user


def marked(page: Page, how: Gate) -> Page:
    """Hang the gate onto the page."""
    page.gate = how  # type: ignore[attr-defined]
    return page


def gate_of(page: object) -> Gate | None:
    """The gate of a page, also through decorators that stand above it."""
    while page is not None:
        if how := getattr(page, "gate", None):
            return how if isinstance(how, Gate) else None
        page = getattr(page, "__wrapped__", None)
    return None
