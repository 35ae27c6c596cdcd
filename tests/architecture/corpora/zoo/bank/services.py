from zoo import services as zoo_services
from zoo.services import keeper
from zoo.services.keeper import p
from zoo.schemas import AnimalDTO
from zoo.repositories.animals import Animals  # L103 bank.services # L104 bank.services
from zoo import models  # L103 bank.services
from zoo.api import router  # L103 bank.services


def x() -> None:
    keeper.p(AnimalDTO(1, "x"))
