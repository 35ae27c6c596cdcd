from pub.models import Beer
from pub.schemas.beer import BeerRead


class BeerRepository:
    def get(self, pk: int) -> BeerRead:
        return BeerRead.model_validate(Beer.objects.get(pk=pk), from_attributes=True)

    def row(self, pk: int) -> Beer:  # L301 BeerRepository.row
        return Beer.objects.get(pk=pk)
