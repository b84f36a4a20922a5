"""Notes on totals, quotients, ratings and change. Each names its engine; a test holds both."""

from django.utils.translation import gettext_lazy as _

from hanse.observatory.queries.methods.note import MethodNote

NOTES = (
    MethodNote(
        "total",
        _("Total of a region"),
        "X(r) = Σ over sections s in B…J, L…N of x(s, r)",
        _(
            "Eurostat publishes no total of the business economy by region. The total is the sum "
            "of the published sections; where a section is not published, the sum of its "
            "published divisions stands in."
        ),
        _(
            "Such a total is a lower bound. It is flagged, and every share and quotient that "
            "rests on it says so."
        ),
        _("Our definition, on Eurostat sbs_r_nuts06_r2."),
        "regional.totals",
    ),
    MethodNote(
        "reference",
        _("Reference area"),
        "X(i) = Σ over countries c of x(i, c)",
        _(
            "What a region is compared with: all countries with regional figures in the year, or "
            "its own country. The shares come from country figures, because they contain the "
            "regions that are confidential; where a country’s own figure is confidential, the "
            "sum of its regions stands in, flagged."
        ),
        _("France joins in 2010 and Ireland leaves after 2012: the area changes with the years."),
        _("Our definition, on Eurostat sbs_r_nuts06_r2."),
        "regional.reference",
    ),
    MethodNote(
        "lq",
        _("Location quotient and share"),
        "LQ(i, r) = [ x(i, r) / X(r) ] / [ X(i) / X ]",
        _(
            "The share of a region’s persons employed who work in a sector, divided by the same "
            "share of the reference area. 1 is as in the reference area, 2 twice as much."
        ),
        _(
            "A small region reaches a high quotient with few people: read the persons employed "
            "beside it. Tests of a threshold are made in whole numbers, x · X ≥ t · X(r) · X(i), "
            "so that rounding never decides."
        ),
        _("Florence (1939); European Cluster Observatory."),
        "regional.location_quotient",
    ),
    MethodNote(
        "stars",
        _("Three stars, 2007"),
        "size: rank ≤ ⌈0.1 n⌉ · specialisation: LQ ≥ 2 · focus: rank of the share ≤ ⌈0.1 n⌉",
        _(
            "A star for each test passed: among the largest tenth of the sector’s regions, at "
            "least twice the reference share, among the tenth of regions for whose employment "
            "the sector matters most. Ties are included; regions without a figure do not count."
        ),
        _(
            "The cut of the focus test was never published in a form that we could read; the "
            "first tenth is our reading. A test that cannot be made is not known, not failed."
        ),
        _("European Cluster Observatory, star rating of 2007."),
        "regional.strength",
    ),
    MethodNote(
        "factors",
        _("Three factors, 2020"),
        "specialisation: LQ ≥ 2 · size: rank ≤ ⌈0.1 n⌉ · productivity: rank of wages ≤ ⌈0.1 n⌉",
        _(
            "The mapping tool of 2020 rated specialisation, size, and productivity measured as "
            "average wages per person employed."
        ),
        _(
            "The tool’s cuts between high, medium and basic were not published. The cuts here "
            "are ours, and part of the scheme’s data."
        ),
        _("European Observatory for Clusters and Industrial Change, mapping tool of 2020."),
        "regional.strength",
    ),
    MethodNote(
        "growth",
        _("Growth on the year before"),
        "g(y) = x(y) / x(y−1) − 1",
        _("Change of persons employed from one year to the next, where both are published."),
        _("A break in the series (flag b) can look like growth: Germany 2009 to 2010."),
        _("Eurostat, indicator V91290, recomputed from persons employed."),
        "regional.growth",
    ),
    MethodNote(
        "wages_per_person",
        _("Wages per person employed"),
        "w(i, r) = wages and salaries / persons employed",
        _("Average gross wages and salaries in EUR a year for each person employed."),
        _(
            "Persons employed include owners who draw no wage, so the figure is lower than "
            "wages per employee where the self-employed are many. Prices differ between "
            "countries; nothing is adjusted."
        ),
        _("Eurostat V13320 over V16110; productivity factor of the mapping tool of 2020."),
        "regional.wages",
    ),
    MethodNote(
        "shift-share",
        _("Shift-share"),
        "Δx = x₀ (X₁/X₀ − 1) + x₀ (X₁ᵢ/X₀ᵢ − X₁/X₀) + x₀ (x₁/x₀ − X₁ᵢ/X₀ᵢ)",
        _(
            "Takes the change of a region’s employment apart: what it would have grown at "
            "Europe’s pace, what its mix of sectors adds or takes, and what is its own."
        ),
        _(
            "Only sectors published in both years take part. National and mix parts are kept to "
            "the 2⁻²⁰th of a person, the local part is the rest: the three add up exactly."
        ),
        _("Dunn (1960)."),
        "regional.shift_share",
    ),
    MethodNote(
        "specialisation",
        _("Specialisation of a region: HHI, Krugman, variety"),
        "HHI(r) = Σ (x(i,r)/X(r))² · K(r) = Σ | x(i,r)/X(r) − X(i)/X | · variety = 1 / HHI",
        _(
            "HHI is 1 when all work in one sector. Krugman’s index is 0 when the region has "
            "Europe’s mix and 2 when it shares nothing with it."
        ),
        _("Only published divisions take part; with many confidential cells read with care."),
        _("Herfindahl (1950), Hirschman (1945); Krugman (1991)."),
        "regional.specialisation",
    ),
    MethodNote(
        "concentration",
        _("Concentration of a sector: HHI, Hoover, Gini"),
        "H(i) = ½ Σ | x(i,r)/X(i) − X(r)/X | · G(i) = Σ (2k − n − 1) x₍ₖ₎ / (n Σ x)",
        _(
            "How unevenly a sector is spread over the regions with a figure. Hoover’s index is "
            "the share of its jobs that would have to move to be spread as all jobs are."
        ),
        _("Confidential regions are left out, and they are often the large ones."),
        _("Hoover (1936); Gini (1912)."),
        "regional.concentration",
    ),
    MethodNote(
        "change",
        _("Industrial change of a region"),
        "S(r) = ½ Σ | s₁(i,r) − s₀(i,r) |; entry: LQ passes 1; exit: LQ falls below 1",
        _(
            "The share of jobs that would have to change sector to turn the first year’s mix "
            "into the second’s, and the sectors in which the region became or ceased to be "
            "specialised."
        ),
        _("Only divisions known in both years are compared; their number stands beside it."),
        _("Lawrence (1984); entry and exit as in Boschma, Minondo and Navarro (2013)."),
        "regional.change",
    ),
    MethodNote(
        "published",
        _("Persons employed and local units"),
        "x(i, r) as published",
        _(
            "What Eurostat publishes for the cell, carried to the regions of NUTS 2013: recoded "
            "where a region only changed its code, summed where regions were merged, left out "
            "where one was split."
        ),
        _(
            "Offices place some firms where they are registered, so a jump from one year to the "
            "next can be a change of registration. Jumps above threefold are marked."
        ),
        _("Eurostat sbs_r_nuts06_r2, indicators V16110 and V11210."),
        "regional.totals",
    ),
    MethodNote(
        "estimates",
        _("Estimates for blank cells"),
        "x̂ = max(0, parent − Σ known children) / number of blank children",
        _(
            "A blank division takes an equal part of what its section holds beyond the known "
            "divisions. Estimates are kept apart and marked; no indicator uses one unless you "
            "ask for it, and then it says so."
        ),
        _("Equal parts are a convention, not knowledge."),
        _("European Cluster Observatory, rule for splitting industries."),
        "regional.gaps",
    ),
    MethodNote(
        "ranking",
        _("Comparing regions by your own weights"),
        "s(r) = Σ wₖ zₖ(r); a is always ahead of b if min over w of Σ wₖ (zₖ(a) − zₖ(b)) > 0",
        _(
            "Indicators are standardised over the regions compared and added with your weights. "
            "The bounds of each rank hold for all weights from half to twice yours."
        ),
        _("The bounds are proven but need not be reached. Unknown values count as the mean."),
        _("Dominance under interval weights, Salo and Hämäläinen (1992); our own code."),
        "regional.ranking",
    ),
)
