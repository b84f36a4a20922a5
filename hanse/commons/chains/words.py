"""The three value chains that ship as examples, and the sentences of refusals."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Slug → name, what it is, and the names of its stages; sectors stand in the first migration.
EXAMPLES: dict[str, tuple[Promise, Promise, tuple[Promise, ...]]] = {
    "electric-mobility": (
        _("Electric mobility"),
        _("From ore and cells to the vehicle, its repair and what is recovered from it."),
        (
            _("Ores and metals"),
            _("Chemicals for batteries"),
            _("Cells, motors and cables"),
            _("Electronics"),
            _("Vehicles"),
            _("Trade and repair"),
            _("Recovery of materials"),
        ),
    ),
    "building-with-wood": (
        _("Building with wood"),
        _("From the saw to the finished building; forestry is outside these statistics."),
        (
            _("Wood products"),
            _("Furniture and fittings"),
            _("Planning"),
            _("Construction of buildings"),
            _("Finishing trades"),
        ),
    ),
    "circular-textiles": (
        _("Textiles in a circle"),
        _("From fibre to clothing, and back through collection and recovery."),
        (
            _("Fibres and chemicals"),
            _("Textiles"),
            _("Clothing and leather"),
            _("Machines for textiles"),
            _("Trade"),
            _("Collection and recovery"),
        ),
    ),
}
REFUSALS = {
    "no_stages": _("A chain needs a stage. Name one and say which sectors make it."),
    "too_many_stages": _("A chain has at most %(most)s stages."),
    "stage_without_sectors": _(
        "The stage “%(stage)s” names no sector. Write NACE divisions such as C29, C27."
    ),
    "stage_without_name": _("A stage with the sectors %(codes)s has no name."),
    "unknown_sectors": _("%(codes)s: no division of NACE Rev. 2 that these statistics have."),
    "too_many_sectors": _("The stage “%(stage)s” names more than %(most)s sectors."),
    "too_many_chains": _("You have %(most)s chains already; remove one first."),
    "same_name": _("You have a chain of this name already."),
}
