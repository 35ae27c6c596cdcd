from pydantic import BaseModel


class ShelfRead(BaseModel):
    title: str
