"""A profile as schema.org says it, for machines that read the page."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings

from hanse.commons.places.words import iso_code
from hanse.directory.models import Organisation
from hanse.directory.queries.profile import Profile
from hanse.directory.words import Voice


def json_ld(profile: Profile) -> str:
    """JSON-LD of what everybody may read; `<` is written so that no page takes it for a tag."""
    return json.dumps(linked(profile), ensure_ascii=False).replace("<", "\\u003c")


def linked(profile: Profile) -> dict[str, Any]:
    organisation = profile.organisation
    public = {
        field: [line for line in lines if line.fact.is_public]
        for field, lines in profile.lines.items()
    }

    def texts(field: str) -> list[str]:
        return [line.text for line in public.get(field, ())]

    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": address_of(organisation),
        "name": organisation.name,
        "alternateName": [*texts("other_name"), *texts("short_name")],
        "description": next(iter(texts("summary")), None),
        "url": next(iter(texts("website")), None),
        "foundingDate": next(iter(texts("founded")), None),
        "vatID": next(iter(texts("vat")), None),
        "knowsAbout": [*texts("competence"), *texts("technology")],
        "knowsLanguage": [str(line.fact.value) for line in public.get("language", ())],
        "address": {
            "@type": "PostalAddress",
            "addressLocality": organisation.city or None,
            "addressRegion": organisation.region or None,
            "addressCountry": iso_code(organisation.country),
        },
        "memberOf": [
            {"@type": "Organization", "name": one.cluster.name, "@id": address_of(one.cluster)}
            for one in profile.clusters
        ],
        "identifier": [
            {"@type": "PropertyValue", "propertyID": field.upper(), "value": value}
            for field in ("pic", "ror", "register")
            for value in texts(field)
        ],
        "dateModified": max(
            (line.fact.confirmed_at.date().isoformat() for lines in public.values()
             for line in lines),
            default=None,
        ),
    }  # fmt: skip
    if any(line.fact.voice == Voice.PUBLIC_PAGE for line in public.get("name", ())):
        said["isBasedOn"] = public["name"][0].fact.source or None
    return {key: value for key, value in said.items() if value not in (None, [], "")}


def address_of(organisation: Organisation) -> str:
    return settings.HANSE_ADDRESS.rstrip("/") + organisation.get_absolute_url()
