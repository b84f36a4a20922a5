"""The sentences that pages about structure open with: peers, related sectors, complexity."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hanse.kit.numbers import country, figure, percent
from hanse.observatory.queries.chains import ChainStrength, Strength
from hanse.observatory.queries.complexity import Complexity, Ranked
from hanse.observatory.queries.groups import Groups
from hanse.observatory.queries.peers import SHOWN, VARIABLES, Peer, RegionPeers
from hanse.observatory.queries.related import RelatedSector, RelatedSectors
from hanse.observatory.queries.spots import HotSpots, Localisation

CERTAIN = 0.05


def of_peers(found: RegionPeers) -> str:
    if not found.peers:
        return _("%(region)s: too little is known to name a peer") % {"region": found.region.name}
    nearest = found.peers[0].region
    words = {
        "region": found.region.name,
        "peer": nearest.name,
        "country": country(nearest.country),
    }
    if found.abroad or nearest.country != found.region.country:
        return _("%(region)s is built most like %(peer)s, %(country)s") % words
    return _("%(region)s is built most like %(peer)s") % words


def lead_of_peers(found: RegionPeers) -> str:
    """How many of the nearest do better, and who does best; or that nobody can say."""
    if found.own_outcome is None:
        return _("For the region itself this outcome is not known, so nobody can be called better.")
    better = found.better
    if not better:
        return _("None of the nearest %(count)s does better.") % {
            "count": figure(min(SHOWN, len(found.peers)))
        }
    best = better[0]
    words = {
        "count": figure(len(better)),
        "of": figure(min(SHOWN, len(found.peers))),
        "best": best.region.name,
        "country": country(best.region.country),
        "value": _outcome(found, best.outcome),
        "own": _outcome(found, found.own_outcome),
    }
    return (
        ngettext(
            "%(count)s of the %(of)s nearest does better: %(best)s, %(country)s, with %(value)s "
            "against %(own)s.",
            "%(count)s of the %(of)s nearest do better, most of all %(best)s, %(country)s, with "
            "%(value)s against %(own)s.",
            len(better),
        )
        % words
    )


def _outcome(found: RegionPeers, value: float | None) -> str:
    if value is None:
        return _("not known")
    if found.outcome.kind == "percent":
        return percent(value, found.outcome.decimals)
    return figure(value, found.outcome.decimals)


def apart_in(peer: Peer) -> str:
    """The variables that make up most of a distance, the largest first."""
    parts = sorted(peer.parts.items(), key=lambda part: -part[1])
    kept = [slug for slug, part in parts[:2] if part > 0]
    return ", ".join(str(VARIABLES[slug].label) for slug in kept)


def does_better(better: bool | None) -> str:  # noqa: FBT001 -- an answer, three-valued
    if better is None:
        return _("not known")
    return _("yes") if better else _("no")


def of_related(found: RelatedSectors) -> str:
    absent = found.absent
    if not found.present:
        return _("%(region)s is specialised in no division that is published") % {
            "region": found.region.name
        }
    if not absent:
        return _("%(region)s is specialised in everything that is related to something") % {
            "region": found.region.name
        }
    return _("%(region)s: nearest to what it has, and missing, is %(sector)s") % {
        "region": found.region.name,
        "sector": _lowered(absent[0].sector.name),
    }


def lead_of_related(found: RelatedSectors) -> str:
    nearest = found.absent[:1]
    if not nearest:
        return ""
    one = nearest[0]
    return _(
        "It is specialised in %(count)s of %(all)s divisions. %(share)s of what is related to "
        "%(sector)s is there already; nearest to it are %(because)s."
    ) % {
        "count": figure(len(found.present)),
        "all": figure(len(found.sectors)),
        "share": percent(one.density or 0, 0),
        "sector": _lowered(one.sector.name),
        "because": because(one),
    }


def because(one: RelatedSector) -> str:
    """The region's own sectors that are nearest to one."""
    return ", ".join(near.sector.name for near in one.because)


def of_complexity(found: Complexity) -> str:
    if not found.ranked:
        return _("In %(year)s too little is published to rank regions by complexity") % {
            "year": found.year
        }
    first = found.ranked[0].of
    return _("%(region)s has what few other regions have") % {"region": first.name}


def lead_of_complexity(found: Complexity) -> str:
    if not found.sectors or found.sectors[0].rank is None:
        return ""
    rarest = [one for one in found.sectors if one.rank is not None][:3]
    return _(
        "Complexity ranks regions by sectors that are rare and go together with other rare ones: "
        "in %(year)s above all %(sectors)s. Beside each rank stands how far it could move."
    ) % {"year": found.year, "sectors": ", ".join(_lowered(one.of.name) for one in rarest)}


def ends_of_sectors(found: Complexity) -> str:
    """Which sectors stand at both ends."""
    ranked = [_lowered(one.of.name) for one in found.sectors if one.rank is not None]
    if len(ranked) < 6:  # noqa: PLR2004 -- the two ends would meet
        return ""
    return _("Most complex: %(first)s. Least: %(last)s.") % {
        "first": ", ".join(ranked[:5]),
        "last": ", ".join(ranked[-5:]),
    }


def rank_in_words(one: Ranked) -> str:
    if one.rank is None:
        return _("too little published")
    if one.low == one.high:
        return _("rank %(rank)s, firm") % {"rank": one.rank}
    return _("rank %(best)s to %(worst)s") % {"best": one.low, "worst": one.high}


