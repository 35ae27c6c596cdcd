from garage.models import Garage
from garage.schemas import GarageDTO


class GarageRepository:
    def get(self, pk: int) -> "Garage":  # L301 GarageRepository.get
        return Garage.objects.get(pk=pk)

    def names(self) -> list[str]:
        return list(Garage.objects.values_list("name", flat=True))

    def read(self, pk: int) -> GarageDTO:
        row = Garage.objects.values("id", "name").get(pk=pk)
        return GarageDTO(**row)
