from pantry.repositories import ShelfRepository  # L104 pantry.services


from pantry.models import Shelf  # L101 pantry.services


class ShelfService:
    def __init__(self, shelves: ShelfRepository) -> None:
        self._shelves = shelves

    def saved(self) -> None:
        for shelf in self._shelves.rows():
            shelf.save()  # L404 ShelfService.saved
