from dataclasses import dataclass
from bistro.menu.schemas import DishOut
from bistro.orders.services import placing  # L101 bistro.orders.schemas
from bistro.orders.models import Order as _Order  # L101 bistro.orders.schemas


@dataclass
class OrderOut:
    id: int
    dish: DishOut


@dataclass
class Holder:
    order: _Order
