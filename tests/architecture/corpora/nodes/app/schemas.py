from typing import Literal
from pydantic import BaseModel, Field


class LeafCreate(BaseModel):
    color: Literal["r", "b"]  # L702 LeafCreate
    title: str = Field(max_length=20)  # L703 LeafCreate


class NodeRead(BaseModel):
    id: int
    title: str
    parent_id: int | None
    owner_id: int


class LeafRead(NodeRead):
    color: str
