"""The officers' table as a file."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hanse.calls.models import Call
from hanse.calls.queries.desk import Row
from hanse.calls.queries.status import answers_in_words
from hanse.kit.sheets import Column, Sheet


def exported(call: Call, rows: Sequence[Row], address: str) -> Sheet:
    columns = (
        Column("number", _("Number of the application")),
        Column("organisation", _("Organisation")),
        Column("country", _("Country")),
        Column("kind", _("Kind")),
        Column("sectors", _("Sectors")),
        Column("newcomer", _("Never selected in an earlier call here")),
        Column("cut_off", _("Cut-off")),
        Column("late", _("Late, at own cost")),
        Column("sent_at", _("Sent"), "UTC"),
        Column("rules", _("What the rules say: met, unmet, unknown")),
        Column("points", _("Points, mean of the officers")),
        Column("officers", _("Officers who gave points")),
        Column("state", _("State")),
        Column("is_told", _("Its side knows")),
        Column("reserve_place", _("Place on the reserve list")),
        Column("answers", _("Answers")),
    )
    return Sheet(
        name=call.slug,
        title=call.said_title,
        columns=columns,
        rows=tuple(_row(row) for row in rows),
        notes=(address, _("For the officers of the call; not to be published.")),
    )


def _row(row: Row) -> tuple[str | int | float | bool | None, ...]:
    one = row.application
    return (
        one.number,
        one.organisation.name,
        one.organisation.country,
        one.organisation.kind,
        " ".join(row.traits.get("sectors", ())),
        bool(row.traits.get("newcomer")),
        one.cut_off.number if one.cut_off else None,
        one.is_late,
        one.submitted_at.isoformat(timespec="seconds") if one.submitted_at else None,
        one.answer,
        row.points.mean,
        row.points.officers,
        one.state,
        not row.is_untold,
        one.reserve_place,
        "\n".join(f"{question}: {said}" for question, said in answers_in_words(one)),
    )
