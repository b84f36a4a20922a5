"""The sentence a page opens with: the finding, not the name of the table.

Each template is a whole sentence, so that translators can move its parts. Where nothing stands
out the sentence says so.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanse.kit.numbers import NBSP, country, figure, percent, signed, signed_percent
from hanse.observatory.queries.comparison import Comparison
from hanse.observatory.queries.europe import Panorama
from hanse.observatory.queries.indicators import Indicator, Kind
from hanse.observatory.queries.region import RegionPortrait
from hanse.observatory.queries.sector import SectorMap

THRESHOLD = 2.0


def shown(indicator: Indicator, value: float | None) -> str:
    """Write a value as the reader's language does, with its sign or per cent where it has one."""
    if value is None:
        return _("not known")
    if indicator.kind is Kind.SHARE:
        return percent(value, indicator.decimals)
    if indicator.kind is Kind.GROWTH:
        return signed_percent(value, indicator.decimals)
    if indicator.kind is Kind.MONEY:
        return f"{figure(value)}{NBSP}EUR"
    if indicator.kind is Kind.RATIO:
        return figure(value, 1)
    return figure(value, indicator.decimals)


def of_sector(found: SectorMap) -> str:
    if not found.leaders:
        return _("%(sector)s: no region has a published figure in %(year)s") % {
            "sector": found.sector.name,
            "year": found.year,
        }
    first = found.leaders[0]
    words = {
        "sector": found.sector.name,
        "region": first.region.name,
        "country": country(first.region.country),
        "value": shown(found.indicator, first.value),
        "year": found.year,
    }
    return _sector_sentence(found, first.value or 0) % words


def _sector_sentence(found: SectorMap, best: float) -> str:
    match found.indicator.kind:
        case Kind.RATIO if best < THRESHOLD:
            return _(
                "%(sector)s: no region stands out; %(region)s leads with %(value)s times the "
                "reference share"
            )
        case Kind.RATIO if found.leaders[0].lower_bound:
            return _("%(sector)s: %(region)s has at most %(value)s times the reference share")
        case Kind.RATIO if found.reference == "country":
            return _("%(sector)s: %(region)s has %(value)s times the share of its country")
        case Kind.RATIO:
            return _("%(sector)s: %(region)s has %(value)s times the European share")
        case Kind.SHARE:
            return _("%(sector)s: %(value)s of those employed in %(region)s work in it")
        case Kind.GROWTH:
            return _("%(sector)s: %(region)s grew most, %(value)s on the year before")
        case Kind.MONEY:
            return _("%(sector)s: %(region)s pays most, %(value)s per person employed")
        case Kind.STRENGTH:
            return _stars_sentence(found)
        case _ if found.indicator.measure == "local_units":
            return _("%(sector)s: %(region)s is largest, with %(value)s local units")
        case _:
            return _("%(sector)s: %(region)s is largest, with %(value)s persons employed")


def _stars_sentence(found: SectorMap) -> str:
    count = sum((row.value or 0) >= 3 for row in found.rows)  # noqa: PLR2004 -- tests in a scheme
    if not count:
        return _("%(sector)s: no region passes all three tests")
    sentence = ngettext(
        "%(sector)s: one region passes all three tests",
        "%(sector)s: {count} regions pass all three tests",
        count,
    )
    return sentence.replace("{count}", figure(count, 0))


