"""A small world: two recyclers who say it differently, a firm, a stranger."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.utils import timezone

from hanse.directory.actions.facts import Spoken, make_organisation
from hanse.directory.actions.indexing import index
from hanse.directory.actions.ownership import make_administrator
from hanse.directory.models import Organisation
from hanse.directory.queries import columns
from hanse.directory.queries.vocabularies import known
from hanse.directory.rules.values import Said, read_value
from hanse.directory.words import JoinReason, State


@pytest.fixture(autouse=True)
def columns_of_this_test():
    """Ticks go back with the transaction of a test; what was held of another is forgotten."""
    columns.forget()


def said(facts: Mapping[str, Any], language: str = "en") -> list[Said]:
    today = timezone.localdate()
    return [
        read_value(field, value, known(), today=today, language=language)
        for field, values in facts.items()
        for value in (values if isinstance(values, list) else [values])
    ]


@pytest.fixture
def organisation(db) -> Callable[..., Organisation]:
    def made(
        name: str,
        *,
        kind: str = "cluster",
        state: State = State.PUBLISHED,
        language: str | list[str] = "en",
        administrator: Any = None,
        **facts: Any,
    ) -> Organisation:
        facts = {"country": "PL", **facts}
        if isinstance(language, list):  # the working languages; the texts are English
            facts["language"], language = language, "en"
        one = make_organisation(
            kind,
            said({"name": name, **facts}, language),
            Spoken(administrator),
            state=state,
        )
        if state is State.PUBLISHED:
            one.confirmed_at = timezone.now()
            one.save()
            index([one])
        if administrator:
            make_administrator(one, administrator, JoinReason.FOUNDER, by=administrator)
        return one

    return made


@pytest.fixture
def polish(organisation, ana) -> Organisation:
    """Ana's: a cluster in Poland."""
    return organisation("Dolina Ogniw", administrator=ana, competence=["battery-recycling"])


@pytest.fixture
def german(organisation, bruno) -> Organisation:
    """Bruno's: a cluster in Germany."""
    return organisation(
        "Zweites Leben", country="DE", administrator=bruno, website="https://zweites-leben.example"
    )
