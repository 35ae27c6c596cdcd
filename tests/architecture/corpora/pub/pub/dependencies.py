from pub.repositories.beer import BeerRepository
from pub.services.beer import BeerService


def beer_service() -> BeerService:
    return BeerService(BeerRepository())


def rows() -> BeerRepository:
    return BeerRepository()
