"""Notes on methods that compare whole structures."""

from django.utils.translation import gettext_lazy as _

from hanse.observatory.queries.methods.note import MethodNote

NOTES = (
    MethodNote(
        "proximity",
        _("Proximity of sectors"),
        "φ(i, j) = C(i, j) / max(k(i), k(j))",
        _(
            "Of the regions specialised in the more common of two sectors, the part that is "
            "specialised in both: C regions have both, k have each. A region is specialised where "
            "its location quotient against Europe is 1 or more."
        ),
        _(
            "Divisions are broad, and regions differ in size: what is near here need not buy from "
            "each other, nor share skills. A cell that is neither published nor estimated counts "
            "as not specialised."
        ),
        _("Hidalgo, Klinger, Barabási and Hausmann (2007), Science 317."),
        "relatedness.proximity",
    ),
    MethodNote(
        "density",
        _("Relatedness density"),
        "D(r, i) = Σ over j ≠ i of M(r, j) φ(i, j) / Σ over j ≠ i of φ(i, j)",
        _(
            "Of all that is related to a sector, by proximity, the part in which the region is "
            "specialised already (M = 1); the sector itself is not counted. Regions have been found "
            "to enter sectors of high density more often."
        ),
        _("A description of the past of many regions, not a forecast for one."),
        _(
            "Hidalgo et al. (2007); Boschma, Balland and Kogler (2015), Industrial and Corporate Change."
        ),
        "relatedness.density",
    ),
    MethodNote(
        "complexity",
        _("Complexity of regions and sectors"),
        "k(r) ~ D⁻¹ M U⁻¹ Mᵀ k(r), second eigenvector, standardised; sign: rises with GDP per head",
        _(
            "A region is complex where its sectors are rare and go together with other rare ones; a "
            "sector is complex where such regions have it (Economic Complexity Index and Product "
            "Complexity Index). Cells that are not published are drawn 20 times, with the chance of "
            "their sector in the regions that publish; the index is the mean. The band of a rank "
            "holds 90 % of 80 draws that also take other sectors, with replacement."
        ),
        _(
            "An eigenvector has no sign: between countries diversity decides, between regions of "
            "Europe it hardly tells, so the end with higher incomes is called complex. That a "
            "region ranks high is therefore no evidence that complexity makes rich. Divisions are "
            "broad: head offices and media set capitals apart. Ranks of the 40 British regions agree "
            "with those published by Nesta from finer classes at 0.75 (Spearman)."
        ),
        _("Hidalgo and Hausmann (2009), PNAS 106; our own draws and orientation."),
        "relatedness.complexity",
    ),
    MethodNote(
        "peers",
        _("Policy peers"),
        "D(a, b)² = Σ wₖ (dₖ(a, b) / mₖ)² / Σ wₖ",
        _(
            "How unlike two regions are in each variable, measured so that two regions of Europe are "
            "1 apart on average (m), and added with your weights. The sector mix is compared by the "
            "square root of the Jensen-Shannon divergence, or by the cosine, over the persons "
            "employed by division; size by orders of magnitude; the others by their difference. "
            "A variable that is not known for both is left out; with less than half of the weight "
            "known there is no distance."
        ),
        _(
            "Our own method, in the manner of the structural matching of the Joint Research Centre "
            "and Orkestra, whose variables and weights are others. Doing better with the same "
            "structure is a reason to ask how, not a proof of why. Confidential divisions enter the "
            "mix with the estimate of the gap rule."
        ),
        _("Our own; Lin (1991) for the divergence, Endres and Schindelin (2003) for the metric."),
        "peers.structure",
    ),
    MethodNote(
        "chains",
        _("Value chains"),
        "LQ(stage, r) = [ Σ over i in stage of x(i, r) / X(r) ] / [ Σ over i in stage of X(i) / X ]",
        _(
            "A stage is made of divisions; a region is strong at it where the location quotient of "
            "these divisions together reaches the threshold and 500 persons work there. The covering "
            "set is a smallest one: no fewer regions are strong at every stage at which any is. Of "
            "several smallest sets the one with the largest sum of quotients is shown."
        ),
        _(
            "Divisions are much broader than stages. Where a division is not published for a region, "
            "its quotient is a lower bound (≥): the region may be strong and not be counted. A figure "
            "that changed more than threefold between two years is not counted as strong. That "
            "regions cover a chain says nothing of whether their firms deal with each other."
        ),
        _("Our own; set cover solved exactly."),
        "chains.coverage",
    ),
    MethodNote(
        "hot-spots",
        _("Hot spots"),
        "I(r) = z(r) Σ w(r, s) z(s) / [ Σ z² / (n − 1) ], z = log₂ LQ − mean; w = 1 / neighbours",
        _(
            "Local Moran: is a region high among high neighbours, or low among low ones? Regions are "
            "neighbours where their outlines touch. Quotients enter by doublings, those below 1/16 "
            "alike. The p-value comes from 999 permutations of the other regions, two-sided, and is "
            "adjusted over all regions of the sector (Benjamini and Hochberg): of the regions marked, "
            "on average at most one in ten is marked wrongly. G* of Getis and Ord stands beside it."
        ),
        _(
            "High is above the mean of all regions, not above Europe’s share: a region of a hot spot "
            "may have a quotient below 1. Regions that are not published are nobody’s neighbours, so "
            "a hot spot may be larger than it looks. Islands have no neighbours and are not tested. "
            "Large and small regions count alike, and borders of regions are not those of economies."
        ),
        _("Anselin (1995), Getis and Ord (1992), Benjamini and Hochberg (1995)."),
        "spatial.local_moran",
    ),
    MethodNote(
        "localisation",
        _("Distances at which a sector gathers"),
        "K(r) = Σ over pairs of w(i) w(j) φ((r − d(i, j)) / h) / [ h Σ over pairs of w(i) w(j) ]",
        _(
            "How often two people who work in the sector, in different regions, are at a distance r "
            "(Duranton and Overman’s density, smoothed over 60 km, per thousand kilometres). The "
            "bands say what chance gives: the sector’s shares are exchanged among the regions 99 "
            "times, each region keeping its total, so that the geography of all employment is in "
            "them. The dotted band holds for the whole curve."
        ),
        _(
            "Points are regions, not plants: everybody of a region stands at one point inside it, so "
            "nothing is said below 100 km. With plants of your own, the same curve is one command: "
            "hanse observatory index kd."
        ),
        _("Duranton and Overman (2005); exchange of shares: our own."),
        "localisation.kd_of_places",
    ),
    MethodNote(
        "definition",
        _("Groups of related industries"),
        "WCR(c) = mean of M(i, j) over pairs in c;  BCR(c, d) = mean of M(i, j), i in c, j in d",
        _(
            "After Delgado, Porter and Stern: industries are compared by a similarity M (correlation "
            "over regions of persons employed, or of local units; proximity), put into groups in many "
            "ways (Ward, average linkage, k-means; 8 to 16 groups), and each way is scored: the share "
            "of groups, and of industries, that are nearer to themselves than to the other groups, "
            "against their mean and their 95th percentile, by all three similarities. The best is "
            "cleaned: an industry that is nearer to another group moves there, and the log is kept."
        ),
        _(
            "The paper works with some 800 industries and 179 areas, we with divisions: groups mix "
            "what finer classes would part. The scores favour few and even groups; that is why the "
            "outside check stands beside them. The paper also uses input-output tables and "
            "occupations, and reviews by hand; we do neither. Correlations of persons mostly follow "
            "the size of regions. Its treatment of groups of one industry is not published; such a "
            "group counts as failed here."
        ),
        _(
            "Delgado, Porter and Stern (2016), Journal of Economic Geography 16; formulas restated by us."
        ),
        "definition.validation",
    ),
)
