"""A list of wishes beside what is said already: what it would change, and what nobody can be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from hanse.kit.refusals import Refusal
from hanse.meetings.models import Marketplace, Party, Representative, Wish
from hanse.meetings.queries.market import parties_there
from hanse.meetings.rules.refusing import refusal
from hanse.meetings.rules.wish_lists import Fault, Row


@dataclass(frozen=True)
class Line:
    """A row with the parties that it names; `wish`: what is said now."""

    row: Row
    wisher: Party
    wished: Party
    wish: Wish | None = None

    @property
    def before(self) -> str:
        return self.wish.strength if self.wish else ""

    @property
    def is_new(self) -> bool:
        return self.wish is None


@dataclass(frozen=True)
class Preview:
    """What a list would do."""

    lines: Sequence[Line]
    same: int
    faults: Sequence[Fault]

    @property
    def new(self) -> int:
        return sum(one.is_new for one in self.lines)

    @property
    def changed(self) -> int:
        return len(self.lines) - self.new


def preview_of(market: Marketplace, rows: Iterable[Row], faults: Sequence[Fault]) -> Preview:
    known = names_in(market)
    said = {
        (one.wisher_id, one.wished_id): one
        for one in Wish.objects.filter(wisher__marketplace=market)
    }
    lines: list[Line] = []
    wrong, same = list(faults), 0
    seen: dict[tuple[int, int], int] = {}
    for row in rows:
        wisher, wished = named(known, row.wisher), named(known, row.wished)
        if isinstance(against := _against(row, wisher, wished, seen), Refusal):
            wrong.append(Fault(row.number, f"{row.wisher} → {row.wished}"[:160], against))
            continue
        one, other = against
        before = said.get((one.pk, other.pk))
        if before and (before.strength, before.says) == (row.strength, row.sentence):
            same += 1
        else:
            lines.append(Line(row, one, other, before))
    return Preview(lines, same, sorted(wrong, key=lambda one: one.row))


def _against(
    row: Row, wisher: Party | Refusal, wished: Party | Refusal, seen: dict[tuple[int, int], int]
) -> tuple[Party, Party] | Refusal:
    if isinstance(wisher, Refusal):
        return wisher
    if isinstance(wished, Refusal):
        return wished
    if wisher.pk == wished.pk:
        return refusal("wishes_itself")
    pair = (wisher.pk, wished.pk)
    if pair in seen:
        return refusal("row_twice", row=seen[pair])
    seen[pair] = row.number
    return wisher, wished


def names_in(market: Marketplace) -> dict[str, set[Party]]:
    """Parties by all that names them: their name, their profile's, addresses of their people."""
    known: defaultdict[str, set[Party]] = defaultdict(set)
    parties = {one.pk: one for one in parties_there(market)}
    for one in parties.values():
        known[one.name.casefold()].add(one)
        if one.organisation:
            known[one.organisation.name.casefold()].add(one)
            known[one.organisation.slug].add(one)
    people = Representative.objects.filter(party__in=parties).values_list(
        "party", "registration__email"
    )
    for number, email in people:
        if email:
            known[email.casefold()].add(parties[number])
    return known


def named(known: dict[str, set[Party]], typed: str) -> Party | Refusal:
    found = known.get(typed.casefold(), set())
    if not found:
        return refusal("unknown_party", typed=typed[:80])
    if len(found) > 1:
        return refusal("named_twice", typed=typed[:80])
    return next(iter(found))


# As a file ---------------------------------------------------------------------------------------

FIELDS = ("wisher", "wisher_email", "wished", "wished_email", "strength", "sentence", "said")


def wishes_as_rows(market: Marketplace) -> list[dict[str, Any]]:
    """All that was said, as it can be taken in again."""
    people = Representative.objects.filter(party__marketplace=market).order_by("-pk")
    emails = dict(people.values_list("party", "registration__email"))
    wishes = Wish.objects.filter(
        wisher__marketplace=market, wisher__left_at__isnull=True, wished__left_at__isnull=True
    ).select_related("wisher", "wished")
    return [
        {
            "wisher": one.wisher.name,
            "wisher_email": emails.get(one.wisher_id, ""),
            "wished": one.wished.name,
            "wished_email": emails.get(one.wished_id, ""),
            "strength": one.strength,
            "sentence": one.says,
            "said": one.made_at.isoformat(timespec="minutes"),
        }
        for one in wishes
    ]
