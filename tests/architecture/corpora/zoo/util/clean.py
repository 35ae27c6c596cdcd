from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoo.models import Animal


def double(number: int) -> int:
    return number * 2


def note(animal: Animal) -> None:
    ...