def lead_of_sector(found: SectorMap) -> str:
    """Say what the headline leaves out: how many regions stand out, and how many are hidden."""
    parts = []
    if found.indicator.kind is Kind.RATIO and found.leaders:
        count = sum((row.value or 0) >= THRESHOLD for row in found.rows)
        parts.append(
            ngettext(
                "%(count)s of %(known)s regions with a figure reaches twice the share.",
                "%(count)s of %(known)s regions with a figure reach twice the share.",
                count,
            )
            % {"count": figure(count, 0), "known": figure(found.known, 0)}
        )
    hidden = [row for row in found.hidden if row.is_confidential]
    if hidden:
        parts.append(
            ngettext(
                "%(count)s region is confidential and therefore hatched.",
                "%(count)s regions are confidential and therefore hatched.",
                len(hidden),
            )
            % {"count": figure(len(hidden), 0)}
        )
    never = found.unknown - len(hidden)
    if never:
        parts.append(
            ngettext(
                "For %(count)s region no figure was published.",
                "For %(count)s regions no figure was published.",
                never,
            )
            % {"count": figure(never, 0)}
        )
    if found.jumps:
        parts.append(
            ngettext(
                "%(count)s region is marked, because its figure jumped more than threefold.",
                "%(count)s regions are marked, because their figures jumped more than threefold.",
                found.jumps,
            )
            % {"count": figure(found.jumps, 0)}
        )
    return " ".join(parts)


def of_region(found: RegionPortrait) -> str:
    region = found.region.name
    full = [c for c in found.strongest("stars") if c.stars == 3]  # noqa: PLR2004 -- tests
    if len(full) > 1:
        return _("%(region)s: %(first)s and %(second)s pass all three tests") % {
            "region": region,
            "first": full[0].sector.name,
            "second": full[1].sector.name,
        }
    if full:
        return _("%(region)s: %(first)s passes all three tests") % {
            "region": region,
            "first": full[0].sector.name,
        }
    special = found.most_specialised[:1]
    if special and (special[0].lq or 0) >= THRESHOLD:
        sentence = (
            _("%(region)s: %(first)s weighs at most %(value)s times its European share")
            if special[0].total_bound
            else _("%(region)s: %(first)s weighs %(value)s times its European share")
        )
        return sentence % {
            "region": region,
            "first": special[0].sector.name,
            "value": figure(special[0].lq or 0, 1),
        }
    if found.divisions and not found.largest:
        return _("%(region)s: no sector was published for %(year)s") % {
            "region": region,
            "year": found.year,
        }
    return _("%(region)s: a mix of sectors close to Europe’s") % {"region": region}


def lead_of_region(found: RegionPortrait) -> str:
    explained = found.explained
    if explained is None or not explained.change:
        return _("No change can be told between %(start)s and %(year)s.") % {
            "start": found.start,
            "year": found.year,
        }
    national, mix, local = explained.in_whole_persons
    words = {
        "start": found.start,
        "year": found.year,
        "change": figure(abs(explained.change), 0),
        "local": signed(local),
        "expected": signed(national + mix),
    }
    if explained.change > 0:
        return (
            _(
                "Between %(start)s and %(year)s the sectors with a figure in both years added "
                "%(change)s persons employed. Europe’s growth and the region’s mix of sectors "
                "account for %(expected)s persons; the region’s own part is %(local)s."
            )
            % words
        )
    return (
        _(
            "Between %(start)s and %(year)s the sectors with a figure in both years lost "
            "%(change)s persons employed. Europe’s growth and the region’s mix of sectors "
            "account for %(expected)s persons; the region’s own part is %(local)s."
        )
        % words
    )


def of_panorama(found: Panorama) -> str:
    if not found.clusters:
        return _("No cluster passes these tests in %(year)s") % {"year": found.year}
    return ngettext(
        "%(count)s cluster passes at least one test: %(share)s of Europe’s business jobs",
        "%(count)s clusters pass at least one test: %(share)s of Europe’s business jobs",
        len(found.clusters),
    ) % {"count": figure(len(found.clusters), 0), "share": percent(found.share, 0)}


def of_comparison(found: Comparison) -> str:
    if not found.rows:
        return _("Compare up to twelve regions with your own weights")
    first = found.rows[0]
    if len(found.rows) == 1:
        return _("%(region)s stands alone: add a region to compare it with") % {
            "region": first.region.name
        }
    if first.is_firm and len(found.rows) > 1:
        return _("%(region)s comes first under all weights near yours") % {
            "region": first.region.name
        }
    return _(
        "%(region)s comes first; other weights would move it between %(best)s and %(worst)s"
    ) % {
        "region": first.region.name,
        "best": first.best,
        "worst": first.worst,
    }
