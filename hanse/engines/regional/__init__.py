"""Indicators over tables of regions, sectors and periods: any table in, the same kind out."""

from hanse.engines.regional.atkinson import atkinson
from hanse.engines.regional.beta_convergence import beta_convergence
from hanse.engines.regional.coagglomeration import coagglomeration
from hanse.engines.regional.coagglomeration_pairs import coagglomeration_pairs
from hanse.engines.regional.coefficient_of_variation import coefficient_of_variation
from hanse.engines.regional.colocation import colocation
from hanse.engines.regional.coulter import coulter
from hanse.engines.regional.ellison_glaeser import ellison_glaeser
from hanse.engines.regional.entropy import entropy
from hanse.engines.regional.entry_exit import entry_exit
from hanse.engines.regional.gini import gini
from hanse.engines.regional.growth_rate import growth_rate
from hanse.engines.regional.hachman import hachman
from hanse.engines.regional.herfindahl import herfindahl
from hanse.engines.regional.hoover import hoover
from hanse.engines.regional.krugman import krugman
from hanse.engines.regional.krugman_pairs import krugman_pairs
from hanse.engines.regional.litzenberger_sternberg import litzenberger_sternberg
from hanse.engines.regional.location_quotient import location_quotient
from hanse.engines.regional.locational_gini import locational_gini
from hanse.engines.regional.maurel_sedillot import maurel_sedillot
from hanse.engines.regional.shift_share_analysis import shift_share_analysis
from hanse.engines.regional.sigma_convergence import sigma_convergence
from hanse.engines.regional.theil import theil
from hanse.engines.regional.williamson import williamson

__all__ = [
    "atkinson",
    "beta_convergence",
    "coagglomeration",
    "coagglomeration_pairs",
    "coefficient_of_variation",
    "colocation",
    "coulter",
    "ellison_glaeser",
    "entropy",
    "entry_exit",
    "gini",
    "growth_rate",
    "hachman",
    "herfindahl",
    "hoover",
    "krugman",
    "krugman_pairs",
    "litzenberger_sternberg",
    "location_quotient",
    "locational_gini",
    "maurel_sedillot",
    "shift_share_analysis",
    "sigma_convergence",
    "theil",
    "williamson",
]
