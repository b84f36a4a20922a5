"""Why a value is null: one code each, in the column `reason` beside it."""

from typing import Final

REGION_EMPTY: Final = "region_empty"  # nothing is counted in the region
SECTOR_EMPTY: Final = "sector_empty"  # nothing is counted in the sector
NOT_KNOWN: Final = "not_known"  # the value itself is confidential or not published
REFERENCE_EMPTY: Final = "reference_empty"  # the reference has nothing of it
NOWHERE_PRESENT: Final = "nowhere_present"  # no region is specialised in the sector
NOTHING_PRESENT: Final = "nothing_present"  # the region is specialised in no sector
PRESENT_EVERYWHERE: Final = "present_everywhere"  # every region is, so that nothing can be told
SINGLE_UNIT: Final = "single_unit"  # one plant, region or sector only: the index divides by zero
NO_VARIATION: Final = "no_variation"  # all values are the same
NO_NEIGHBOURS: Final = "no_neighbours"  # an isolated unit, or no neighbour within the distance
ZERO_VALUE: Final = "zero_value"  # a logarithm of zero
BASE_ZERO: Final = "base_zero"  # nothing at the start, so that growth is not a number
NEW_IN_REFERENCE: Final = "new_in_reference"  # the sector did not exist in the nation at the start
UNCONNECTED: Final = "unconnected"  # outside the largest connected part of the graph
TOO_FEW: Final = "too_few"  # fewer values than the method needs
