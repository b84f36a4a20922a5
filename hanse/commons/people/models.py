from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class People(BaseUserManager["Person"]):
    """What Django and its back office ask of a user model."""

    def create_user(self, email: str, password: str | None = None, **facts: object) -> "Person":
        person = self.model(email=email.strip().lower(), **facts)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """Somebody with a log-in. What they may do is asked of each object, never of a role."""

    email = models.EmailField(
        _("E-mail address"),
        max_length=254,
        unique=True,
        error_messages={"unique": _("A person with this e-mail address exists already.")},
    )
    name = models.CharField(_("Name"), max_length=150, blank=True)
    language = models.CharField(_("Language"), max_length=10, default="en")
    timezone = models.CharField(_("Time zone"), max_length=64, default="Europe/Brussels")
    is_active = models.BooleanField(_("May log in"), default=True)
    is_staff = models.BooleanField(
        _("Operator"), default=False, help_text=_("Opens the back office, and nothing else.")
    )
    joined_at = models.DateTimeField(_("Joined"), default=now, editable=False)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    # A line of the audit trail about a person carries the number alone.
    is_personal = True

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email

    # Only the back office asks these two.
    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff
