"""What is known of the names of a function, on each of the ways that it can take."""

from collections.abc import Iterable, Mapping

from django_layers.architecture.inference.values import Value, join

__all__ = ["Changes", "KnownNames", "merged"]

Changes = Mapping[str, Value]


class KnownNames(dict[str, Value]):
    """What is known of names, which can be tried out and taken back.

    What is taken back costs as much as has changed, and not as much as is known: a function of thousands of branches would
    otherwise take the square of that.
    """

    __slots__ = ("_before",)

    def __init__(self) -> None:
        self._before: list[dict[str, Value | None]] = []

    def __setitem__(self, name: str, value: Value) -> None:
        """Note what a name is."""
        if self._before:
            self._before[-1].setdefault(name, self.get(name))
        super().__setitem__(name, value)

    def put(self, changes: Iterable[tuple[str, Value]]) -> None:
        """Note what several names are."""
        for name, value in changes:
            self[name] = value

    def begin(self) -> None:
        """Begin what is to be taken back."""
        self._before.append({})

    def take_back(self) -> dict[str, Value]:
        """Go back to where `begin` was called, and return what names have become since."""
        before = self._before.pop()
        changes = {name: self[name] for name in before}
        for name, value in before.items():
            if value is None:
                del self[name]
            else:
                super().__setitem__(name, value)
        return changes


def merged(ways: Iterable[Changes], known: Changes, *, or_none: bool) -> Changes:
    """Return what names may be after one of several ways.

    Args:
        ways: what names have become on each.
        known: what they were before.
        or_none: whether it may be that none of the ways is taken.
    """
    found: dict[str, list[Value]] = {}
    count = 0
    for way in ways:
        count += 1
        for name, value in way.items():
            found.setdefault(name, []).append(value)
    for name, values in found.items():
        if name in known and or_none:
            values.insert(0, known[name])
        elif name in known and len(values) < count:
            values.append(known[name])
    return {name: join(values) for name, values in found.items()}
