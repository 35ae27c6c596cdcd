from django.db import transaction

from fleet.repositories.cars import Cars
from fleet.services.rides import Rides


def rides() -> Rides:
    return Rides(Cars(), transaction.atomic())
