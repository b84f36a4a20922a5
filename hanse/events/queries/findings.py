"""What the pages of the organisers' desk find, as their titles: first what waits for a word."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanse.events.queries.desk import Standing
from hanse.events.queries.guests import Counted
from hanse.kit.numbers import figure


def findings_of(standing: Standing) -> list[str]:
    """Of one event, the most urgent first; seats always."""
    return [
        *_waiting(standing.asked, standing.strangers),
        _seats(standing),
        *_in_line(standing.waiting),
    ]


def finding_of_series(standings: Sequence[Standing]) -> str:
    """Of all its events together."""
    if not standings:
        return _("No event is in this series yet")
    waits = _waiting(sum(one.asked for one in standings), sum(one.strangers for one in standings))
    if waits:
        return waits[0]
    taken = sum(one.confirmed for one in standings)
    said = ngettext(
        "%(count)s seat is taken in all its events",
        "%(count)s seats are taken in all its events",
        taken,
    )
    return said % {"count": figure(taken)}


def finding_of_guests(counted: Counted, strangers: int) -> str:
    if waits := _waiting(0, strangers):
        return waits[0]
    if not counted.all:
        return _("Nobody is invited yet")
    said = ngettext(
        "%(answered)s of %(all)s invited person has answered",
        "%(answered)s of %(all)s invited people have answered",
        counted.all,
    )
    answered = counted.accepted + counted.declined
    return said % {"answered": figure(answered), "all": figure(counted.all)}


def finding_of_letters(stuck: int, sent: int) -> str:
    if stuck:
        said = ngettext(
            "%(count)s letter waits for your word", "%(count)s letters wait for your word", stuck
        )
        return said % {"count": figure(stuck)}
    if not sent:
        return _("No letter went out yet")
    said = ngettext(
        "%(count)s letter went out, none waits for your word",
        "%(count)s letters went out, none waits for your word",
        sent,
    )
    return said % {"count": figure(sent)}


def finding_of_log(count: int) -> str:
    if not count:
        return _("Nothing has happened yet")
    said = ngettext("%(count)s deed is on record", "%(count)s deeds are on record", count)
    return said % {"count": figure(count)}


def _waiting(asked: int, strangers: int) -> list[str]:
    words = ngettext(
        "%(count)s registration waits for your word",
        "%(count)s registrations wait for your word",
        asked,
    )
    asks = ngettext(
        "%(count)s person asks to be invited", "%(count)s people ask to be invited", strangers
    )
    return [
        said % {"count": figure(count)}
        for said, count in ((words, asked), (asks, strangers))
        if count
    ]


def _seats(standing: Standing) -> str:
    if standing.capacity is not None:
        facts = {"taken": figure(standing.confirmed), "all": figure(standing.capacity)}
        return _("%(taken)s of %(all)s seats are taken") % facts
    count = standing.confirmed
    said = ngettext("%(count)s person has a seat", "%(count)s people have a seat", count)
    return said % {"count": figure(count)}


def _in_line(waiting: int) -> list[str]:
    said = ngettext(
        "%(count)s person is on the waiting list",
        "%(count)s people are on the waiting list",
        waiting,
    )
    return [said % {"count": figure(waiting)}] if waiting else []
