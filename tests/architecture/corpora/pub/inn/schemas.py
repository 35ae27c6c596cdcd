from dataclasses import dataclass


@dataclass
class RoomRead:
    id: int
    name: str


@dataclass
class GuestRead:
    id: int
    room_id: int
    beers: tuple[int, ...]
