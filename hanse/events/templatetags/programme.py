"""A day of a programme as HTML: a table with the graduated hours, or a list.

Written straight into a string: a programme of six hundred items has as many cells.
"""

from datetime import datetime
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hanse.events.queries.days import Day, Lane, Slot
from hanse.events.rules.timetable import Cell, Row

register = template.Library()


@register.simple_tag
def day_table(day: Day, caption: str) -> SafeString:
    """The day as a table, which reads as a list on a small screen; else the list itself."""
    if day.table is None:
        return day_list(day)
    named = any(lane.name for lane in day.lanes.values()) and not day.says_itself
    head = "".join(
        f'<th scope="col" colspan="{width}" class="lane">{_lane(day.lanes[lane])}</th>'
        for lane, width in day.table.lanes
    )
    rows = "".join(_row(row) for row in day.table.rows)
    return format_html(
        '<table class="day unit-{}"><caption class="unseen">{}</caption>'
        '<colgroup><col class="hours"></colgroup>'
        "<thead{}><tr><td></td>{}</tr></thead><tbody>{}</tbody></table>",
        day.table.unit,
        caption,
        "" if named else mark_safe(' class="unseen"'),
        mark_safe(head),  # noqa: S308  every part is escaped where it is written
        mark_safe(rows),  # noqa: S308
    )


@register.simple_tag
def day_list(day: Day) -> SafeString:
    """The day as a list, one entry below the other."""
    slots = "".join(f'<li class="slot {slot.kind}">{_slot(slot)}</li>' for slot in day.slots)
    return mark_safe(f'<ol class="daylist">{slots}</ol>')  # noqa: S308


def _row(row: Row) -> str:
    hour = ""
    if row.half:
        odd = " odd" if row.at.minute == 0 else ""
        # A label stands at the full hour alone; the field of the half hour is the rule's.
        label = f"{row.at:%H:%M}" if row.at.minute == 0 else ""
        hour = f'<th scope="row" class="hour{odd}" rowspan="{row.half}">{label}</th>'
    return f"<tr>{hour}{''.join(_cell(cell) for cell in row.cells)}</tr>"


def _cell(cell: Cell) -> str:
    spans = _span("rowspan", cell.rows) + _span("colspan", cell.columns)
    if cell.what is None:
        return f'<td class="gap"{spans}></td>'
    across = " both" if cell.columns > 1 else ""
    return f'<td class="slot {cell.what.kind}{across}"{spans}>{_slot(cell.what)}</td>'


def _span(name: str, count: int) -> str:
    return f' {name}="{count}"' if count > 1 else ""


def _slot(slot: Slot) -> str:
    language = f' lang="{escape(slot.language)}"' if slot.language else ""
    title: str = escape(slot.title)
    if slot.url:
        title = f'<a href="{escape(slot.url)}">{title}</a>'
    lines = "".join(f"<p>{escape(line)}</p>" for line in slot.lines)
    marks = f'<p class="marks">{escape(" · ".join(slot.marks))}</p>' if slot.marks else ""
    return (
        f"{_time(slot.starts)}<div><h3{language}>{title}</h3>{lines}{marks}"
        f'<p class="until">{escape(_("until %(time)s") % {"time": f"{slot.ends:%H:%M}"})}</p></div>'
    )


def _time(at: datetime) -> str:
    return f'<time datetime="{at:%Y-%m-%dT%H:%M}">{at:%H:%M}</time>'


def _lane(lane: Lane) -> str:
    name: Any = escape(lane.name)
    if lane.url:
        name = f'<a href="{escape(lane.url)}">{name}</a>'
    says = f'<span class="small quiet">{escape(lane.says)}</span>' if lane.says else ""
    return f'<span class="h3">{name}</span>{says}'