def of_spots(found: HotSpots) -> str:
    if not found.spots:
        return _("%(sector)s: too few regions are published in %(year)s to test for hot spots") % {
            "sector": found.sector.name,
            "year": found.year,
        }
    hot = found.of_kind("hot")
    if not hot:
        return _("%(sector)s: no hot spot can be told from chance") % {"sector": found.sector.name}
    countries = list(dict.fromkeys(country(spot.region.country) for spot in hot))
    words = {
        "sector": found.sector.name,
        "count": figure(len(hot)),
        "countries": _joined(countries[:4]),
    }
    if len(countries) > 4:  # noqa: PLR2004 -- a title names four
        return (
            _("%(sector)s: %(count)s regions are hot spots, in %(countries)s and elsewhere") % words
        )
    return (
        ngettext(
            "%(sector)s: %(count)s region is a hot spot, in %(countries)s",
            "%(sector)s: %(count)s regions are hot spots, in %(countries)s",
            len(hot),
        )
        % words
    )


def lead_of_spots(found: HotSpots) -> str:
    whole = found.overall
    if whole is None or whole.moran is None or whole.p is None:
        return ""
    sentence = (
        _(
            "Neighbouring regions are more alike than chance would make them: Moran’s I is "
            "%(value)s over %(count)s regions."
        )
        if whole.p < CERTAIN and whole.moran > 0
        else _(
            "Over %(count)s regions neighbours are not more alike than chance would make them: "
            "Moran’s I is %(value)s."
        )
    )
    return sentence % {"value": figure(whole.moran, 2), "count": figure(whole.regions)}


def of_localisation(found: Localisation) -> str:
    words = {"sector": found.sector.name, "year": found.year}
    if not found.distances:
        return _("%(sector)s: too few regions are published in %(year)s for a curve") % words
    if found.gathers_to is not None:
        return _("%(sector)s: gathered within %(distance)s km") % {
            **words,
            "distance": figure(found.gathers_to),
        }
    if found.keeps_apart:
        return _("%(sector)s: fewer of its people are near each other than by chance") % (words)
    return _("%(sector)s: spread like all employment at short distances") % words


def lead_of_localisation(found: Localisation) -> str:
    if not found.distances or found.p is None:
        return ""
    if found.gathers_globally and found.p < CERTAIN:
        return _(
            "More of those who work in it are near each other than its size and the geography of "
            "all employment would give, and the curve as a whole leaves its band."
        )
    if found.gathers_to is not None:
        return _(
            "At these distances the curve is above what chance gives; as a whole it stays within "
            "its band, so the finding is weak."
        )
    return _("The curve stays near what the geography of all employment would give.")


def at_distance(found: Localisation, step: int) -> str:
    value, low, high = found.kd[step], found.low[step], found.high[step]
    if value is None or low is None or high is None:
        return ""
    if value > high:
        return _("nearer together than by chance")
    return _("farther apart than by chance") if value < low else ""


def _joined(words: Sequence[str]) -> str:
    """Names in a row, with a comma between."""
    return ", ".join(words)


def of_groups(found: Groups) -> str:
    if not found.groups:
        return _("Too little is published to define groups of industries")
    return _("Europe’s industries fall into %(count)s groups that share regions") % {
        "count": figure(len(found.groups))
    }


def lead_of_groups(found: Groups) -> str:
    chosen = found.chosen
    if chosen is None or chosen.together is None or chosen.by_chance is None:
        return ""
    return _(
        "Defined from where industries are, not from what they are called. Of the pairs of "
        "divisions that carry the same traded cluster, %(share)s fall into one group; by chance it "
        "would be %(chance)s."
    ) % {"share": percent(chosen.together, 0), "chance": percent(chosen.by_chance, 0)}


def of_chain(found: ChainStrength) -> str:
    """How many regions it takes to cover the chain; or that nobody is strong anywhere."""
    if not found.cover:
        return _("%(chain)s: no region is strong at any stage") % {"chain": found.chain.title}
    if len(found.cover) == 1:
        return _("%(chain)s: %(region)s covers it alone") % {
            "chain": found.chain.title,
            "region": found.cover[0].name,
        }
    return ngettext(
        "%(chain)s: %(count)s region covers it",
        "%(chain)s: %(count)s regions cover it together",
        len(found.cover),
    ) % {"chain": found.chain.title, "count": figure(len(found.cover))}


def lead_of_chain(found: ChainStrength) -> str:
    if not found.cover:
        return ""
    names = [f"{region.name} ({region.country})" for region in found.cover]
    said = _("%(regions)s: no fewer regions are strong at every stage at which any is.") % {
        "regions": ", ".join(names)
    }
    if found.uncovered:
        said += " " + _("At %(stages)s no region is strong.") % {
            "stages": ", ".join(found.uncovered)
        }
    return said


def at_stage(one: Strength, found: ChainStrength) -> SafeString:
    """A quotient in a cell; a full square where the region is strong, ≥ where it may be more."""
    mark = "≥" if one.is_bound else ""
    value = f"{mark}{figure(one.quotient, 1)}"
    if one.jumped and one.quotient >= found.least:
        value = f"{value} {_('jump')}"
    if not one.is_strong(found.least):
        return format_html('<span class="quiet">{}</span>', value)
    return format_html("<b>■ {}</b>", value)


def _lowered(name: str) -> str:
    """A name within a sentence: German keeps its capitals, and so do abbreviations."""
    if (get_language() or "").startswith("de") or name[1:2].isupper():
        return name
    return name[:1].lower() + name[1:]
