"""What the page of an agenda says: its title, its lead, its lines, the words of its script."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanse.events.queries.agenda import Agenda
from hanse.events.rules.agenda import Clash, Item, Why
from hanse.events.words import WHY_SAID
from hanse.kit.numbers import figure


def finding(found: Agenda) -> str:
    """The title says how much there is and what comes next."""
    count = ngettext("%(count)s thing to go to", "%(count)s things to go to", found.held) % {
        "count": figure(found.held)
    }
    ahead = found.next
    if ahead is None:
        return _("The week is over")
    if not found.held:
        return waited(found) or _("Nothing chosen yet")
    if ahead.day == timezone.now().astimezone(ZoneInfo(ahead.zone)).date():
        return _("%(count)s, the next at %(time)s") % {
            "count": count,
            "time": f"{ahead.starts_there:%H:%M}",
        }
    return count


def waited(found: Agenda) -> str:
    if not found.waits:
        return ""
    said = ngettext("You wait for %(count)s thing", "You wait for %(count)s things", found.waits)
    return said % {"count": figure(found.waits)}


def lead(found: Agenda) -> str:
    """What of it is one's own, and what stands there for everybody."""
    bare = ngettext(
        "Among them %(count)s event without a session that you chose.",
        "Among them %(count)s events without a session that you chose.",
        found.bare,
    )
    parts = [
        (found.held, _("Your own: %(count)s.")),
        (found.bare, bare),
        (found.waits, _("You wait for: %(count)s.")),
        (found.for_everybody, _("For everybody: %(count)s.")),
    ]
    return " ".join(text % {"count": figure(count)} for count, text in parts if count)


def line(item: Item, found: Agenda, own: ZoneInfo) -> dict[str, Any]:
    """An item as its line says it: both clocks where they differ, how soon, what clashes."""
    mine = item.starts_at.astimezone(own)
    differs = mine.utcoffset() != item.starts_there.utcoffset()
    return {
        "item": item,
        "mine": mine if differs else None,
        "mine_ends": item.ends_at.astimezone(own),
        "other_day": differs and mine.date() != item.day,
        "state": state_of(item, found),
        "clashes": [clash_said(one) for one in found.warned.get(item.key, ())],
        "why": WHY_SAID.get(item.why.value, ""),
        "can_drop": item.why is Why.BOOKMARKED,
    }


def state_of(item: Item, found: Agenda) -> str:
    if item.ends_at <= found.made_at:
        return "past"
    return "now" if item is found.next else ""


def clash_said(clash: Clash) -> str:
    facts = {
        "first": clash.first.title,
        "place": clash.first.place_name,
        "leave": f"{clash.first.ends_there:%H:%M}",
        "begins": f"{clash.second.starts_there:%H:%M}",
        "minutes": clash.minutes,
    }
    if clash.overlaps:
        return _("At the same time: “%(first)s”, until %(leave)s.") % facts
    if not clash.minutes:
        return _("You leave %(place)s at %(leave)s; how far it is from there is not known.") % facts
    return (
        _("You leave %(place)s at %(leave)s, this begins at %(begins)s, %(minutes)s minutes away.")
        % facts
    )


def town_of(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def words_of_the_agenda() -> dict[str, str]:
    return {
        "saved": _("saved on this device"),
        "minutes": _("in %(minutes)s minutes"),
        "running": _("now"),
        "hours": _("at %(time)s"),
        "waits": _("Waiting for the network: %(count)s"),
        "sent": _("Your changes were sent."),
        "add": _("Put into my agenda"),
        "drop": _("Take out"),
        "logged_out": _("Log in again: what you changed is sent then."),
    }
