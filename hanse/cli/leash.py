"""A child process that ends when its parent does, however the parent ended.

The parent keeps the writing end of a pipe open; when it is gone the child reads the end of it.
"""

import os
import signal
import threading

LEASH = "HANSE_LEASH"


def end_with_parent() -> None:
    """Watch the pipe that the parent named, if it named one."""
    if LEASH not in os.environ:
        return
    number = int(os.environ.pop(LEASH))
    threading.Thread(target=wait_for_end, args=[number], daemon=True).start()


def wait_for_end(pipe: int) -> None:
    os.read(pipe, 1)
    os.kill(os.getpid(), signal.SIGTERM)
