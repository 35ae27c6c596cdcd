from pantry.models import Shelf  # legal: no orm is kept apart here
from pantry.schemas import ShelfRead


class ShelfRepository:
    def first(self) -> ShelfRead:
        return ShelfRead(title=Shelf.objects.get().title)  # legal: a DTO

    def rows(self) -> list[Shelf]:  # L301 ShelfRepository.rows
        return list(Shelf.objects.all())
