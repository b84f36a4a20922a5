"""What the directory shows on pages that do not know of it: a profile, an account, a region."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, QuerySet
from django.template.loader import render_to_string

from hanse.directory.access import may_speak_for, speaks_for_any, spoken_for_by
from hanse.directory.models import Organisation
from hanse.directory.queries.gaps import complements_of
from hanse.directory.queries.notices import Narrowed, calls_found, events_found, news_found
from hanse.directory.queries.requests import open_requests_of
from hanse.directory.queries.search import Question, search
from hanse.directory.words import State
from hanse.observatory.queries.figures import NoRelease, serving_release

MOST = 5


def ways_to_reach(organisation: Organisation, reader: Any) -> str:
    """Beside a profile: write to them, introduce them; for one’s own, tell something."""
    if organisation.state not in (State.PUBLISHED, State.LISTED):
        return ""
    context = {
        "organisation": organisation,
        "reader": reader,
        "is_own": may_speak_for(reader, organisation),
        "speaks": speaks_for_any(reader),
    }
    return render_to_string("directory/ways_to_reach.html", context)


def latest_of(organisation: Organisation, reader: Any) -> str:
    """Open requests, news, events and calls of an organisation."""
    if organisation.state != State.PUBLISHED:
        return ""
    everything = Narrowed()
    latest: dict[str, QuerySet[Any]] = {
        "requests": open_requests_of(organisation, reader),
        "news": news_found(reader, everything).filter(organisation=organisation),
        "events": events_found(reader, everything).filter(organisation=organisation),
        "calls": calls_found(reader, everything).filter(organisation=organisation),
    }
    # Most have told nothing yet: one question for all four instead of four for nothing.
    told: Any = Organisation.objects.filter(pk=organisation.pk).values(
        **{name: Exists(found) for name, found in latest.items()}
    )[0]
    shown = {name: found[:MOST] for name, found in latest.items() if told[name]}
    if not shown:
        return ""
    return render_to_string("directory/latest_of.html", {"organisation": organisation, **shown})


def way_to_the_desk(person: Any) -> str:
    """In the account: the way to the desk and to the weekly letter."""
    return render_to_string("directory/way_to_the_desk.html", {"own": spoken_for_by(person)})


def people_of_region(code: str, reader: Any) -> str:
    """On a region's portrait: who is there, and where what it lacks is found."""
    try:
        release = serving_release()
    except NoRelease:
        return ""
    here = search(Question(filters={"region": [code]}))
    context = {
        "code": code,
        "here": here.total,
        "found": complements_of(release, code),
        "reader": reader,
    }
    return render_to_string("directory/region_panel.html", context)
