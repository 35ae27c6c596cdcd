from typing import Protocol


class Mailer(Protocol):
    def save(self, key: int) -> None: ...  # legal: a gateway


class Store(Protocol):
    def save(self) -> None: ...  # legal: a gateway
