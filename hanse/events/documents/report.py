"""The report as tables, as a drawing, as a file of rows and on paper."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from hanse.events.documents.tickets import span_of
from hanse.events.queries.report import Division, Report, definitions
from hanse.events.rules.report import FEWEST, Group, for_paper, together
from hanse.kit.charts import NARROW, WIDE, Part, bars
from hanse.kit.numbers import day, figure, percent
from hanse.kit.paper import Paper, PaperTable, as_pdf
from hanse.kit.sheets import Column as SheetColumn
from hanse.kit.sheets import Sheet
from hanse.kit.tables import Bar, Column, Named, Row, Table, Unknown

DRAWN = 12


def table_of(division: Division) -> Table:
    """One division, with a bar of those who came."""
    longest = max((row.came for _name, row in division.rows), default=0) or 1
    return Table(
        columns=(
            Column(division.head, "head"),
            Column(_("Invited"), "number"),
            Column(_("Registered"), "number"),
            Column(_("Came"), "number"),
            Column(_("Came, as a bar"), "bar", hidden_head=True, narrow="hides"),
            Column(_("Came of registered"), "percent", narrow="hides"),
        ),
        rows=[
            Row(
                (
                    Named(name),
                    row.invited,
                    row.registered,
                    row.came,
                    Bar(row.came / longest),
                    row.share if row.share is not None else Unknown(_("nobody registered")),
                )
            )
            for name, row in division.rows
        ],
    )


def table_of_sessions(found: Report) -> Table:
    longest = max((one.came for one in found.sessions), default=0) or 1
    return Table(
        columns=(
            Column(_("Session"), "head"),
            Column(_("Begins")),
            Column(_("Seats given")),
            Column(_("Came"), "number"),
            Column(_("Came, as a bar"), "bar", hidden_head=True, narrow="hides"),
        ),
        rows=[
            Row(
                (
                    Named(str(one.session)),
                    f"{one.session.starts_there:%d.%m. %H:%M}",
                    figure(one.seats) if one.session.needs_booking else "",
                    one.came,
                    Bar(one.came / longest),
                )
            )
            for one in found.sessions
        ],
    )


def drawn(found: Report) -> tuple[SafeString, SafeString] | None:
    """Who came, by country: the largest ones, for wide and for narrow sheets."""
    countries = next(one for one in found.divisions if one.code == "country")
    parts = [Part(name, row.came, figure(row.came)) for name, row in countries.rows if row.came][
        :DRAWN
    ]
    if not parts:
        return None
    label = _("Who came, by country")
    return bars(parts, label=label, width=WIDE), bars(parts, label=label, width=NARROW)


def sheet_of(found: Report) -> Sheet:
    """One row a group: all numbers in full, for the organisers' own use."""
    rows: list[tuple[str, str, int, int, int]] = [("all", _("all"), *_counts(found.all))]
    for division in found.divisions:
        rows += [(division.code, name, *_counts(row)) for name, row in division.rows]
    rows += [
        (
            "session",
            f"{one.session} {one.session.starts_there:%Y-%m-%d %H:%M}",
            0,
            one.seats,
            one.came,
        )
        for one in found.sessions
    ]
    return Sheet(
        name=f"{found.event.slug}-report",
        title=str(found.event),
        columns=(
            SheetColumn("division", _("How people are divided"), is_dimension=True),
            SheetColumn("group", _("Group"), is_dimension=True),
            SheetColumn("invited", _("Invited"), _("persons")),
            SheetColumn("registered", _("Registered; of a session: seats given"), _("persons")),
            SheetColumn("came", _("Came"), _("persons")),
        ),
        rows=tuple(rows),
        notes=(
            _("State of %(day)s") % {"day": day(found.made_at)},
            _("Groups of fewer than %(fewest)s people could be somebody: for the organisers only.")
            % {"fewest": FEWEST},
            *(f"{word}: {text}" for word, text in definitions()),
        ),
    )


def _counts(row: Group) -> tuple[int, int, int]:
    return row.invited, row.registered, row.came


def report_pdf(found: Report, title: str) -> bytes:
    """On paper small groups are joined, since paper travels; it says so."""
    feedback = found.feedback
    facts = (
        (figure(found.all.invited), _("invited")),
        (figure(found.all.registered), _("registered")),
        (figure(found.all.came), _("came")),
        (percent(feedback.rate) or "–", _("of them gave feedback")),
    )
    return as_pdf(
        Paper(
            language=get_language() or "en",
            title=title,
            lead=f"{found.event}, {span_of(found.event)}",
            kicker=str(found.event.series),
            facts=facts,
            parts=(
                *(_paper_table(one) for one in found.divisions if one.rows),
                *_paper_sessions(found),
                *_paper_scores(found),
                _paper_definitions(),
            ),
            notes=(_("State of %(day)s") % {"day": day(found.made_at)},),
        )
    )


def _paper_table(division: Division) -> PaperTable:
    names = {row.code: name for name, row in division.rows}
    shown, joined = for_paper([row for _name, row in division.rows])
    lines = [(names[row.code], *map(figure, _counts(row))) for row in shown]
    if joined:
        says = _("%(count)s groups together") % {"count": len(joined)}
        lines.append((says, *map(figure, _counts(together(joined)))))
    note = _("Groups in which fewer than %(fewest)s people are counted stand together with others.")
    return PaperTable(
        title=division.title,
        heads=(division.head, _("Invited"), _("Registered"), _("Came")),
        rows=tuple(lines),
        right=(1, 2, 3),
        widths=(5, 2, 2, 2),
        note=note % {"fewest": FEWEST} if joined else "",
    )


def _paper_sessions(found: Report) -> list[PaperTable]:
    if not found.sessions:
        return []
    return [
        PaperTable(
            title=_("Counted at the doors of sessions"),
            heads=(_("Session"), _("Begins"), _("Came")),
            rows=tuple(
                (
                    str(one.session),
                    f"{one.session.starts_there:%d.%m. %H:%M}",
                    figure(one.came)
                    if not 0 < one.came < FEWEST
                    else _("fewer than %(fewest)s") % {"fewest": FEWEST},
                )
                for one in found.sessions
            ),
            right=(2,),
            widths=(6, 2, 2),
        )
    ]


def _paper_scores(found: Report) -> list[PaperTable]:
    feedback = found.feedback
    if feedback.answers < FEWEST:
        return []
    return [
        PaperTable(
            title=_("What they said"),
            heads=(_("Question"), _("Answers"), _("Mean of 1 to 5")),
            rows=tuple(
                (word, figure(one.answers), figure(one.mean, 1)) for word, one in feedback.scores
            ),
            right=(1, 2),
            widths=(6, 2, 2),
        )
    ]


def _paper_definitions() -> PaperTable:
    return PaperTable(
        title=_("What the numbers mean"),
        heads=(pgettext("how many", "Number"), _("Definition")),
        rows=tuple(definitions()),
        widths=(2, 8),
    )
