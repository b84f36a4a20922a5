"""Short facts about events, as they stand in lines and beside titles."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import get_timezone_name
from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hanse.events.models import Event
from hanse.events.queries.days import hours_of, where_of
from hanse.events.queries.desk_ways import desk_ways
from hanse.events.rules.programme import Item
from hanse.events.words import DEEDS, Entry, Mode, Role
from hanse.kit.numbers import day as day_in_words
from hanse.kit.numbers import figure
from hanse.kit.said import said

register = template.Library()


@register.simple_tag
def event_hours(event: Event, day: date) -> str:
    """“10:00 to 17:45”, or what is said in its place; nothing on a day that is not its own."""
    found = next((one for one in event.days.all() if one.day == day), None)
    return hours_of(found) if found else ""


@register.simple_tag
def event_meta(event: Event) -> SafeString:
    """Where it is, whether one must be invited, who hosts it with whom: on one line."""
    host = said(event.co_host)
    invited = event.entry == Entry.INVITATION
    parts = [
        where_of(event),
        format_html('<b class="inv">{}</b>', _("upon invitation only")) if invited else "",
        _("co-hosted by the %(host)s") % {"host": host} if host else "",
    ]
    return format_html_join(" · ", "{}", [(part,) for part in parts if part])


@register.simple_tag
def event_places(event: Event) -> str:
    return where_of(event)


@register.simple_tag
def zone_name(zone: str, day: date) -> str:
    """“Central European Time” on that day, in the reader's language."""
    noon = datetime.combine(day, time(12), ZoneInfo(zone))
    return get_timezone_name(noon, width="long", locale=_locale())


@register.simple_tag
def own_clock(item: Item, zone: str) -> SafeString:
    """The hours on the reader's own clock, where it shows others than the clock of the place."""
    own = timezone.get_current_timezone()
    starts, ends = item.starts.astimezone(own), item.ends.astimezone(own)
    if starts.utcoffset() == item.starts.astimezone(ZoneInfo(zone)).utcoffset():
        return SafeString()
    return format_html(
        '<dt>{}</dt><dd><time datetime="{}">{}, {} – {}</time></dd>',
        _("On your clock"),
        starts.isoformat(),
        day_in_words(starts.date()),
        f"{starts:%H:%M}",
        f"{ends:%H:%M}",
    )


@register.simple_tag
def clock_difference(zone: str, day: date) -> str:
    """“Your clock (Tokyo) shows 8 hours more.” on that day; nothing where it shows the same."""
    own = timezone.get_current_timezone()
    noon = datetime.combine(day, time(12), ZoneInfo(zone))
    theirs = noon.astimezone(own).utcoffset()
    ours = noon.utcoffset()
    if theirs is None or ours is None or theirs == ours:
        return ""
    hours = (theirs - ours).total_seconds() / 3600
    facts = {
        "city": str(own).rpartition("/")[2].replace("_", " "),
        "hours": figure(abs(hours), 0 if hours.is_integer() else 2),
    }
    if hours > 0:
        return _("Your clock (%(city)s) shows %(hours)s hours more.") % facts
    return _("Your clock (%(city)s) shows %(hours)s hours less.") % facts


@register.simple_tag
def languages(codes: Sequence[str]) -> str:
    """Names of languages in the reader's."""
    names = _locale().languages
    return ", ".join(names.get(code, code) for code in codes)


INVITATION_STANDS = {
    "unwritten": gettext_lazy("no letter yet"),
    "unanswered": gettext_lazy("not answered"),
    "accepted": gettext_lazy("accepted"),
    "declined": gettext_lazy("declined"),
    "withdrawn": gettext_lazy("withdrawn"),
}


@register.simple_tag
def invitation_stands(stands: str) -> str:
    return str(INVITATION_STANDS[stands])


@register.simple_tag
def deed(action: str) -> str:
    """A line of the trail in words; its code where it has none."""
    return str(DEEDS.get(action, action.replace("_", " ")))


@register.simple_tag
def role_name(role: str) -> str:
    return str(Role(role).label)


@register.simple_tag
def mode_name(mode: str) -> str:
    return str(Mode(mode).label)


def _locale() -> Locale:
    return Locale.parse((get_language() or "en").replace("-", "_"))


# The rooms of the organisers' desk, in the order of the work; between them those of others.
BEFORE = (
    ("events:desk", gettext_lazy("Desk")),
    ("events:desk_settings", gettext_lazy("Settings")),
    ("events:desk_programme", gettext_lazy("Programme")),
    ("events:desk_call", gettext_lazy("Call")),
    ("events:desk_invitations", gettext_lazy("Invitations")),
    ("events:desk_letters", gettext_lazy("Letters")),
    ("events:desk_registrations", gettext_lazy("Registrations")),
    ("events:form_desk", gettext_lazy("Form and seats")),
)
ON_THE_DAY = (
    ("events:badges", gettext_lazy("Badges")),
    ("events:door_desk", gettext_lazy("Doors")),
    ("events:report", gettext_lazy("Report")),
)


@register.inclusion_tag("events/desk_nav.html", takes_context=True)
def desk_nav(context: Mapping[str, Any], event: Event) -> Mapping[str, Any]:
    """The ways through the desk; the longest that leads here is where one is."""
    path = context["request"].path
    ways = [
        (name, reverse(code, args=[event.series.slug, event.slug]))
        for code, name in (*BEFORE, *desk_ways(), *ON_THE_DAY)
    ]
    here = max((url for _name, url in ways if path.startswith(url)), key=len, default="")
    return {"ways": [(name, url, url == here) for name, url in ways]}
