from dataclasses import dataclass


@dataclass(frozen=True)
class GarageDTO:
    id: int
    name: str
