"""The sections of the house, in the order of the masthead's rule."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Section:
    code: str
    name: str | Promise
    planned: str | Promise = ""
    # Other addresses that belong to it.
    also: tuple[str, ...] = ()

    @property
    def built(self) -> bool:
        return not self.planned

    @property
    def address(self) -> str:
        return f"/{self.code}/" if self.built else f"/sections/{self.code}/"

    def holds(self, path: str) -> bool:
        return path.startswith((self.address, *self.also))


SECTIONS: Sequence[Section] = (
    Section("observatory", _("Observatory")),
    Section("directory", _("Directory")),
    Section("events", _("Events"), also=("/calls/",)),
    Section(
        "partnerships",
        _("Partnerships"),
        _("Clusters of several regions form a consortium, sign an agreement and write one "
          "strategy. What came of it is measured and stays on record."),
    ),
    Section(
        "funding",
        _("Funding"),
        _("Calls for innovation projects across regions and sectors, from application to final "
          "account. Every decision keeps the rules and the reasons it rests on."),
    ),
    Section(
        "excellence",
        _("Excellence"),
        _("Cluster managers assess their own work and compare it with peers. "
          "A label follows that anyone can verify."),
    ),
    Section(
        "efficiency",
        _("Efficiency"),
        _("A check in minutes shows a firm where materials, water and energy go. "
          "Each measure comes with the money it saves and a person to call."),
    ),
    Section(
        "policy",
        _("Policy"),
        _("What regions tried for their clusters and what it changed. "
          "Policy makers meet here by invitation and learn from each other’s records."),
    ),
)  # fmt: skip
