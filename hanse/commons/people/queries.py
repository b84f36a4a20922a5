from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Count, Q

from hanse.commons.people.models import Person


@dataclass(frozen=True)
class LogInWays:
    """How a person can get in."""

    password: bool
    addresses: int
    passkeys: int
    totp: bool
    recovery_codes: bool
    others: int


def log_in_ways(person: Person) -> LogInWays:
    kinds = Authenticator.Type
    counts = Authenticator.objects.filter(user=person).aggregate(
        passkeys=Count("id", filter=Q(type=kinds.WEBAUTHN)),
        totp=Count("id", filter=Q(type=kinds.TOTP)),
        codes=Count("id", filter=Q(type=kinds.RECOVERY_CODES)),
    )
    return LogInWays(
        password=person.has_usable_password(),
        addresses=EmailAddress.objects.filter(user=person).count(),
        passkeys=counts["passkeys"],
        totp=bool(counts["totp"]),
        recovery_codes=bool(counts["codes"]),
        others=SocialAccount.objects.filter(user=person).count(),
    )


def addresses_of(person: Person) -> set[str]:
    known = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    return {person.email, *(address.lower() for address in known)}


def proved_addresses_of(person: Person) -> set[str]:
    """Addresses at which the person has answered a letter."""
    known = EmailAddress.objects.filter(user=person, verified=True)
    return {address.lower() for address in known.values_list("email", flat=True)}


def about(person: Person) -> dict[str, Any]:
    return {
        "email": person.email,
        "name": person.name,
        "language": person.language,
        "timezone": person.timezone,
        "joined_at": person.joined_at,
        "last_login": person.last_login,
        "operator": person.is_staff,
        "addresses": list(
            EmailAddress.objects.filter(user=person).values("email", "verified", "primary")
        ),
        # What opens the door (secrets, keys, codes) is left out: a download must not be a key.
        "second_factors": list(
            Authenticator.objects.filter(user=person).values("type", "created_at", "last_used_at")
        ),
        "other_log_ins": list(
            SocialAccount.objects.filter(user=person).values(
                "provider", "uid", "date_joined", "last_login", "extra_data"
            )
        ),
    }
