"""The report next morning, and half a year later: from wishes to cooperation."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanse.kit.numbers import figure, percent
from hanse.kit.sheets import FORMATS
from hanse.meetings.access import may_read_desk
from hanse.meetings.documents.outcomes import drawn, rates, sheet_of, table_of
from hanse.meetings.models import Marketplace
from hanse.meetings.pages import market_desk_gate
from hanse.meetings.queries.funnel import outcomes_of, said_next
from hanse.meetings.rules.funnel import Funnel

TABLES = ("csv", "xlsx")


@market_desk_gate(may_read_desk)
def outcomes(request: HttpRequest, place: Marketplace) -> HttpResponse:
    found = outcomes_of(place)
    one = found.funnel
    context = {
        "event": place.event,
        "place": place,
        "funnel": one,
        "title": finding(one),
        "chart": drawn(one),
        "rates": rates(one),
        "facts": [
            (figure(one.planned), _("meetings planned")),
            ("–" if one.per_party is None else figure(one.per_party, 1), _("a party")),
            ("–" if one.kept.share is None else percent(one.kept.share), _("kept, where known")),
            ("–" if one.again.share is None else percent(one.again.share), _("would meet again")),
        ],
        "said": said_next(place),
        "tables": [(each.code, each.title, table_of(each)) for each in found.divisions],
    }
    return render(request, "meetings/outcomes.html", context)


def finding(one: Funnel) -> str:
    """The title says the finding."""
    if one.cooperating:
        said = ngettext(
            "%(count)s cooperation came of %(planned)s meetings",
            "%(count)s cooperations came of %(planned)s meetings",
            one.cooperating,
        )
        return said % {"count": figure(one.cooperating), "planned": figure(one.planned)}
    if one.kept.of:
        facts = {"held": figure(one.held), "of": figure(one.kept.of)}
        return _("%(held)s of %(of)s meetings took place, as far as it is known") % facts
    if one.planned:
        return _("%(count)s meetings are planned; nobody said yet how they were") % {
            "count": figure(one.planned)
        }
    return _("No meeting is planned yet")


@market_desk_gate(may_read_desk)
def outcomes_file(request: HttpRequest, place: Marketplace, form: str) -> HttpResponse:
    if form not in TABLES:
        raise Http404
    written = FORMATS[form]
    answer = HttpResponse(
        written.write(sheet_of(outcomes_of(place))), content_type=written.media_type
    )
    name = f"{place.event.slug}-meetings-outcomes.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
