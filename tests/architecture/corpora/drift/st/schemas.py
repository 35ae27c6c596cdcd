from datetime import date
from typing import Annotated, Literal

import pydantic
from annotated_types import Le, MaxLen
from pydantic import BaseModel, Field, StringConstraints, conint, constr

from st.types import Level, State, Wrong

Title = Annotated[str, Field(max_length=80)]
LongTitle = Annotated[str, StringConstraints(max_length=100)]


class IssueCreate(BaseModel):
    title: LongTitle  # L703 IssueCreate
    state: Wrong  # L702 IssueCreate
    level: Literal[1, 2, 3]  # L702 IssueCreate
    kind: Literal["a", "b"]
    votes: int = Field(ge=0, le=10)  # L703 IssueCreate
    due: date | None = None


class IssueUpdate(BaseModel):
    title: Title | None = None
    state: State | None = None
    level: Level = Level.LOW
    kind: Literal["a", "c"] = "a"  # L702 IssueUpdate
    votes: Annotated[int, Field(ge=0, le=5)] = 0


class IssueRead(BaseModel):
    id: int
    title: str
    state: State
    level: int
    kind: str
    votes: int
    due: date | None


class LabelCreate(BaseModel):
    text: str  # L703 LabelCreate
    issue_id: int


class LabelUpdate(BaseModel):
    text: Annotated[str, MaxLen(10)]  # L703 LabelUpdate


class LabelInsert(BaseModel):
    text: constr(max_length=6)
    issue_id: int


class IssuePatch(BaseModel):
    title: Annotated[str, MaxLen(80)]
    votes: Annotated[int, Le(5), annotated_types.Ge(0)]
    level: Literal[Level.LOW, Level.HIGH] | None = None


class IssueForm(BaseModel):
    level: int  # L702 IssueForm
    state: str  # L702 IssueForm
    kind: str = Field(pattern="^[ab]$")
