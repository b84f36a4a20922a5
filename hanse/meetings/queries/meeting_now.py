"""Who could meet in a slot besides what is planned: by the rules that the engine plans by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from hanse.engines.meetings.market import Market
from hanse.engines.meetings.market import Meeting as Wanting
from hanse.engines.meetings.seating import Board, Seat
from hanse.meetings.models import Marketplace, MeetingSeat, MeetingSlot
from hanse.meetings.queries.event_input import Rows, market_of, rows_of
from hanse.meetings.rules.planning import Wanted


@dataclass(frozen=True)
class Place:
    """Who sits down, by party, and at which table (None: online): numbers of rows here."""

    representatives: Mapping[int, int]
    table: int | None


def places_in(
    marketplace: Marketplace, slot: MeetingSlot, pairs: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], Place]:
    """A place in a slot for each of these pairs of parties that nothing is against."""
    rows = rows_of(marketplace, locked=False)
    number = rows.slot_numbers.get(slot.pk)
    there = [pair for pair in pairs if all(rows.by_party.get(one) for one in pair)]
    board, besides = board_now(rows, [[rows.by_party[one] for one in pair] for pair in there])
    found = {}
    for meeting, pair in zip(besides, there, strict=True):
        seat = _free_seat(board, meeting, number)
        if seat is not None:
            found[pair] = _place(board.market, pair, seat)
    return found


def who_takes_over(seat: MeetingSeat, colleagues: Iterable[int]) -> int | None:
    """The first of these representatives who can sit down in somebody's place, as the meeting
    stands: not busy, no talk of their own, within their limits, in time for their next table."""
    others = sorted(colleagues)
    if not others or seat.slot_id is None:
        return None
    rows = rows_of(seat.meeting.marketplace, locked=False, among=(seat.party_id,))
    board, _none = board_now(rows, [])
    slot = rows.slot_numbers[seat.slot_id]
    goes = rows.numbers.get(seat.representative_id or 0)
    meeting = None if goes is None else board.at.get((goes, slot))
    if meeting is None:
        return None
    held = board.lift(meeting)
    for one in others:
        comes = rows.numbers.get(one)
        if comes is None or (comes, slot) in board.at:
            continue
        people = tuple(comes if person == goes else person for person in held.people)
        if board.may_stay(meeting, replace(held, people=people)):
            return one
    return None


def board_now(rows: Rows, pairs: Iterable[Sequence[Sequence[int]]]) -> tuple[Board, range]:
    """What people have, seated, and the numbers of meetings besides: of pairs of sides, who may
    sit on each. `rows` keep what people have, wished or not (not `locked`)."""
    market = market_of(rows, Wanted())
    wanted = tuple(Wanting(sides=tuple(map(tuple, sides))) for sides in pairs)
    first = len(market.meetings)
    board = Board(replace(market, meetings=(*market.meetings, *wanted)))
    for one in market.published:
        board.seat(one.meeting, Seat(one.slot, one.table, one.participants))
    return board, range(first, first + len(wanted))


def _free_seat(board: Board, meeting: int, slot: int | None) -> Seat | None:
    for seat in board.places(meeting):
        if seat.slot == slot and board.blockers(meeting, seat) == ():
            at_table = board.with_table(meeting, seat)
            if at_table is not None:
                return at_table
    return None


def _place(market: Market, pair: tuple[int, int], seat: Seat) -> Place:
    people = [int(market.participants[one].name) for one in seat.people]
    table = None if seat.table is None else int(market.tables[seat.table].name)
    return Place(dict(zip(pair, people, strict=True)), table)
