"""Letters of an event in the organisers' own words."""

from django.db import models

from hanse.commons.post.models import OwnWords
from hanse.events.models.series import Event


class MailText(OwnWords):
    event = models.ForeignKey(Event, models.CASCADE, related_name="mail_texts")

    class Meta(OwnWords.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["event", "code", "language"], name="mail_text_once_a_language"
            )
        ]
