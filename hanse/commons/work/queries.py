from datetime import datetime

from django.db.models import Max

from hanse.commons.work.models import Heartbeat


def last_heartbeat() -> datetime | None:
    """When any background worker last said that it is alive."""
    return Heartbeat.objects.aggregate(last=Max("at"))["last"]
