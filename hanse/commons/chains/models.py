from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hanse.commons.chains.rules import Stage
from hanse.commons.chains.words import EXAMPLES


class ValueChain(models.Model):
    """Stages made of sectors. Without an owner: an example that ships with the program."""

    # The trail must not keep what somebody calls their chain after they are erased.
    is_personal = True
    # What every new place begins with; a backup may be restored over it.
    ships = models.Q(owner__isnull=True)

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    slug = models.SlugField(unique=True, null=True, blank=True, max_length=60)
    name = models.CharField(_("Name"), max_length=100)
    says = models.CharField(_("What it is"), max_length=300, blank=True)
    # [[name of the stage, [code, …]], …] in the order of the chain
    drawn = models.JSONField(_("Stages"))
    changed_at = models.DateTimeField(_("Changed"), auto_now=True)

    class Meta:
        verbose_name = _("value chain")
        verbose_name_plural = _("value chains")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="one_chain_of_a_name",
                condition=models.Q(owner__isnull=False),
            ),
            models.CheckConstraint(
                name="chain_is_owned_or_an_example",
                condition=models.Q(owner__isnull=False, slug__isnull=True)
                | models.Q(owner__isnull=True, slug__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The name; of an example in the reader's language."""
        return str(EXAMPLES[self.slug][0]) if self.slug in EXAMPLES else self.name

    @property
    def about(self) -> str:
        return str(EXAMPLES[self.slug][1]) if self.slug in EXAMPLES else self.says

    @property
    def stages(self) -> list[Stage]:
        names = [name for name, _codes in self.drawn]
        if self.slug in EXAMPLES:
            names = [str(name) for name in EXAMPLES[self.slug][2]]
        return [
            Stage(name, tuple(codes)) for name, (_n, codes) in zip(names, self.drawn, strict=True)
        ]

    def as_record(self) -> dict[str, Any]:
        """What a person downloads about themselves."""
        return {
            "name": self.name,
            "says": self.says,
            "stages": self.drawn,
            "changed_at": self.changed_at,
        }
