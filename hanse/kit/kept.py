"""What is costly to write and the same for many readers: kept in this process, the newest few.

The key says everything that the text depends on, so that nothing ever has to be thrown away by
hand; what is not asked for any more falls out.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


class Kept:
    """At most so many things, each under what it depends on.

    >>> kept = Kept(2)
    >>> [kept.get(key, lambda: object()) is kept.get(key, lambda: object()) for key in "ab"]
    [True, True]
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._things: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was kept under the key, else what is made now."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                found: T = self._things[key]
                return found
        made = make()
        with self._lock:
            self._things[key] = made
            while len(self._things) > self.most:
                self._things.popitem(last=False)
        return made
