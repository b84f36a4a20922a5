"""A plan as tables: for everybody, for each table, for each hour; as files and on paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hanse.kit.folding import fold
from hanse.kit.paper import Paper, PaperTable, as_pdf
from hanse.kit.sheets import Column, Sheet
from hanse.meetings.queries.drafts import Whole
from hanse.meetings.queries.event_input import parties_of
from hanse.meetings.queries.times import moment_said, table_said

PERSON, TABLE, HOUR = "parties", "tables", "hours"
KINDS = (PERSON, TABLE, HOUR)
Line = tuple[datetime, str, Sequence[str], Sequence[int]]


def lines_of(shown: Whole) -> list[Line]:
    """When, where, who with whom, by the order of time and table."""
    found: list[Line] = []
    for one in sorted(shown.plan.meetings, key=lambda one: (one.slot, one.table or -1)):
        table = shown.table_name(one.table)
        parties = sorted(parties_of(shown.market, one.meeting))
        found.append((shown.starts(one.slot), table, shown.names_of(one.meeting), parties))
    return found


def sheet_of(shown: Whole) -> Sheet:
    """One row a meeting, for programs."""
    return Sheet(
        name="meetings",
        title=_("Meetings"),
        columns=(
            Column("starts_at", _("Begins, with the offset of the place")),
            Column("table", _("Table; empty: online")),
            Column("first", _("Party")),
            Column("second", _("Other party")),
        ),
        rows=tuple(
            (at.isoformat(), table, names[0], ", ".join(names[1:]))
            for at, table, names, _parties in lines_of(shown)
        ),
        notes=(
            _("Draft %(number)s, engine %(engine)s, seed %(seed)s, %(steps)s steps.")
            % {
                "number": shown.draft.number,
                "engine": shown.plan.engine,
                "seed": shown.plan.seed,
                "steps": shown.plan.steps,
            },
        ),
    )


def unmet_sheet(shown: Whole, reasons: Sequence[tuple[str, str]]) -> Sheet:
    """One row a wish that is not met, by person."""
    return Sheet(
        name="unmet",
        title=_("Unmet wishes"),
        columns=(
            Column("first", _("Party")),
            Column("second", _("Other party")),
            Column("points", _("Points")),
            Column("code", _("Reason, as a code")),
            Column("reason", _("Reason")),
            Column("change", _("What would change it")),
        ),
        rows=tuple(
            (one.first, one.second, one.weight, one.reason.value, why, change)
            for one, (why, change) in zip(shown.unmet, reasons, strict=True)
        ),
    )


def printed(shown: Whole, kind: str) -> bytes:
    """A PDF to hand out or to hang up."""
    parts = {PERSON: _by_party, TABLE: _by_table, HOUR: _by_hour}[kind](shown)
    titles = {
        PERSON: _("Meetings of each party"),
        TABLE: _("Meetings at each table"),
        HOUR: _("Meetings hour by hour"),
    }
    event = shown.draft.marketplace.event
    clock = _("Hours on the clock of the place (%(zone)s).") % {"zone": shown.zone}
    return as_pdf(
        Paper(
            language=get_language() or "en",
            title=titles[kind],
            lead=str(event),
            kicker=_("Draft %(number)s") % {"number": shown.draft.number},
            parts=tuple(parts),
            notes=(_standing(shown), clock),
            own_pages=kind != HOUR,
        )
    )


def _standing(shown: Whole) -> str:
    """Whether this is what people have."""
    place = shown.draft.marketplace
    version = place.published.filter(draft=shown.draft).order_by("-number").first()
    if version is None:
        return _("Not published.")
    facts = {"number": version.number, "serving": place.published_number}
    if version.number == place.published_number:
        return _("Version %(number)s, the one that is published.") % facts
    return _("Version %(number)s; version %(serving)s has taken its place.") % facts


def _by_party(shown: Whole) -> list[PaperTable]:
    rows: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for at, table, _names, parties in lines_of(shown):
        for party in parties:
            others = ", ".join(shown.names.get(one, "–") for one in parties if one != party)
            rows[party].append((moment_said(at), table_said(table), others))
    heads = (_("When"), _("Where"), _("With"))
    return [
        PaperTable(shown.names.get(party, "–"), heads, tuple(lines), widths=(3, 2, 7))
        for party, lines in sorted(rows.items(), key=lambda one: fold(shown.names.get(one[0], "–")))
    ]


def _by_table(shown: Whole) -> list[PaperTable]:
    rows: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for at, table, names, _parties in lines_of(shown):
        rows[table].append((moment_said(at), *_two(names)))
    heads = (_("When"), _("Party"), _("Other party"))
    order = [shown.table_name(table) for table in range(len(shown.market.tables))]
    return [
        PaperTable(table_said(table), heads, tuple(rows[table]), widths=(3, 5, 5))
        for table in [*order, ""]
        if rows[table]
    ]


def _by_hour(shown: Whole) -> list[PaperTable]:
    rows: dict[datetime, list[tuple[str, ...]]] = defaultdict(list)
    for at, table, names, _parties in lines_of(shown):
        rows[at].append((table_said(table), *_two(names)))
    heads = (_("Where"), _("Party"), _("Other party"))
    return [
        PaperTable(moment_said(at), heads, tuple(lines), widths=(2, 5, 5))
        for at, lines in rows.items()
    ]


def _two(names: Sequence[str]) -> tuple[str, str]:
    return names[0], ", ".join(names[1:])
