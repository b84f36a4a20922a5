"""Which countries lie near each other, and which subjects are near."""

from hanse.commons.places.words import EU
from hanse.directory.words import PROGRAMME_AREA

__all__ = ["EU", "OVERSEAS", "are_neighbours", "are_related", "is_inside"]

OVERSEAS = ("JP", "KR", "CA", "BR", "IN")
BASINS = (
    ("SE", "FI", "EE", "LV", "LT", "DK", "NO", "PL", "DE"),
    ("AT", "HU", "SK", "SI", "HR", "RO", "BG", "CZ", "DE"),
    ("FR", "ES", "PT", "IE", "UK", "BE"),
    ("ES", "FR", "IT", "EL", "CY", "MT", "HR", "SI"),
    ("NL", "BE", "LU", "DE", "DK", "NO", "UK", "FR"),
    ("AT", "CH", "DE", "FR", "IT", "SI"),
)
COMMUNITIES = (
    ("batteries", "battery-recycling", "second-life", "hydrogen", "solar", "wind"),
    ("automotive", "rail", "aero", "space", "maritime", "logistics", "batteries"),
    ("machines", "metals", "plastics", "robotics", "photonics", "electronics", "hydrogen"),
    ("biotech", "medical", "food", "water"),
    ("textiles", "wood", "building", "circular", "plastics"),
    ("digital", "creative", "tourism", "electronics"),
)


def is_inside(country: str) -> bool:
    return country in PROGRAMME_AREA


def are_neighbours(one: str, other: str) -> bool:
    return one == other or any(one in basin and other in basin for basin in BASINS)


def are_related(one: str, other: str) -> bool:
    return one == other or any(one in group and other in group for group in COMMUNITIES)
