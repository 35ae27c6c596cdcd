from typing import Literal

from pydantic import BaseModel, Field


class BeerCreate(BaseModel):
    name: str = Field(max_length=20)
    strength: int = Field(ge=1, le=9)
    kind: Literal["ale", "ipa"]
    room_id: int


class BeerRead(BaseModel):
    id: int
    name: str
    strength: int
    kind: Literal["ale", "ipa"]
    room_id: int


class KegRead(BaseModel):
    id: int
    beer_id: int
    guest_id: int
