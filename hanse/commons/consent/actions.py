from typing import Any

from django.utils import translation

from hanse.commons.consent.models import Consent
from hanse.commons.consent.queries import has_agreed
from hanse.commons.consent.words import Answer, Purpose


def agree(person: Any, purpose: Purpose) -> None:
    if not has_agreed(person, purpose.code):
        write_line(person, purpose, Answer.GIVEN)


def withdraw(person: Any, purpose: Purpose) -> None:
    newest = Consent.objects.filter(person=person, purpose=purpose.code).first()
    if newest is not None and newest.answer == Answer.GIVEN:
        write_line(person, purpose, Answer.WITHDRAWN)


def write_line(person: Any, purpose: Purpose, answer: Answer) -> None:
    Consent.objects.create(
        person=person,
        purpose=purpose.code,
        version=purpose.version,
        wording=str(purpose.wording),
        language=translation.get_language() or "en",
        answer=answer,
    )
