from typing import Any

from hanse.commons.links.models import LetterLink


def about(person: Any) -> list[dict[str, Any]]:
    """Links that letters to a person held, for the download about themselves."""
    return list(
        LetterLink.objects.filter(person=person).values(
            "purpose", "subject", "email", "made_at", "expires_at", "used_at"
        )
    )
