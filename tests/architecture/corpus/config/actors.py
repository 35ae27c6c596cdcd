from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    key: int
