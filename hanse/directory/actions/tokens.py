"""Make a key for a program, know it again, revoke it. Only a digest is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.directory.models import ApiToken
from hanse.directory.words import REFUSALS
from hanse.kit.refusals import Refusal, Refused

MOST = 20
MARK = "hanse_"
SHOWN = 10
# When it was last used is written down once in so long, not at every question.
BETWEEN = timedelta(minutes=5)


@transaction.atomic
def make_token(name: str, *, by: Any) -> tuple[ApiToken, str]:
    """The key itself comes back this once; nobody can read it again."""
    if ApiToken.objects.filter(person=by, revoked_at__isnull=True).count() >= MOST:
        raise Refused(Refusal("too_many_tokens", REFUSALS["too_many_tokens"], {"most": MOST}))
    key = MARK + secrets.token_urlsafe(32)
    made = ApiToken.objects.create(
        person=by,
        name=" ".join(name.split())[:80],
        token_digest=digest(key),
        beginning=key[:SHOWN],
    )
    record("make_token", made, by=by)
    return made, key


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Any) -> None:
    """From now on the key opens nothing."""
    token.revoked_at = token.revoked_at or timezone.now()
    token.save(update_fields=["revoked_at"])
    record("revoke_token", token, by=by)


def person_behind(key: str) -> Any:
    """Whoever wrote this key into a program; None where it opens nothing."""
    token = (
        ApiToken.objects.select_related("person")
        .filter(token_digest=digest(key), revoked_at__isnull=True, person__is_active=True)
        .first()
    )
    if token is None:
        return None
    now = timezone.now()
    if token.used_at is None or token.used_at < now - BETWEEN:
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)
    return token.person


def digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "ignore")).hexdigest()
