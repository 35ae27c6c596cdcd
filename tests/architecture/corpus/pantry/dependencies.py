from pantry.repositories import ShelfRepository
from pantry.services import ShelfService


def shelf_service() -> ShelfService:
    return ShelfService(ShelfRepository())
