"""The page components. A Python signature is the contract: a wrong argument raises.

All are built into every template: no {% load %} is needed.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput
from django.forms.widgets import CheckboxSelectMultiple, Input, RadioSelect
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanse.kit import maps, numbers, phrases, tables
from hanse.kit.devices import mark_of
from hanse.kit.said import said

register = template.Library()

NoticeKind = Literal["info", "ok", "mind", "stop"]
# Levels of django.contrib.messages, said in our words.
LEVELS = {"success": "ok", "warning": "mind", "error": "stop", "debug": "info", "": "info"}
BadgeKind = Literal["met", "unmet", "unknown", "yours", "note"]


def one_of(kinds: Any, value: str, what: str) -> str:
    """The value, if it is one of the words of a Literal."""
    if value not in get_args(kinds):
        raise ValueError(f"{what} is one of {', '.join(get_args(kinds))}, not {value!r}")
    return value


# Numbers and names -------------------------------------------------------------------------------

register.filter("figure", numbers.figure)
register.filter("signed", numbers.signed)
register.filter("percent", numbers.percent)
register.filter("signed_percent", numbers.signed_percent)
register.filter("large", numbers.large)
register.filter("day", numbers.day)
register.filter("weekday", numbers.weekday)
register.filter("country", numbers.country)
register.filter("said", said)


@register.simple_tag
def colon() -> str:
    """Between a title and what it is about; some languages put a space before it."""
    return str(phrases.COLON)


# Words in front of something ---------------------------------------------------------------------


@register.simple_block_tag
def notice(
    content: str,
    kind: str = "info",
    word: str = "",
    alert: bool = False,  # noqa: FBT001, FBT002  arguments of a tag are written by name
) -> SafeString:
    """Something to know. `word` stands first, in colour; `alert` is read aloud at once."""
    kind = one_of(NoticeKind, LEVELS.get(kind, kind), "A notice")
    return format_html(
        '<div class="notice{}"{}>{} {}</div>',
        "" if kind == "info" else f" {kind}",
        mark_safe(' role="alert" tabindex="-1"') if alert else "",
        format_html('<b class="word">{}</b>', word) if word else "",
        content,
    )


MARKS: Mapping[str, SafeString] = {
    kind: mark_safe(f'<svg viewBox="0 0 12 12" aria-hidden="true">{drawing}</svg>')  # noqa: S308
    for kind, drawing in {
        "met": '<rect class="full" x=".8" y=".8" width="10.4" height="10.4"/>',
        "unmet": '<path d="M1 1L11 11M11 1L1 11"/>',
        "unknown": '<rect class="hatched" x=".8" y=".8" width="10.4" height="10.4"/>',
        "yours": '<circle class="full" cx="6" cy="6" r="5"/>',
        "note": '<path d="M6 1V7.4M6 9.4V11.4"/>',
    }.items()
}
MARK_WORDS = {
    "met": phrases.MET,
    "unmet": phrases.UNMET,
    "unknown": phrases.NOT_KNOWN,
    "yours": phrases.YOURS,
    "note": "",
}


@register.simple_tag
def badge(kind: str, word: str = "") -> SafeString:
    """An answer as mark and word: met, unmet, unknown, yours, note."""
    one_of(BadgeKind, kind, "A badge")
    return format_html(
        '<span class="badge {}">{}{}</span>', kind, MARKS[kind], word or MARK_WORDS[kind]
    )


def _star(x: int, kind: str) -> str:
    points = "6,.6 7.7,4.3 11.7,4.7 8.7,7.4 9.6,11.3 6,9.3 2.4,11.3 3.3,7.4 .3,4.7 4.3,4.3"
    return f'<polygon class="{kind}" points="{points}" transform="translate({x} 0)"/>'


@register.simple_tag
def stars(won: int, out_of: int = 3, unclear: int = 0) -> SafeString:
    """Stars won, stars whose test nobody can answer (hatched), stars missed; said in words too."""
    if not 0 <= won + unclear <= out_of:
        raise ValueError(f"{won} won and {unclear} unclear do not fit into {out_of} stars")
    kinds = ["won"] * won + ["unclear"] * unclear + ["missed"] * (out_of - won - unclear)
    said = _("%(won)s of %(all)s stars") % {"won": won, "all": out_of}
    if unclear:
        said += ", " + ngettext("%(count)s not yet known", "%(count)s not yet known", unclear) % {
            "count": unclear
        }
    drawn = "".join([_star(14 * place, kind) for place, kind in enumerate(kinds)])
    return format_html(
        '<svg class="stars" viewBox="0 0 {} 12" role="img" aria-label="{}">{}</svg>',
        14 * out_of - 2,
        said,
        mark_safe(drawn),  # noqa: S308
    )


@register.simple_tag
def tally(met: int, unmet: int, unknown: int) -> SafeString:
    """Answers as a graduated rule: met, not met, not yet known, each as wide as its count."""
    said = _("%(met)s met, %(unmet)s not met, %(unknown)s not yet known") % {
        "met": met,
        "unmet": unmet,
        "unknown": unknown,
    }
    parts, at = [], 0
    for kind, width in (("met", met), ("unmet", unmet), ("nk", unknown)):
        parts.append(f'<rect class="{kind}" x="{at * 20}" width="{width * 20}" height="14"/>')
        at += width
    return format_html(
        '<svg class="tally" viewBox="0 0 {} 14" preserveAspectRatio="none" role="img"'
        ' aria-label="{}">{}</svg>',
        max(at, 1) * 20,
        said,
        mark_safe("".join(parts)),  # noqa: S308
    )


@register.simple_tag
def graduated_rule(sections: Sequence[Mapping[str, Any]]) -> SafeString:
    """The black-and-white rule of the masthead: one degree a section, magenta where you are."""
    fields = []
    for place, section in enumerate(sections):
        if section["current"]:
            fields.append(f'<rect class="here" x="{place}" width="1" height="1"/>')
        elif place % 2 == 0:
            fields.append(f'<rect class="odd" x="{place}" width="1" height="1"/>')
    return format_html(
        '<svg class="graduated" viewBox="0 0 {} 1" preserveAspectRatio="none" aria-hidden="true">'
        "{}</svg>",
        max(len(sections), 1),
        mark_safe("".join(fields)),  # noqa: S308
    )


@register.simple_tag(takes_context=True)
def mark_of_person(context: Mapping[str, Any]) -> str:
    """Under which mark this device keeps pages of whoever reads; empty without a log-in."""
    return mark_of(context.get("user"))


@register.simple_tag
def patterns() -> SafeString:
    """The hatch that means "not known"; once on each page."""
    return mark_safe(  # noqa: S308
        '<svg class="patterns" width="0" height="0" aria-hidden="true">'
        f"<defs>{maps.PATTERNS}</defs></svg>"
    )


# Forms -------------------------------------------------------------------------------------------


@register.simple_tag
def field(bound: BoundField, hint: str = "", label: str = "") -> SafeString:
    """A field of a form: label, hint, what is wrong and what would do, control of 44 px."""
    if not isinstance(bound, BoundField):
        raise TypeError(f"field takes a bound field of a form, not {type(bound).__name__}")
    if bound.is_hidden:
        return bound.as_widget()
    label = label or str(bound.label)
    hint = hint or str(bound.help_text)
    number = bound.auto_id or bound.html_name
    says_id, hint_id = f"{number}_error", f"{number}_helptext"
    hint_html = (
        format_html('<span class="hint" id="{}">{}</span>', hint_id, mark_safe(hint))  # noqa: S308  our own words
        if hint
        else ""
    )
    says = (
        format_html_join(
            "",
            '<span class="bad-say" id="{}">{}</span>',
            [(says_id, " ".join(map(str, bound.errors)))],
        )
        if bound.errors
        else ""
    )
    described = " ".join(one for one, there in ((hint_id, hint), (says_id, bound.errors)) if there)
    attributes: dict[str, str | bool] = {"aria-describedby": described} if described else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    bad = " bad" if bound.errors else ""
    optional = (
        ""
        if bound.field.required or bound.form.use_required_attribute is False
        else format_html(' <span class="optional">({})</span>', phrases.OPTIONAL)
    )
    widget = bound.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        ticks = format_html_join(
            "",
            '<label class="tick">{} {}</label>',
            [(choice.tag(), choice.choice_label) for choice in bound.subwidgets],
        )
        return format_html(
            '<fieldset class="field{}"><legend class="label">{}{}</legend>{}{}{}</fieldset>',
            bad, label, optional, hint_html, says, ticks,
        )  # fmt: skip
    if isinstance(widget, CheckboxInput):
        return format_html(
            '<div class="field{}">{}<label class="tick">{} <span>{}</span></label>{}</div>',
            bad, says, bound.as_widget(attrs=attributes), label, hint_html,
        )  # fmt: skip
    if isinstance(widget, Input) and widget.input_type == "hidden":
        return bound.as_widget()
    control = bound.as_widget(attrs=attributes)
    return format_html(
        '<div class="field{}"><label for="{}">{}{}</label>{}{}{}</div>',
        bad, bound.id_for_label, label, optional, hint_html, says, control,
    )  # fmt: skip


@register.simple_tag
def ask(bound: BoundField, label: str = "") -> SafeString:
    """A choice inside a sentence: its word and its select.

    Written straight into a string, because a question line has half a dozen of them.
    """
    number = bound.id_for_label
    chosen = str(bound.value() if bound.value() is not None else "")
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, mark_safe(" selected") if str(value) == chosen else "", word)
            for value, word in bound.field.choices  # type: ignore[attr-defined]
        ),
    )
    return format_html(
        '<label for="{}">{}</label> <select name="{}" id="{}">{}</select>',
        number, label or bound.label, bound.html_name, number, options,
    )  # fmt: skip


@register.simple_block_tag
def field_row(content: str) -> SafeString:
    """Fields side by side where there is room."""
    return format_html('<div class="fieldrow">{}</div>', content)


# Pages -------------------------------------------------------------------------------------------


@register.simple_block_tag
def dialog(content: str, id: str, title: str, inplace: bool = False) -> SafeString:  # noqa: A002, FBT001, FBT002
    """A question that must be answered. `<a href="#id">` opens it; without script in its place."""
    return format_html(
        '<dialog class="dialog{}" id="{}" aria-labelledby="{}-title"{}>'
        '<h2 id="{}-title">{}</h2>{}</dialog>',
        " inplace" if inplace else "",
        id,
        id,
        mark_safe(" open") if inplace else "",
        id,
        title,
        content,
    )


@register.simple_block_tag
def empty(content: str, what: str, when: str, button: str, url: str) -> SafeString:
    """A page with nothing on it yet: what will be here, when, three steps (<li>s), one button."""
    return format_html(
        '<div class="empty"><h1>{}</h1><p class="lead">{}</p><ol class="steps">{}</ol>'
        '<p><a class="btn main" href="{}">{}</a></p></div>',
        what, when, content, url, button,
    )  # fmt: skip


@register.simple_block_tag
def steps(content: str) -> SafeString:
    """Numbered steps (<li>s), one below the other."""
    return format_html('<ol class="steps">{}</ol>', content)


@register.simple_tag(takes_context=True)
def pager(context: Mapping[str, Any], page: Page, parameter: str = "page") -> SafeString:
    """Numbers of pages; every one is reachable, and the rest of the address stays."""
    if page.paginator.num_pages <= 1:
        return SafeString()
    request: HttpRequest | None = context.get("request")
    kept = [
        (key, value)
        for key, values in (request.GET.lists() if request else [])
        for value in values
        if key != parameter
    ]

    def link(number: int | str, word: str, rel: str = "") -> SafeString:
        return format_html(
            '<a href="?{}"{}>{}</a>',
            urlencode([*kept, (parameter, number)]),
            format_html(' rel="{}"', rel) if rel else "",
            word,
        )

    parts = []
    if page.has_previous():
        parts.append(link(page.previous_page_number(), _("Back"), "prev"))
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1):
        if number == page.number:
            parts.append(format_html('<b aria-current="page">{}</b>', number))
        elif not isinstance(number, int):
            parts.append(format_html("<span>{}</span>", number))
        else:
            parts.append(link(number, str(number)))
    if page.has_next():
        parts.append(link(page.next_page_number(), _("Next"), "next"))
    shown = _("%(first)s to %(last)s of %(all)s") % {
        "first": numbers.figure(page.start_index()),
        "last": numbers.figure(page.end_index()),
        "all": numbers.figure(page.paginator.count),
    }
    return format_html(
        '<nav class="pager" aria-label="{}">{} <span class="quiet">{}</span></nav>',
        _("Pages"),
        format_html_join(" ", "{}", [(part,) for part in parts]),
        shown,
    )


# Tables, maps, charts ----------------------------------------------------------------------------


@register.simple_tag
def data_table(table: tables.Table, scroll: str = "") -> SafeString:
    """A table of figures, in a region of its own that scrolls where the page is narrower.

    The region is named by `scroll`, else by the caption.
    """
    if not isinstance(table, tables.Table):
        raise TypeError(f"data_table takes a Table, not {type(table).__name__}")
    html = tables.written(table)
    scroll = scroll or str(table.caption)
    if not scroll or table.cards:
        return html
    return format_html(
        '<div class="scroll" tabindex="0" role="region" aria-label="{}">{}</div>', scroll, html
    )


@register.simple_tag
def source_line(source: str, copyright: str = "") -> SafeString:  # noqa: A002
    """Where the figures come from, below a map, a chart or a table."""
    both = " · ".join(str(part) for part in (copyright, source) if part)
    return format_html('<p class="src">{}</p>', both)


@register.simple_block_tag
def region_map(content: str, source: str, copyright: str = "", says: str = "") -> SafeString:  # noqa: A002
    """A map with its source; `says` stands where map.js names the region under the pointer."""
    return format_html(
        '<figure data-map><div class="mapwrap">{}</div>{}{}</figure>',
        content,
        format_html('<p class="map-says noprint" aria-hidden="true">{}</p>', says) if says else "",
        source_line(source, copyright),
    )


@register.simple_tag
def chart(
    finding: str,
    measure: str,
    wide: str,
    narrow: str = "",
    source: str = "",
    whole: bool = False,  # noqa: FBT001, FBT002
) -> SafeString:
    """A chart: finding, what is measured, the drawing for wide and narrow sheets, source.

    `whole`: the wide drawing takes the whole sheet and needs a screen of 62 rem.
    """
    caption = format_html("<b>{}</b>", finding) if finding else ""
    if measure:
        caption += format_html("<span>{}</span>", measure)
    desk = " desk" if whole else ""
    both = '<div class="only-wide{}">{}</div><div class="only-narrow{}">{}</div>'
    drawn = format_html(both, desk, wide, desk, narrow) if narrow else wide
    return format_html(
        "<figure>{}{}{}</figure>",
        format_html("<figcaption>{}</figcaption>", caption) if caption else "",
        drawn,
        source_line(source) if source else "",
    )


@register.simple_tag
def facts(pairs: Sequence[tuple[str, str]]) -> SafeString:
    """Large figures, each with its sentence: pairs of (figure, what it counts)."""
    return format_html(
        '<dl class="facts">{}</dl>',
        format_html_join(
            "",
            '<div><dt>{}</dt><dd class="figure">{}</dd></div>',
            [(says, figure) for figure, says in pairs],
        ),
    )
