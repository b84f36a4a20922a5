"""One of many processes that press “register”: `rush.py DATABASE EVENT FIRST LAST`.

Waits for a line on its input, so that all begin at once; says each answer once it is committed.
"""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hanse.project.settings")

import django
from django.conf import settings

database, number, first, last = sys.argv[1], *(int(word) for word in sys.argv[2:])
settings.DATABASES["default"]["NAME"] = database
django.setup()

from hanse.events.actions.registration import Guest, register
from hanse.events.models import Event

event = Event.objects.get(pk=number)
kind = event.kinds.get()
print("ready", flush=True)
sys.stdin.readline()
for guest in range(first, last):
    one = register(event, kind, Guest(f"Guest {guest}", f"g{guest}@rush.example"), by=None)
    print(guest, one.number, one.state, flush=True)
