"""What changed in the programme of an event, for feed readers: what everybody may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.vary import vary_on_cookie

from hanse.directory.documents.feeds import Entry, atom
from hanse.events.access import SHOWN
from hanse.events.models import Event
from hanse.events.queries.changes import VersionSaid, changes_of
from hanse.events.words import Visibility
from hanse.kit.gate import public
from hanse.kit.phrases import COLON

MOST = 50


@public
@cache_control(public=True, max_age=900)
@vary_on_cookie
def changes(request: HttpRequest, series: str, event: str) -> HttpResponse:
    shown = Event.objects.select_related("series").filter(state__in=SHOWN, series__state__in=SHOWN)
    found = get_object_or_404(shown, series__slug=series, slug=event)
    told = changes_of(found, {Visibility.PUBLIC})[:MOST]
    written = atom(
        f"{series}/{event}",
        _("%(event)s: changes of the programme") % {"event": found},
        found.get_absolute_url(),
        [_entry(found, one) for one in told],
        domain="events",
    )
    return HttpResponse(written, content_type="application/atom+xml; charset=utf-8")


def _entry(event: Event, one: VersionSaid) -> Entry:
    version = one.version
    return Entry(
        number=f"{event.series.slug}/{event.slug}/versions/{version.number}",
        title=_("Programme, version %(number)s") % {"number": version.number},
        address=f"{event.get_absolute_url()}changes/",
        text=_text(one),
        author=str(event.series),
        author_address=event.series.get_absolute_url(),
        published_at=version.published_at,
        changed_at=version.published_at,
    )


def _text(one: VersionSaid) -> str:
    """What everybody may know: of changes for invited people that there are some."""
    more = ngettext(
        "One more change, for invited people",
        "%(count)s more changes, for invited people",
        one.unseen,
    )
    parts = [
        one.version.note,
        *(f"{line.title}{COLON}{line.says}" for line in one.lines),
        more % {"count": one.unseen} if one.unseen else "",
    ]
    return "\n".join(part for part in parts if part)
