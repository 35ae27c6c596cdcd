"""What a rename or a removal is about: the names in question, by the class or module that has them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django_layers.scaffold.renaming.forms import Forms

__all__ = ["GeneratedModule", "Subject", "members_of", "removal", "renaming"]

_HASHED = re.compile(r"\w*_[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class GeneratedModule:
    """A generated module before and after.

    Attributes:
        name: its dotted name.
        before: its text before; the entity's members alone where it is shared with others.
        after: its text after.
        is_whole: whether it belongs to the entity as a whole.
    """

    name: str
    before: str
    after: str
    is_whole: bool = True


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The names in question. Each goes with the one that takes its place, which is empty where it goes for good.

    Attributes:
        model: the dotted name of the class of the model.
        members: the members of classes, by the dotted name of the class.
        names: what modules define, by its dotted name.
        texts: strings of the entity's own modules, by the dotted name of the module; an f-string as it is unparsed.
        inside: the parameters and locals of the entity's own functions, by the dotted name of the function.
        parts: what the entity defines in modules that it shares with others.
        words: the names of the fields and those that follow from them, for what has no class: strings and templates.
        forms: the names in every form, for f-strings.
    """

    model: str
    members: Mapping[str, Mapping[str, str]]
    names: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    inside: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    forms: Forms = field(default_factory=lambda: Forms(()))

    @cached_property
    def said(self) -> frozenset[str]:
        """The names that some class has, and the words."""
        return self.words.union(*(names for names in self.members.values()))

    @cached_property
    def methods(self) -> Mapping[str, Mapping[str, str]]:
        """The members of all classes of each of the entity's own modules, by its dotted name."""
        found: dict[str, dict[str, str]] = {}
        for owner, names in self.members.items():
            module = owner.rpartition(".")[0]
            if module in self.texts and module not in self.parts:
                found.setdefault(module, {}).update(names)
        return found


def renaming(
    model: str,
    modules: Iterable[GeneratedModule],
    forms: Forms,
) -> Subject:
    """Return the subject of a rename: what generated text has another name for.

    Args:
        model: the dotted name of the class of the model.
        modules: the generated modules, rendered with the old names and with the new ones.
        forms: the names.
    """
    members: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    texts: dict[str, dict[str, str]] = {}
    inside: dict[str, dict[str, str]] = {}
    parts: dict[str, frozenset[str]] = {}
    for module in modules:
        before, after = ast.parse(module.before), ast.parse(module.after)
        own = _pairs(_defined(before), _defined(after), forms)
        names |= {f"{module.name}.{old}": new for old, new in own.items()}
        members |= {f"{module.name}.{name}": found for name, found in _member_pairs(before, after, own, forms)}
        inside |= _local_pairs(before, after, module.name, {**members, module.name: own}, forms)
        texts[module.name] = texts.get(module.name, {}) | _text_pairs(_texts(before), _texts(after), forms)
        if not module.is_whole:
            parts[module.name] = parts.get(module.name, frozenset()) | frozenset(_defined(before))
    members[model] = {**members.get(model, {}), **_implied(members.get(model, {}), forms)}
    return Subject(
        model=model,
        members=members,
        names=names,
        texts=texts,
        inside=inside,
        parts=parts,
        words=frozenset(old for old, _ in forms.pairs),
        forms=forms,
    )


def _member_pairs(
    before: ast.Module, after: ast.Module, own: Mapping[str, str], forms: Forms
) -> Iterator[tuple[str, dict[str, str]]]:
    """Walk the classes of a module, each with the new names of its members.

    Args:
        before, after: the module.
        own: the new names of what the module defines.
        forms: the names.
    """
    classes = {each.name: each for each in after.body if isinstance(each, ast.ClassDef)}
    for each in before.body:
        other = classes.get(own.get(each.name, each.name)) if isinstance(each, ast.ClassDef) else None
        if isinstance(each, ast.ClassDef) and other is not None:
            yield each.name, _pairs(members_of(each), members_of(other), forms)


def _local_pairs(
    before: ast.Module, after: ast.Module, module: str, new: Mapping[str, Mapping[str, str]], forms: Forms
) -> dict[str, dict[str, str]]:
    """Return the new names of parameters and locals, by the dotted name of the function.

    Args:
        before, after: the module.
        module: its dotted name.
        new: the new names of functions and methods, by the dotted name of the module or class that they are in.
        forms: the names.
    """
    found = {}
    functions = dict(_functions(after, module))
    for name, function in _functions(before, module):
        scope, _, last = name.rpartition(".")
        other = functions.get(f"{scope}.{new.get(scope, {}).get(last, last)}")
        if other is not None:
            found[name] = _pairs(_locals(function), _locals(other), forms)
    return found


