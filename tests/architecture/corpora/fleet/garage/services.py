from garage.schemas import GarageDTO


def get_garage(pk: int) -> GarageDTO:
    return GarageDTO(pk, "")
