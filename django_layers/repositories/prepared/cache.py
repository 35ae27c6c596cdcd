"""What is kept of compiled queries: the least recently used goes when there are too many."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any, Final, Generic, TypeVar
from weakref import WeakSet

from django.core.signals import setting_changed

__all__ = ["Cache"]

MOST: Final = 256
"""How many shapes of queries one repository keeps: callers choose filters and sizes of pages, not how much memory."""

ValueT = TypeVar("ValueT")


class Cache(Generic[ValueT]):
    """A bounded mapping for several threads; what was not asked for longest goes first.

    A test that changes a setting, and with it perhaps the database or the time zone, starts with an empty one.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, ValueT] = OrderedDict()
        self._lock = Lock()
        _caches.add(self)

    def get(self, key: Hashable) -> ValueT | None:
        """Return what is kept for a key; None where there is nothing."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Hashable, value: ValueT) -> None:
        """Keep a value for a key, in place of what there was."""
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Keep nothing any longer."""
        with self._lock:
            self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)


_caches: WeakSet[Cache[Any]] = WeakSet()


def _forget(**_: object) -> None:
    for cache in list(_caches):
        cache.clear()


setting_changed.connect(_forget, dispatch_uid="django_layers.repositories.prepared")
