"""`hanse meetings ask FILE --tables | --slot | --minimum N`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hanse.engines.meetings.market import Market
from hanse.meetings.cli.files import event_in, origin_of
from hanse.meetings.cli.group import meetings
from hanse.meetings.cli.planning import FILE, as_fairness, as_format

if TYPE_CHECKING:
    from hanse.engines.meetings.questions import (
        OneMoreSlot,
        Outlook,
        PriceOfMinimum,
        TablesNeeded,
    )


@meetings.command("ask")
@click.argument("file", type=FILE)
@click.option("--tables", is_flag=True, help="How many tables are enough?")
@click.option("--slot", is_flag=True, help="What would one more slot bring, session by session?")
@click.option(
    "--minimum",
    type=click.IntRange(min=0),
    help="What does it cost to guarantee newcomers so many meetings?",
)
@as_format
@as_fairness
@click.option("--steps", type=click.IntRange(min=0), help="For each plan; more are more exact.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=0, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON and nothing else.")
def ask_file(
    *,
    file: Path,
    tables: bool,
    slot: bool,
    minimum: int | None,
    form: str | None,
    fairness: int | None,
    steps: int | None,
    seed: int,
    as_json: bool,
) -> None:
    """Answer one question about FILE before it is planned. "At most" is proved, the rest found."""
    from hanse.engines.meetings import questions

    if tables + slot + (minimum is not None) != 1:
        raise click.UsageError("Ask one question: --tables, --slot or --minimum N.")
    market, origin = event_in(file, form, fairness), origin_of(file, form)
    steps = questions.STEPS if steps is None else steps
    if tables:
        needed = questions.tables_needed(market, steps=steps, seed=seed)
        told, said = told_tables(needed), said_tables(market, needed)
    elif slot:
        more = questions.one_more_slot(market, steps=steps, seed=seed)
        told, said = told_slots(more, origin), said_slots(more, origin)
    else:
        price = questions.price_of_minimum(market, minimum or 0, steps=steps, seed=seed)
        told, said = told_price(price), said_price(price)
    click.echo(json.dumps({**told, "steps": steps, "seed": seed}) if as_json else said)


def told_tables(found: TablesNeeded) -> dict[str, Any]:
    """The answer about tables, for programs."""
    rows = [{"tables": one.tables, **asdict(one.outlook)} for one in found.rows]
    return {
        "question": "tables",
        "fewest": found.fewest,
        "enough": found.enough,
        "each_below": found.each_below,
        "rows": rows,
    }


def said_tables(market: Market, found: TablesNeeded) -> str:
    """The same for people."""
    rows = [f"{one.tables:>7} tables  {outlook_said(one.outlook)}" for one in found.rows]
    needed = f"at least {found.fewest} are needed for that"
    if found.each_below:
        needed += f", each below costs about {found.each_below:.1f} meetings"
    own = f"the event has {len(market.tables)}"
    return "\n".join([*rows, f"{found.enough} tables hold as much as any more; {needed}; {own}"])


def told_slots(found: OneMoreSlot, origin: int) -> dict[str, Any]:
    """The answer about slots, for programs."""
    sessions = [
        {"session": one.session, "after": one.after + origin, **asdict(one.outlook)}
        for one in found.sessions
    ]
    return {"question": "slot", "now": asdict(found.now), "sessions": sessions}


def said_slots(found: OneMoreSlot, origin: int) -> str:
    """The same for people."""
    rows = [f"as it is                 {outlook_said(found.now)}"]
    for one in found.sessions:
        more = one.outlook.held - found.now.held
        where = f"one more after slot {one.after + origin}"
        rows.append(f"{where:<24} {outlook_said(one.outlook)}, {more:+} meetings")
    return "\n".join(rows)


def told_price(found: PriceOfMinimum) -> dict[str, Any]:
    """The answer about a guaranteed minimum, for programs."""
    return {
        "question": "minimum",
        "meetings": found.meetings,
        "weight": found.weight,
        **asdict(found),
    }


def said_price(found: PriceOfMinimum) -> str:
    """The same for people."""
    reach = f"of {found.newcomers} newcomers reach {found.minimum}"
    rows = [
        f"without  {outlook_said(found.without)}, {found.reach_without} {reach}",
        f"with     {outlook_said(found.guaranteed)}, {found.reach} {reach}",
    ]
    if found.guaranteed.kept:
        rows.append(f"it costs {found.meetings} meetings, {found.weight} in weight")
    return "\n".join(rows)


def outlook_said(one: Outlook) -> str:
    """An outlook in a few words."""
    said = f"{one.held} held (at most {one.most_held})"
    if (one.weight, one.most_weight) != (one.held, one.most_held):
        said += f", weight {one.weight} (at most {one.most_weight})"
    return said if one.kept else f"{said}, not all rules kept"
