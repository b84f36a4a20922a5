"""Portrait and panorama as PDF: what a reader takes to a meeting."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hanse.kit.charts.bars import Part, waterfall
from hanse.kit.maps import standalone
from hanse.kit.numbers import country, figure, large, percent, signed
from hanse.kit.paper import Paper, PaperPicture, PaperTable, as_pdf
from hanse.observatory.documents.maps import map_of_strength
from hanse.observatory.documents.sheets import notes
from hanse.observatory.queries import findings
from hanse.observatory.queries.europe import Panorama
from hanse.observatory.queries.region import Cell, RegionPortrait

ON_PAPER = 60


def portrait(found: RegionPortrait) -> bytes:
    whole = found.of_year
    parts: list[PaperTable | PaperPicture] = [_strengths(found)]
    explained = found.explained
    if explained is not None:
        said = _("Shift-share, %(start)s to %(year)s") % {"start": found.start, "year": found.year}
        national, mix, local = explained.in_whole_persons
        drawn = waterfall(
            [
                Part(_("Europe’s growth"), national, signed(national)),
                Part(_("The sectors it has"), mix, signed(mix)),
                Part(_("What the region added"), local, signed(local)),
            ],
            Part(_("Change in persons employed"), explained.change, signed(explained.change)),
            label=said,
        )
        parts.append(
            PaperPicture(standalone(str(drawn)), said, said, found.release.source_line, 38)
        )
    parts.append(_all_sectors(found))
    return as_pdf(
        Paper(
            language=get_language() or "en",
            title=findings.of_region(found),
            lead=findings.lead_of_region(found),
            kicker=f"{found.region.both_names} · {found.region.code} · {found.year}",
            facts=(
                (
                    large(whole.total) if whole else "–",
                    _("persons employed at least")
                    if whole and whole.total_bound
                    else _("persons employed"),
                ),
                (figure(len(found.strongest("stars"))), _("sectors that pass a test")),
                (figure(len(found.hidden)), _("sectors not published")),
            ),
            parts=tuple(parts),
            notes=notes(found.release),
        )
    )


def _known(value: float | None, decimals: int = 0) -> str:
    return _("not known") if value is None else figure(value, decimals)


def _strengths(found: RegionPortrait) -> PaperTable:
    return PaperTable(
        _("Strong sectors"),
        (
            _("Sector"),
            _("Stars"),
            _("Persons employed"),
            _("Size: rank"),
            _("LQ (from 2)"),
            _("Share (from)"),
        ),
        tuple(
            (
                f"{cell.sector.name} {cell.sector.code}",
                _("%(passed)s of 3") % {"passed": cell.stars},
                _known(cell.persons),
                _rank(cell),
                _known(cell.lq, 1),
                _share(cell),
            )
            for cell in found.strongest("stars")[:15]
        ),
        right=(2, 3, 4, 5),
        widths=(5, 2, 3, 3, 2, 4),
        note=_("A test that cannot be made is not known, not failed."),
    )


def _rank(cell: Cell) -> str:
    if cell.size_rank is None:
        return _("not known")
    return _("%(rank)s of %(known)s, passes to %(cut)s") % {
        "rank": cell.size_rank,
        "known": cell.size_known,
        "cut": cell.size_cut,
    }


def _share(cell: Cell) -> str:
    if cell.share is None:
        return _("not known")
    return f"{percent(cell.share, 1)} ({percent(cell.focus_value_at_cut, 1)})"


def _all_sectors(found: RegionPortrait) -> PaperTable:
    return PaperTable(
        _("All sectors"),
        (_("Sector"), _("Persons employed"), _("Share"), _("LQ"), _("Flag")),
        tuple(
            (
                f"{cell.sector.code} {cell.sector.name}",
                _known(cell.persons),
                percent(cell.share, 1) or _("not known"),
                _known(cell.lq, 2),
                cell.persons_flag or "",
            )
            for cell in found.cells
        ),
        right=(1, 2, 3),
        widths=(6, 3, 2, 2, 1),
    )


def panorama(found: Panorama) -> bytes:
    said = _("Clusters that pass all three tests, by region, %(year)s") % {"year": found.year}
    return as_pdf(
        Paper(
            language=get_language() or "en",
            title=findings.of_panorama(found),
            lead=_(
                "Every division that passes at least one test in a region. Cells that are "
                "confidential cannot be rated: they are not known, not weak."
            ),
            kicker=str(found.year),
            facts=(
                (figure(len(found.clusters)), _("clusters that pass at least one test")),
                (large(found.persons), _("persons employed in them")),
                (figure(found.by_passed.get(3, 0)), _("pass all three tests")),
            ),
            parts=(
                PaperPicture(
                    standalone(str(map_of_strength(found))), said, said, found.release.source_line
                ),
                _clusters(found),
            ),
            notes=notes(found.release),
        )
    )


def _clusters(found: Panorama) -> PaperTable:
    shown = found.clusters[:ON_PAPER]
    return PaperTable(
        _("The strongest clusters"),
        (
            _("Region"),
            _("Country"),
            _("Sector"),
            _("Tests passed"),
            _("Persons employed"),
            _("LQ"),
        ),
        tuple(
            (
                f"{cluster.region.name} {cluster.region.code}",
                country(cluster.region.country),
                f"{cluster.sector.name} {cluster.sector.code}",
                str(cluster.passed),
                _known(cluster.persons),
                _known(cluster.lq, 1),
            )
            for cluster in shown
        ),
        right=(3, 4, 5),
        widths=(5, 3, 5, 2, 3, 2),
        note=_("%(shown)s of %(all)s; the files beside this page hold all of them.")
        % {"shown": figure(len(shown)), "all": figure(len(found.clusters))},
    )
