"""`hanse meetings plan FILE` and `hanse meetings check FILE PLAN.json`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import click

from hanse.engines.faults import Unfit
from hanse.engines.meetings.checking import check as check_plan
from hanse.engines.meetings.formats.event import digest
from hanse.engines.meetings.formats.timetable import plan_form, plan_text, seated
from hanse.engines.meetings.market import Market
from hanse.engines.meetings.timetable import Clash, Progress, Status, Timetable, Values
from hanse.meetings.cli.files import FORMATS, event_in, origin_of, plan_in
from hanse.meetings.cli.group import meetings

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
INFEASIBLE, FAULTS, NO_PLAN = 2, 1, 3
EXIT = {Status.INFEASIBLE: INFEASIBLE, Status.STOPPED: NO_PLAN}

as_format = click.option(
    "--format", "form", type=click.Choice(FORMATS), help="What FILE is; else its name says it."
)
as_fairness = click.option(
    "--fairness", type=click.IntRange(0, 10_000), help="Largest difference of breaks; 2 in b2bsop."
)


@meetings.command("plan")
@click.argument("file", type=FILE)
@as_format
@as_fairness
@click.option("--steps", type=click.IntRange(min=0), help="The budget; the same plan everywhere.")
@click.option("--seconds", type=click.FloatRange(min=0), help="A cap; the steps made are printed.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=0, show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the plan.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON and nothing else.")
def plan_file(
    *,
    file: Path,
    form: str | None,
    fairness: int | None,
    steps: int | None,
    seconds: float | None,
    seed: int,
    out: Path | None,
    as_json: bool,
) -> None:
    """Plan FILE. Exit 0 with a plan, 2 if there can be none, 3 if none was found."""
    from hanse.engines.meetings.plan import plan

    market = event_in(file, form, fairness)
    began = time.perf_counter()
    follow = None if as_json else _follow
    try:
        found = plan(market, steps=steps, seed=seed, seconds=seconds, progress=follow)
    except Unfit as no:
        raise click.ClickException(str(no)) from None
    took = time.perf_counter() - began
    if out is not None:
        _write(out, plan_text(plan_form(market, found, origin=origin_of(file, form))))
    said = in_words(market, found, took, origin_of(file, form))
    click.echo(json.dumps(told(market, found, took)) if as_json else said)
    sys.exit(EXIT.get(found.status, 0))


def _write(out: Path, text: str) -> None:
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as no:
        raise click.ClickException(f"{out} cannot be written: {no.strerror}.") from no


def _follow(found: Progress) -> bool:
    if found.value is not None:
        bound = f" of at most {found.bound.held}" if found.bound else ""
        click.echo(
            f"\r{found.steps:>14,} steps  {found.value.held} held{bound}, "
            f"{found.value.breaks} breaks  ",
            nl=False,
            err=True,
        )
    return False


def told(market: Market, found: Timetable, seconds: float) -> dict[str, Any]:
    """The line of a run, for programs."""
    value, bound = found.value, found.bound
    return {
        "status": found.status.value,
        "held": value.held if value else None,
        "of": len(market.meetings),
        "breaks": value.breaks if value else None,
        "bound": {"held": bound.held, "breaks": bound.breaks} if bound else None,
        "seconds": round(seconds, 3),
        "steps": found.steps,
        "seed": found.seed,
        "engine": found.engine,
    }


def in_words(market: Market, found: Timetable, seconds: float, origin: int) -> str:
    """The same for people, in the numbers of the file."""
    if found.value is None:
        why = f": {clash_said(found.clash, origin)}" if found.clash else ""
        return f"\n{found.status.value}{why} ({seconds:.1f} s)"
    bound = found.bound
    at_most = f" (at most {bound.held})" if bound else ""
    at_least = f" (at least {bound.breaks})" if bound else ""
    return (
        f"\n{found.status.value}: {found.value.held}{at_most} of {len(market.meetings)} meetings, "
        f"{found.value.breaks} breaks{at_least}, {found.steps:,} steps in {seconds:.1f} s"
    )


@meetings.command("check")
@click.argument("file", type=FILE)
@click.argument("plan", type=FILE)
@as_format
@as_fairness
def check_file(*, file: Path, plan: Path, form: str | None, fairness: int | None) -> None:
    """Look whether PLAN keeps every rule of FILE and is what it says. Exit 0, or 1 with faults."""
    told_plan = plan_in(plan, origin_of(file, form))
    if fairness is None and isinstance(stated := json.loads(plan.read_text()), dict):
        fairness = stated.get("fairness")
        if type(fairness) not in (int, type(None)):
            raise click.ClickException(f"{plan}: no plan: fairness is a whole number, or left out")
    market = event_in(file, form, fairness)
    verdict = check_plan(market, seated(market, told_plan))
    faults = list(map(str, verdict.faults))
    if told_plan.input and told_plan.input != digest(market):
        faults.insert(0, "the plan was made for another event: its digest differs")
    for fault in faults:
        click.echo(f"fault: {fault}")
    if verdict.values is not None:
        click.echo(values_said(market, verdict.values))
    for claim in verdict.unchecked:
        click.echo(f"not checked: {claim}")
    click.echo("faults found" if faults else "valid")
    sys.exit(FAULTS if faults else 0)


def clash_said(clash: Clash, origin: int) -> str:
    """The kind of a clash and its meetings; its participants where fairness alone is in the way."""
    what = ("meetings", clash.meetings) if clash.meetings else ("fairness of", clash.participants)
    return f"{clash.kind}, {what[0]} {[one + origin for one in what[1]]}"


def values_said(market: Market, values: Values) -> str:
    return (
        f"held {values.held} of {len(market.meetings)}, weight {values.weight}, "
        f"breaks {values.breaks}, least share {values.least_share}, "
        f"table changes {values.changes}, walking {values.walking} min, distance {values.distance}"
    )
