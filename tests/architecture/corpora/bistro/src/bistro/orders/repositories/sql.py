from bistro.menu import models as menu_models  # L103 bistro.orders.repositories.sql
from bistro.menu.repositories import Dishes  # L103 bistro.orders.repositories.sql
from bistro.orders.models import Order
from bistro.orders.repositories.protocol import Orders
from bistro.orders.schemas import Holder, OrderOut
from bistro.orders.services.placing import place  # L101 bistro.orders.repositories.sql
from bistro.orders.api import routes  # L101 bistro.orders.repositories.sql


class SqlOrders(Orders):
    def get(self, pk: int) -> OrderOut:
        return Order.objects.get(pk=pk)  # L302 SqlOrders.get

    def save(self, order: OrderOut) -> OrderOut:
        return order

    def remove(self, pk: int) -> None:
        Order.objects.filter(pk=pk).delete()

    def hold(self, pk: int) -> Holder:  # L301 SqlOrders.hold
        return Holder(order=Order.objects.get(pk=pk))
