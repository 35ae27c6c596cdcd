from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen
from pydantic import BaseModel, EmailStr, Field, NonNegativeInt, conint, constr

from recipes.types import Status

Title = Annotated[str, Field(min_length=1, max_length=100)]


class MenuKind(StrEnum):
    LUNCH = "lunch"
    BRUNCH = "brunch"


class MenuCreate(BaseModel):
    title: Title  # legal: as the column
    note: str  # L703 MenuCreate
    recipe_id: int
    dish_ids: list[int]
    kind: MenuKind  # L702 MenuCreate
    size: Literal["s", "m"]  # L702 MenuCreate
    status: Status  # legal: the same enumeration
    course: Literal[1, 2, 3]  # L702 MenuCreate
    seats: NonNegativeInt  # legal: as the column
    stars: Annotated[int, Field(ge=1, le=5)]  # legal: as the column
    rank: int = Field(ge=1)  # L703 MenuCreate
    price: Annotated[Decimal, Field(max_digits=6, decimal_places=2)]  # legal: as the column


class MenuUpdate(BaseModel):
    title: constr(max_length=200) | None = None  # L703 MenuUpdate
    note: str | None = Field(default=None, max_length=50)  # legal: stricter
    kind: Literal["lunch", "dinner"] | None = None  # legal: the same values
    size: str | None = None  # L702 MenuUpdate
    course: int | None = None  # L702 MenuUpdate
    seats: int | None = None  # L703 MenuUpdate
    stars: conint(ge=1, le=6)  # L703 MenuUpdate
    rank: Annotated[int, Field(gt=0, lt=10)]  # legal: as the column
    email: EmailStr


class MenuPatch(BaseModel):
    title: Annotated[str, MaxLen(100)]  # legal: as the column
    note: Annotated[str, MaxLen(200)]  # L703 MenuPatch
    size: str = Field(pattern="^[sl]$")  # legal: the pattern may say as much
    course: Literal[1, 2]  # legal: the same values
    rank: Annotated[int, Ge(1), Le(9)]  # legal: as the column


class MenuRead(BaseModel):
    title: str  # legal: what is read is there already
    size: str  # legal: what is read is there already
    seats: int  # legal: what is read is there already
    kind: Literal["lunch"]  # L702 MenuRead


class MenuQuery(BaseModel):
    title: str = ""  # legal: a filter
    kind: Literal["lunch"] | None = None  # legal: a filter
