"""The funnel as a drawing and as tables."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hanse.kit.charts import NARROW, WIDE, Part, bars
from hanse.kit.numbers import figure, percent
from hanse.kit.sheets import Column as SheetColumn
from hanse.kit.sheets import Sheet
from hanse.kit.tables import Column, Named, Row, Table, Unknown
from hanse.meetings.queries.funnel import Division, Outcomes
from hanse.meetings.rules.funnel import Funnel, Rate


def stages(one: Funnel) -> list[tuple[str, int]]:
    """The stages in their order."""
    return [
        (_("wished by one side"), one.wished),
        (_("wanted by both"), one.accepted),
        (_("planned"), one.planned),
        (_("took place"), one.held),
        (_("something follows"), one.followed),
        (_("cooperation"), one.cooperating),
    ]


def drawn(one: Funnel) -> tuple[SafeString, SafeString] | None:
    if not one.wished:
        return None
    parts = [Part(name, count, figure(count)) for name, count in stages(one)]
    label = _("From wishes to cooperation")
    return bars(parts, label=label, width=WIDE), bars(parts, label=label, width=NARROW)


def rates(one: Funnel) -> list[tuple[str, str, str]]:
    """Name, value with its counts, definition."""
    return [
        (
            _("Acceptance"),
            said(one.acceptance),
            _("pairs that both sides want, of pairs that one side wished"),
        ),
        (
            _("Meetings a party"),
            "–" if one.per_party is None else figure(one.per_party, 1),
            _("planned meetings, counted for each side, over all parties"),
        ),
        (
            _("Kept"),
            said(one.kept),
            _(
                "took place, of those of which that is known: a side said so, and none denies it. "
                "Of %(count)s nobody said, or the sides differ."
            )
            % {"count": figure(one.unknown)},
        ),
        (
            _("Answers on the day"),
            said(one.answered),
            _("sides that said whether it took place, of sides of planned meetings"),
        ),
        (
            _("Would meet again"),
            said(one.again),
            _("sides that would, of sides that said"),
        ),
        (
            _("Answers half a year later"),
            said(one.answered_later),
            _("sides that said what came of it, of sides that were asked"),
        ),
        (
            _("Confirmed by both sides"),
            said(one.confirmed),
            _("of meetings of which at least one side reports a project or an agreement"),
        ),
    ]


def said(rate: Rate) -> str:
    """“62 % (31 of 50)”; a dash where nobody could be counted."""
    if rate.share is None:
        return "–"
    facts = {"share": percent(rate.share), "yes": figure(rate.yes), "of": figure(rate.of)}
    return _("%(share)s (%(yes)s of %(of)s)") % facts


def table_of(division: Division) -> Table:
    return Table(
        columns=(
            Column(division.head, "head"),
            Column(_("Parties"), "number"),
            Column(_("Wanted by both"), "number"),
            Column(_("Planned"), "number"),
            Column(_("Took place"), "number"),
            Column(_("Planned of wanted"), "percent"),
            Column(_("Planned a party"), "number", decimals=1, narrow="hides"),
        ),
        rows=[
            Row(
                (
                    Named(name),
                    row.parties,
                    row.wanted,
                    row.planned,
                    row.held,
                    row.share if row.share is not None else Unknown(_("nothing wanted")),
                    Unknown("–") if row.per_party is None else row.per_party,
                )
            )
            for name, row in division.rows
        ],
    )


def sheet_of(found: Outcomes) -> Sheet:
    """Stages and rates, one row each, with their definitions."""
    rows: Sequence[tuple[str, str, str]] = [
        *((name, str(count), "") for name, count in stages(found.funnel)),
        *rates(found.funnel),
    ]
    return Sheet(
        name="meetings-outcomes",
        title=_("From wishes to cooperation"),
        columns=(
            SheetColumn("what", _("What")),
            SheetColumn("value", _("Value")),
            SheetColumn("definition", _("Definition")),
        ),
        rows=tuple(rows),
    )
