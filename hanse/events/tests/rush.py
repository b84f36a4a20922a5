"""One of many processes that press “register”: `rush.py DATABASE EVENT FIRST LAST`.

Waits for a line on its input, so that all begin at once; says each answer once it is committed.
"""

import os
import sys
import time

PAGE = 0.02


def say(*words: object) -> None:
    sys.stdout.write(" ".join(str(word) for word in words) + "\n")
    sys.stdout.flush()


def main(database: str, number: str, first: str, last: str) -> None:
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from hanse.events.actions.registration import Guest, register
    from hanse.events.models import Event

    event = Event.objects.get(pk=number)
    kind = event.kinds.get()
    say("ready")
    sys.stdin.readline()
    for guest in range(int(first), int(last)):
        one = register(event, kind, Guest(f"Guest {guest}", f"g{guest}@rush.example"), by=None)
        say(guest, one.number, one.state)
        # As the next one's page does; or one process would press again before others wake up.
        time.sleep(PAGE)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hanse.project.settings")
    main(*sys.argv[1:])
