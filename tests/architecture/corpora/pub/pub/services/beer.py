from typing import Protocol

from pub.schemas.beer import BeerRead


class Beers(Protocol):
    def get(self, pk: int) -> BeerRead: ...


class BeerService:
    def __init__(self, beers: Beers) -> None:
        self._beers = beers

    def get(self, pk: int) -> BeerRead:
        return self._beers.get(pk)

    def serve(self, pk: int, user_id: int) -> BeerRead:
        return self._beers.get(pk)
