from pub.services.beer import BeerService
from inn.schemas import RoomRead


def rooms(beers: BeerService) -> list[RoomRead]:
    beers.get(1)
    return []
