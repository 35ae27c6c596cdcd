"""The modules that calls and look-ups name by strings, which may be put together of constants."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

__all__ = ["DynamicImports", "Loaded"]

_NAMES_IN_MODULES = frozenset({"import_string", "resolve_name", "locate"})
_LOADERS = frozenset({"import_module", "__import__"}) | _NAMES_IN_MODULES
"""What imports the module that a string names; of some, the last part of it is a name in the module."""

_LOADED = "sys.modules"
_FIELD = re.compile(r"%s|\{\w*\}")


class Loaded(NamedTuple):
    """A module that a string names: without its leading dots, how many there are, and the name that is taken from it."""

    module: str
    level: int
    name: str


class DynamicImports:
    """Finds what one file imports by strings, given its statements in their order.

    Args:
        text: the file.
    """

    def __init__(self, text: str) -> None:
        # Few files hold one, and looking at every node for it would double the time of reading.
        self.is_possible = any(loader in text for loader in _LOADERS) or _LOADED in text or "sys import" in text
        self._loaders = {name: name for name in (*_LOADERS, _LOADED)}
        self._texts: dict[str, str] = {}

    def note_import(self, name: str, bound: str) -> None:
        """Note that a name of another module is bound here, since it may be one that loads."""
        if name in _LOADERS:
            self._loaders[bound] = name
        elif name == "modules":
            self._loaders[bound] = _LOADED

    def note_value(self, targets: list[ast.expr], value: ast.expr) -> None:
        """Note that names are given a value, since it may be a string that is used later."""
        if self.is_possible:
            text = self._text(value)
            self._texts.update({target.id: text for target in targets if isinstance(target, ast.Name)})

    def enter(self, parameters: Iterable[str]) -> Mapping[str, str]:
        """Enter a function, whose parameters may be any strings; return what `leave` goes back to."""
        before = self._texts
        if self.is_possible:
            self._texts = before | dict.fromkeys(parameters, "")
        return before

    def leave(self, before: Mapping[str, str]) -> None:
        """Leave a function: what its names stand for is of no use outside of it."""
        self._texts = dict(before)

    def within(self, expression: ast.expr) -> Iterator[tuple[Loaded, ast.expr]]:
        """Walk what an expression loads, with the calls and look-ups that do."""
        nodes = list(ast.walk(expression))
        # What runs through something may be any string, whatever the name stood for before.
        running = (name for one in nodes if isinstance(one, ast.comprehension) for name in ast.walk(one.target))
        outside = self.enter(name.id for name in running if isinstance(name, ast.Name))
        for node in nodes:
            match node:
                case ast.Call(func=ast.Attribute(value=owner, attr="get"), args=[first, *_]) if self._is_loaded(owner):
                    found = _parted(self._text(first), "")
                case ast.Call():
                    found = self._called(node)
                case ast.Subscript(value=owner, slice=key) if self._is_loaded(owner):
                    found = _parted(self._text(key), "")
                case _:
                    continue
            if found is not None:
                assert isinstance(node, ast.expr)
                yield found, node
        self.leave(outside)

    def _is_loaded(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Name):
            return self._loaders.get(node.id) == _LOADED
        return isinstance(node, ast.Attribute) and ast.unparse(node) == _LOADED

    def _called(self, node: ast.Call) -> Loaded | None:
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        loader = self._loaders.get(called, _LOADED)
        if loader == _LOADED:
            return None
        texts = [self._text(one) for one in node.args]
        given = {one.arg: self._text(one.value) for one in node.keywords}
        module = texts[0] if texts else given.get("name", "")
        package = texts[1] if len(texts) > 1 else given.get("package", "")
        if package and module.startswith("."):
            kept = package.split(".")[: 1 - (len(module) - len(module.lstrip("."))) or None]
            module = ".".join([*kept, module.lstrip(".")])
        if loader not in _NAMES_IN_MODULES:
            return _parted(module, "")
        module, _, name = module.replace(":", ".").rpartition(".")
        return _parted(module, name)

    def _text(self, node: ast.expr) -> str:
        """Return the string that an expression of constants makes; empty where it is anything else."""
        match node:
            case ast.Constant(value=str(text)):
                return text
            case ast.Name(id=name):
                return self._texts.get(name, "")
            case ast.JoinedStr(values=parts):
                return self._joined(parts)
            case ast.FormattedValue(value=value, conversion=-1, format_spec=None):
                return self._text(value)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self._joined([left, right])
            case ast.BinOp(left=left, op=ast.Mod(), right=ast.Tuple(elts=parts)):
                return self._filled(left, parts)
            case ast.BinOp(left=left, op=ast.Mod(), right=right):
                return self._filled(left, [right])
            case ast.Call(func=ast.Attribute(value=left, attr="format"), args=parts, keywords=[]):
                return self._filled(left, parts)
            case ast.Call(
                func=ast.Attribute(value=left, attr="join"), args=[ast.List(elts=parts) | ast.Tuple(elts=parts)]
            ):
                texts = [self._text(one) for one in parts]
                return self._text(left).join(texts) if all(texts) else ""
            case _:
                return ""

    def _joined(self, parts: list[ast.expr]) -> str:
        texts = [self._text(one) for one in parts]
        return "".join(texts) if all(texts) else ""

    def _filled(self, pattern: ast.expr, parts: list[ast.expr]) -> str:
        texts = [self._text(one) for one in parts]
        between = _FIELD.split(self._text(pattern))
        if not all(texts) or len(between) != len(texts) + 1:
            return ""
        return "".join([between[0], *(part for pair in zip(texts, between[1:], strict=True) for part in pair)])


def _parted(module: str, name: str) -> Loaded | None:
    inner = module.lstrip(".")
    return Loaded(inner, len(module) - len(inner), name) if module else None
