"""`hanse meetings repair FILE PLAN.json CHANGES.json`."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import click

from hanse.engines.faults import Unfit
from hanse.engines.meetings.formats.changes import read_changes
from hanse.engines.meetings.formats.timetable import plan_form, plan_text, seated
from hanse.engines.meetings.repair import Option, repair
from hanse.meetings.cli.files import event_in, origin_of, plan_in, text_of
from hanse.meetings.cli.group import meetings
from hanse.meetings.cli.planning import FILE, as_fairness, as_format


@meetings.command("repair")
@click.argument("file", type=FILE)
@click.argument("plan", type=FILE)
@click.argument("changes", type=FILE)
@as_format
@as_fairness
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Write a plan an option there."
)
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON and nothing else.")
def repair_file(
    *,
    file: Path,
    plan: Path,
    changes: Path,
    form: str | None,
    fairness: int | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Up to three ways to go on from PLAN after CHANGES; what began never moves."""
    market, origin = event_in(file, form, fairness), origin_of(file, form)
    before = seated(market, plan_in(plan, origin))
    try:
        now, what = read_changes(text_of(changes), market, origin=origin)
        began = time.perf_counter()
        after, options = repair(market, before.meetings, what, now)
    except Unfit as no:
        raise click.ClickException(f"{changes}: {no}") from None
    seconds = time.perf_counter() - began
    if out is not None:
        from hanse.engines.meetings.plan import repaired

        out.mkdir(parents=True, exist_ok=True)
        for one in options:
            text = plan_text(plan_form(after, repaired(after, one), origin=origin))
            (out / f"{one.name}.json").write_text(text, encoding="utf-8")
    told = [counts(one, origin) for one in options]
    if as_json:
        click.echo(json.dumps({"options": told, "seconds": round(seconds, 3)}))
        return
    for each in told:
        click.echo(
            f"{each['option']}: {each['saved']} of {each['broken']} saved, {each['lost']} lost, "
            f"{each['gained']} gained, {each['moved']} moved, {each['told']} people told"
        )
    click.echo(f"{seconds:.2f} s")


def counts(one: Option, origin: int) -> dict[str, Any]:
    """The trade-off of an option."""
    return {
        "option": one.name,
        "broken": len(one.broken),
        "saved": len(one.saved),
        "lost": len(one.lost),
        "gained": len(one.gained),
        "moved": len(one.moved),
        "told": len(one.told),
        "held": one.values.held,
        "breaks": one.values.breaks,
        "people": [person + origin for person in one.told],
    }
