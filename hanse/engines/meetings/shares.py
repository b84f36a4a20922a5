"""The smallest share of its wishes that a party has held, made as large as exchanges can."""

from numba import njit

from hanse.engines.meetings.arrays import PARTY, SIDES, WANTED, Arrays
from hanse.engines.meetings.board import CHOSEN, FLOOR, FORBIDDEN, HELD, SLOT, Board
from hanse.engines.meetings.exchange import NOBODY, exchange
from hanse.engines.meetings.insertion import insert


@njit(cache=True, nogil=True)
def least_shared(arrays: Arrays, board: Board) -> int:
    """The party with the smallest share of meetings held; -1 where nobody wishes."""
    least = -1
    for party in range(len(arrays.party)):
        if (
            least < 0
            or board.party[party, HELD] * arrays.party[least, WANTED]
            < board.party[least, HELD] * arrays.party[party, WANTED]
        ):
            least = party
    return least


@njit(cache=True, nogil=True)
def set_floors(arrays: Arrays, board: Board, above: int) -> None:
    """The meetings that leave a party with the smallest share, or with more than it (above 1).

    Formula   floor[q] = ceil(s · wanted[q]), or floor(s · wanted[q]) + 1, s the smallest share
    """
    least = least_shared(arrays, board)
    if least < 0:
        return
    held, wanted = board.party[least, HELD], arrays.party[least, WANTED]
    for party in range(len(arrays.party)):
        whole = held * arrays.party[party, WANTED]
        board.party[party, FLOOR] = whole // wanted + 1 if above else -(-whole // wanted)


@njit(cache=True, nogil=True)
def raise_shares(arrays: Arrays, board: Board) -> None:
    """Give the party with the smallest share one meeting more, until that is not possible.

    No worth is lost by it, and no other party comes down to the smallest share.
    """
    while True:
        least = least_shared(arrays, board)
        if least < 0 or board.party[least, HELD] == arrays.party[least, WANTED]:
            break
        set_floors(arrays, board, 1)
        if not one_more(arrays, board, least):
            break
    set_floors(arrays, board, 0)


@njit(cache=True, nogil=True)
def one_more(arrays: Arrays, board: Board, party: int) -> bool:
    """Hold one more meeting of a party; False if the search knows no way."""
    for meeting in range(arrays.start.size):
        if board.meeting[meeting, CHOSEN] < 0 or board.meeting[meeting, SLOT] >= 0:
            continue
        own = False
        for side in range(SIDES):
            own = own or arrays.meeting[meeting, PARTY + side] == party
        if not own:
            continue
        if insert(arrays, board, meeting, False):
            return True
        for slot in range(len(arrays.slot)):
            if exchange(arrays, board, meeting, slot, FORBIDDEN, NOBODY):
                return True
    return False
