from collections.abc import Collection, Mapping, Sequence

from django.db.models import QuerySet

from hanse.commons.post.models import Letter


def letters_to(addresses: Collection[str]) -> QuerySet[Letter]:
    return Letter.objects.filter(to__in=[address.lower() for address in addresses])


def letters_as_records(addresses: Collection[str]) -> Sequence[Mapping[str, object]]:
    return list(
        letters_to(addresses).values(
            "to", "sender", "subject", "text", "language", "state", "written_at", "sent_at"
        )
    )
