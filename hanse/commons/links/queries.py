from typing import Any

from hanse.commons.links.models import LetterLink


def about(person: Any) -> list[dict[str, Any]]:
    """Links that letters to a person held, for the download about themselves."""
    links = LetterLink.objects.filter(person=person)
    return [
        dict(one)
        for one in links.values("purpose", "subject", "email", "made_at", "expires_at", "used_at")
    ]
