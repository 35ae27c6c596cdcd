from django.db import transaction

from bistro.orders.repositories.sql import SqlOrders
from bistro.orders.services.placing import Placing


def placing() -> Placing:
    return Placing(SqlOrders(), SqlOrders(), transaction.atomic)
