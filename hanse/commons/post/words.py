from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# The head of a mail that says what it is about; it stays in the outbox and does not go out.
ABOUT = "X-Hanse-About"


class LetterState(TextChoices):
    QUEUED = "queued", _("waiting to be sent")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
    # The program was stopped in the middle of sending: nobody can tell whether it went out.
    DOUBTFUL = "doubtful", _("may have been sent")
