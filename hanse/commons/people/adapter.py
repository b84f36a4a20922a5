"""What we tell django-allauth about our people."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.utils import build_absolute_uri
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from hanse.commons.people.models import Person


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:  # noqa: FBT001, FBT002  allauth's signature
        user.name = form.cleaned_data.get("name", "")
        user.language = translation.get_language() or "en"
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the language of whoever reads the letter, not of whoever pressed the button."""
        there = build_absolute_uri(self.request, reverse("mfa_index"))
        context.setdefault("account_url", there)
        reader = context.get("user") or Person.objects.filter(email__iexact=email).first()
        with translation.override(getattr(reader, "language", None) or translation.get_language()):
            super().send_mail(template_prefix, email, context)
