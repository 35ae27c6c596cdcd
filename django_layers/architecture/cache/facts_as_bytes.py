"""The facts of a module as bytes and back.

Pickled, because nothing else of the standard library makes the hundred thousands of them fast enough; and read by an
unpickler that makes facts and nothing else, because a cache may come from anywhere, a pull request included.
"""

import pickle
from datetime import date
from io import BytesIO

from django_layers.architecture.facts import expressions, statements
from django_layers.architecture.facts.statements import ModuleFacts
from django_layers.architecture.facts.suppression import Suppression

__all__ = ["facts_from", "facts_to_bytes"]

_PROTOCOL = 5

_KNOWN: dict[tuple[str, str], type] = {
    (one.__module__, one.__qualname__): one
    for module in (expressions, statements)
    for one in vars(module).values()
    if isinstance(one, type) and one.__module__ == module.__name__
}
_KNOWN |= {(Suppression.__module__, "Suppression"): Suppression, ("datetime", "date"): date}


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        known = _KNOWN.get((module, name))
        if known is None:
            raise pickle.UnpicklingError(f"{module}.{name} is no kind of fact")
        return known


def facts_to_bytes(facts: ModuleFacts) -> bytes:
    """Return facts as bytes."""
    return pickle.dumps(facts, _PROTOCOL)


def facts_from(content: bytes) -> ModuleFacts | None:
    """Return the facts that bytes stand for; None where they are damaged, or made by somebody else."""
    try:
        facts = _Unpickler(BytesIO(content)).load()
    except Exception:  # what damaged bytes raise is up to where the damage is
        return None
    return facts if isinstance(facts, ModuleFacts) else None
