"""Short facts about events, as they stand in lines and beside titles."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import get_timezone_name
from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hanse.events.models import Event
from hanse.events.queries.days import hours_of, where_of
from hanse.events.rules.programme import Item
from hanse.events.words import Mode, Role
from hanse.kit.numbers import day as day_in_words

register = template.Library()


@register.simple_tag
def event_hours(event: Event, day: date) -> str:
    """“10:00 to 17:45”, or what is said in its place; nothing on a day that is not its own."""
    found = next((one for one in event.days.all() if one.day == day), None)
    return hours_of(found) if found else ""


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
def languages(codes: Sequence[str]) -> str:
    """Names of languages in the reader's."""
    names = _locale().languages
    return ", ".join(names.get(code, code) for code in codes)


@register.simple_tag
def role_name(role: str) -> str:
    return str(Role(role).label)


@register.simple_tag
def mode_name(mode: str) -> str:
    return str(Mode(mode).label)


def _locale() -> Locale:
    return Locale.parse((get_language() or "en").replace("-", "_"))
