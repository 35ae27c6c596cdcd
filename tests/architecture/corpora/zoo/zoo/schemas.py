from dataclasses import dataclass, field
from typing import Any


@dataclass
class AnimalDTO:
    id: int
    name: str
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass
class Bundle:
    rows: Any
    total: int = 0
