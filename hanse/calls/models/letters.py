"""Letters of a call in its officers' own words."""

from django.db import models

from hanse.calls.models.calls import Call
from hanse.commons.post.models import OwnWords


class LetterText(OwnWords):
    call = models.ForeignKey(Call, models.CASCADE, related_name="letter_texts")

    class Meta(OwnWords.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["call", "code", "language"], name="calls_letter_text_once_a_language"
            )
        ]
