from collections.abc import Collection

from django.db.models import QuerySet

from hanse.commons.post.models import Letter


def letters_to(addresses: Collection[str]) -> QuerySet[Letter]:
    return Letter.objects.filter(to__in=[address.lower() for address in addresses])
