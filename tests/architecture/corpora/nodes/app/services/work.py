from __future__ import annotations

import logging
from typing import Any, Protocol

from app.schemas import NodeRead


class Repo(Protocol):
    def get(self, pk: int) -> NodeRead: ...
    def add(self, node: NodeRead) -> None: ...
    def update(self, node: NodeRead) -> None: ...
    def count(self) -> int: ...
    def exists(self, title: str) -> bool: ...
    def get_or_create(self, title: str) -> NodeRead: ...


class Uow(Protocol):
    nodes: Repo

    def __enter__(self) -> Uow: ...
    def __exit__(self, *args: Any) -> None: ...


class Service:
    def __init__(self, repo: Repo, uow: Uow, sessions: dict[str, Any], log: logging.Logger) -> None:
        self.repo = repo
        self.uow = uow
        self.sessions = sessions
        self.log = log

    def a(self, node: NodeRead) -> None:
        with self.uow as uow:
            uow.nodes.add(node)
            uow.nodes.update(node)

    def b(self, node: NodeRead) -> None:
        self.uow.nodes.add(node)
        self.uow.nodes.update(node)  # L411 Service.b

    def c(self, node: NodeRead) -> bool:
        self.log.info("x")
        self.repo.add(node)
        return self.repo.exists(node.title) and self.repo.count() > 0

    def d(self, title: str) -> NodeRead:
        return self.repo.get_or_create(title)

    def e(self, node: NodeRead) -> None:
        self.sessions.update({"x": 1})
        self.sessions.clear()
        self.repo.add(node)

    def f(self, node: NodeRead) -> None:
        self.repo.add(node)
        self.log.add("x")

    def g(self, node: NodeRead) -> None:
        for _ in range(3):
            try:
                self.repo.add(node)
                return
            except ValueError:
                continue

    def h(self, nodes: list[NodeRead]) -> None:
        with self.uow:
            for node in nodes:
                self.repo.add(node)

    def i(self, node: NodeRead) -> None:
        try:
            self.repo.add(node)
        except ValueError:
            self.repo.update(node)

    def j(self, node: NodeRead) -> None:
        (self.repo.add if node.id else self.repo.update)(node)

    def k(self, node: NodeRead) -> None:
        write = self.repo.add if node.id else self.repo.update
        write(node)

    def l(self, node: NodeRead, children: set[int], parent: dict[str, int]) -> Any:
        children.add(1)
        parent.get("x")
        children.clear()
        return children.union({2})

    def m(self, node: NodeRead) -> None:
        self._first(node)
        self._second(node)  # L411 Service.m

    def _first(self, node: NodeRead) -> None:
        self.repo.add(node)

    def _second(self, node: NodeRead) -> None:
        self.repo.update(node)

    def n(self, node: NodeRead) -> None:
        with self.uow:
            self._first(node)
            self._second(node)

    async def o(self, node: NodeRead) -> None:
        async with self.uow:
            await self.repo.aadd(node)
            await self.repo.aupdate(node)
