"""Location quotients of every NUTS 2 region in one year, for whoever cites a few of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from hanse.observatory.queries.figures import Release


@dataclass(frozen=True, slots=True)
class Quotient:
    """A location quotient with what a citation needs: flag, year and release."""

    region: str
    sector: str
    value: float | None
    flag: str
    year: int
    release: str

    @property
    def address(self) -> str:
        """Where the figure opens its origin, as this release has it."""
        page = reverse("observatory:figure", args=[self.region, self.sector, self.year, "lq"])
        return f"{page}?release={self.release}"


@lru_cache(maxsize=4)
def quotients(release: Release, year: int) -> dict[str, dict[str, Quotient]]:
    """By region and division; a figure that is not published has no value."""
    columns = ("sector", "region", "year", "lq", "persons_flag")
    table = release.whole("cells", columns).to_pydict()
    found: dict[str, dict[str, Quotient]] = {}
    for sector, region, at, value, flag in zip(*(table[name] for name in columns), strict=True):
        if at == year and release.sectors[sector].is_division:
            one = Quotient(region, sector, value, flag or "", year, release.id)
            found.setdefault(region, {})[sector] = one
    return found
