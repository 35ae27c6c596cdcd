from __future__ import annotations

import abc
import typing
from typing import Any, Final, Iterable, Self, TypeAlias, TypeVar

if typing.TYPE_CHECKING:
    from django.db.models import QuerySet

from app import models
from app.models import Leaf, Node, Proxy, Tree
from app.schemas import NodeRead

NODE: Final = Node
T = TypeVar("T")


class Spec(abc.ABC):
    @abc.abstractmethod
    def apply(self, qs: QuerySet[Node]) -> QuerySet[Node]: ...  # L301 Spec.apply # L303 Spec.apply


class Nodes:
    _model: type[Node] = Node

    @typing.no_type_check
    def a(self):  # L306 Nodes.a
        return Tree.objects.all()  # L302 Nodes.a

    def b(self) -> Tree:  # L301 Nodes.b
        ...

    def c(self) -> Any:
        return Proxy.objects.get()  # L302 Nodes.c

    def d(self) -> Any:
        return Leaf.objects.get().node_ptr  # L302 Nodes.d

    def e(self) -> Any:
        return Node.objects.get().children.first()  # L302 Nodes.e

    def f(self) -> Any:
        return Node.objects.get().parent.parent  # L302 Nodes.f

    def g(self) -> Any:
        return Node.objects.get().leaf  # L302 Nodes.g

    def h(self) -> Any:
        return self._model.objects.get()  # L302 Nodes.h

    def i(self) -> Any:
        return NODE.objects.get()  # L302 Nodes.i

    def j(self) -> Any:
        return Node.objects.get().owner  # L302 Nodes.j

    def k(self) -> Any:
        node = Node.objects.get()
        return {"node": {"inner": [node]}}  # L302 Nodes.k

    def l(self) -> Any:
        node = Node.objects.get()
        data = node.__dict__
        return data

    def m(self, pk: int) -> Self:
        return self

    def n(self) -> Any:
        node = Node()
        node.title = "x"
        node.save()
        return vars(node)

    def o(self) -> Any:
        nodes = []
        nodes.extend(n for n in Node.objects.all())
        return nodes  # L302 Nodes.o

    def p(self) -> Any:
        nodes: list = []
        for n in Node.objects.all():
            nodes.insert(0, n)
        return nodes[::-1]  # L302 Nodes.p

    def q(self) -> Any:
        nodes = {}
        for n in Node.objects.all():
            nodes.setdefault(n.parent_id, []).append(n)
        return nodes  # L302 Nodes.q

    def r(self) -> Any:
        out = []
        for n in Node.objects.all():
            out.append((n.pk, n))
        return out  # L302 Nodes.r

    def s(self) -> Any:
        out = []
        for n in Node.objects.all():
            out.append({"id": n.pk, "title": n.title})
        return out

    def t(self) -> Any:
        tree = self._tree(Node.objects.all())
        return tree  # L302 Nodes.t

    def _tree(self, nodes: Iterable[T]) -> dict[int, list[T]]:
        return {1: list(nodes)}

    def u(self) -> Any:
        return self._ids(Node.objects.all())

    def _ids(self, nodes):
        return [n.pk for n in nodes]

    def v(self) -> list[NodeRead]:
        return [self._read(n) for n in Node.objects.all()]

    def _read(self, n):
        return NodeRead(id=n.pk, title=n.title, parent_id=n.parent_id, owner_id=n.owner_id)

    def w(self) -> NodeRead | None:
        return next((self._read(n) for n in Node.objects.all()), None)

    def x(self) -> Any:
        for n in Node.objects.all():
            if n.title:
                yield n.pk, n.title

    def y(self) -> Any:
        yield [n for n in Node.objects.all()]  # L302 Nodes.y

    def z(self) -> Any:
        sent = yield Node.objects.first()  # L302 Nodes.z
        return sent

    async def aa(self) -> Any:
        return [self._read(n) async for n in Node.objects.all()]

    def bb(self) -> Any:
        match Node.objects.first():
            case Node(title="x") as n:
                return n.title
            case Node(parent=p):
                return p  # L302 Nodes.bb
            case _:
                return None

    def cc(self) -> Any:
        n = Node.objects.first()
        del n
        return None

    def dd(self) -> Any:
        global CACHE
        CACHE = Node.objects.first()
        return CACHE  # L302 Nodes.dd

    def ee(self) -> Any:
        return (n.title for n in Node.objects.all())

    def ff(self) -> Any:
        return Node.objects.count() or Node.objects.first()  # L302 Nodes.ff

    def gg(self) -> Any:
        return not Node.objects.first()

    def hh(self) -> Any:
        return Node.objects.first() is not None and Node.objects.exists()

    def ii(self) -> Any:
        return [Node.objects.first().title, Node.objects.last().pk]

    def jj(self, other: Nodes) -> Any:
        return other.h()  # L302 Nodes.jj

    def kk(self) -> Any:
        return getattr(Node.objects.first(), "title")

    def ll(self) -> Any:
        return getattr(Node.objects.first(), "parent")  # L302 Nodes.ll

    def mm(self, name: str) -> Any:
        return getattr(Node.objects.first(), name)

    def nn(self) -> Any:
        return Node.objects.values_list("pk", "title").in_bulk

    def oo(self) -> Any:
        return Node.objects.values("pk").iterator()

    def pp(self) -> Any:
        n = Node.objects.first()
        return NodeRead.model_validate({"node": n})

    def qq(self) -> Any:
        return print(Node.objects.first())

    def rr(self) -> Any:
        return isinstance(Node.objects.first(), Leaf)

    def ss(self) -> Any:
        return repr(Node.objects.all())

    def tt(self) -> Any:
        return hash(Node.objects.first())

    def uu(self) -> Any:
        return id(Node.objects.first())

    def vv(self) -> Any:
        nodes = Node.objects.all()
        return nodes.count(), nodes.exists(), nodes.aggregate(models.dm.Max("pk"))

    def ww(self) -> Any:
        return list(Node.objects.order_by().distinct().values_list("title", named=True))

    def xx(self) -> Any:
        return [str(row) for row in Node.objects.raw("SELECT 1")]

    def yy(self) -> Any:
        return Node.objects.bulk_update([], ["title"])

    def zz(self) -> Any:
        return Node.objects.filter(pk=1).dates("x", "day").count()