def _implied(members: Mapping[str, str], forms: Forms) -> dict[str, str]:
    """Return the names that Django gives the members of a model for its columns.

    Args:
        members: the new names of the members that the model's class defines.
        forms: the names.
    """
    columns = {old: new for old, new in forms.pairs if old in members}
    keys = {old: new for old, new in forms.pairs if old.removesuffix("_id") in columns}
    return keys | {f"get_{old}_display": f"get_{new}_display" for old, new in columns.items()}


def removal(model: str, modules: Iterable[GeneratedModule], words: Iterable[str]) -> Subject:
    """Return the subject of a removal: what generated text no longer has.

    Args:
        model: the dotted name of the class of the model.
        modules: the generated modules, rendered with the fields and without them.
        words: the names of the fields, and those that follow from them.
    """
    members: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    for module in modules:
        before, after = ast.parse(module.before), ast.parse(module.after)
        gone = [name for name in _defined(before) if name not in _defined(after)]
        # What a test was called is nothing that others refer to.
        names |= {f"{module.name}.{name}": "" for name in gone if not name.startswith("test_")}
        classes = {each.name: members_of(each) for each in after.body if isinstance(each, ast.ClassDef)}
        for each in before.body:
            if isinstance(each, ast.ClassDef) and each.name in classes:
                members[f"{module.name}.{each.name}"] = {
                    name: "" for name in members_of(each) if name not in classes[each.name]
                }
    words = frozenset(words)
    columns = members.setdefault(model, {})
    for word in words:
        if word.removesuffix("_id") in columns or word in columns:
            columns |= {word: "", f"get_{word}_display": ""}
    return Subject(model=model, members=members, names=names, words=words)


def _pairs(before: Sequence[str], after: Sequence[str], forms: Forms) -> dict[str, str]:
    """Return the names that are gone, each with the one that came in its place."""
    new = set(after) - set(before)
    swapped = {forms.renamed(name) for name in before} & set(after)
    gone = [name for name in before if name not in after or forms.renamed(name) != name]
    return {name: forms.renamed(name) for name in gone if forms.renamed(name) in new | swapped}


def _text_pairs(before: Sequence[str], after: Sequence[str], forms: Forms) -> dict[str, str]:
    gone = [text for text in dict.fromkeys(before) if text not in after]
    new = [text for text in dict.fromkeys(after) if text not in before]
    # A docstring may be wrapped elsewhere with the new name.
    flowing = {" ".join(text.split()): text for text in new}
    found: dict[str, str] = {}
    for text in gone:
        said = [" ".join(each.split()) for each in forms.candidates(text)]
        became = next((flowing[each] for each in said if each in flowing), None)
        if became is not None:
            found[text] = became
    # A name that was too long ends in a hash, which no substitution can foresee.
    hashed = [text for text in gone if text not in found and _HASHED.fullmatch(text)]
    fresh = [text for text in new if text not in found.values() and _HASHED.fullmatch(text)]
    if len(hashed) == len(fresh):
        found |= dict(zip(hashed, fresh, strict=True))
    return found


def _defined(tree: ast.Module) -> list[str]:
    return [name for statement in tree.body for name in _bound(statement)]


def members_of(node: ast.ClassDef) -> list[str]:
    """Return the names that the body of a class defines, in their order."""
    return [name for statement in node.body for name in _bound(statement)]


def _bound(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return [name]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case ast.Assign(targets=targets):
            return [target.id for target in targets if isinstance(target, ast.Name)]
        case _:
            return []


def _functions(tree: ast.Module, module: str) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{module}.{statement.name}", statement
        elif isinstance(statement, ast.ClassDef):
            for inner in statement.body:
                if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield f"{module}.{statement.name}.{inner.name}", inner


def _locals(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    stored = [node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    return [*(node.arg for node in ast.walk(function) if isinstance(node, ast.arg)), *stored]


def _texts(tree: ast.Module) -> list[str]:
    """Return the strings of a module, f-strings as they are unparsed, in their order."""
    found: list[str] = []
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.JoinedStr):
            found.append(ast.unparse(node))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
        pending += reversed(list(ast.iter_child_nodes(node) if not isinstance(node, ast.JoinedStr) else []))
    return found
