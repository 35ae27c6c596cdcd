from abc import ABC, abstractmethod
from bistro.orders.schemas import OrderOut


class Orders(ABC):
    @abstractmethod
    def get(self, pk: int) -> OrderOut: ...
    @abstractmethod
    def save(self, order: OrderOut) -> OrderOut: ...
    @abstractmethod
    def remove(self, pk: int) -> None: ...
    def find(self, pk: int) -> OrderOut | None:
        return None
