"""Add an app to INSTALLED_APPS."""

import ast
import re
from collections.abc import Iterator

from django_layers.scaffold.edits.assembly import Assembly, ListLiteral, Part, assemble
from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.outcome import AlreadyThere, Cannot, CannotEdit, Done, Outcome
from django_layers.scaffold.edits.splice import insert_element, quote_of, quoted

_NAME = "INSTALLED_APPS"
_LOCAL = re.compile(r"LOCAL|PROJECT|CUSTOM|INTERNAL|OWN_|OUR_|MY_|FIRST_PARTY", re.IGNORECASE)
_CONFIG = re.compile(r"(?:\.apps)?\.[A-Z][^.]*$")


def add_installed_app(source: bytes, entry: str, *, before: str | None = None, quote: str = '"') -> Outcome:
    """Add an app to the INSTALLED_APPS of a settings module.

    Args:
        source: The settings module.
        entry: The new entry: the app's package, or the path of its configuration class.
        before: An app that the new entry is put in front of, if the module lists it; else the entry comes last.
        quote: The quote of strings in a file that holds none yet.

    Returns:
        Done, AlreadyThere (an entry for the same app in either spelling counts), or Cannot with a line for the
        end of the file.
    """
    paste = _paste(entry, before)
    try:
        document = Document.read(source)
        if b"import *" not in document.utf8 and _NAME.encode() not in document.utf8:
            paste = f'{_NAME} = ["{entry}"]\n'
        assembly = _assembly(document)
        if _is_there(assembly, entry):
            return AlreadyThere()
        target, index = _place(assembly, before)
        quote = quote_of(document, _elements(assembly, target), otherwise=quote)
        return Done(insert_element(document, target, index, quoted(entry, quote)).source)
    except CannotEdit as error:
        return Cannot(f"{error.reason}; add the app at the end of the file", paste)


def app_of(entry: str) -> str:
    """The app package that an entry of INSTALLED_APPS stands for, with or without its configuration class."""
    return _CONFIG.sub("", entry)


def uses_star_import(source: bytes) -> list[str]:
    """List the modules that a settings module star-imports at its top level.

    Returns:
        Their names as written, with leading dots where they are relative, in the order of the file.

    Raises:
        CannotEdit: the file doesn't decode or parse.
    """
    return [
        "." * statement.level + (statement.module or "")
        for statement in Document.read(source).tree.body
        if isinstance(statement, ast.ImportFrom) and any(alias.name == "*" for alias in statement.names)
    ]


def _assembly(document: Document) -> Assembly:
    body = document.tree.body
    found = assemble(body, _NAME)
    if found is None:
        # django-configurations keeps settings in classes.
        classes = [assemble(node.body, _NAME) for node in body if isinstance(node, ast.ClassDef)]
        in_classes = [assembly for assembly in classes if assembly is not None and assembly.starts_here]
        if len(in_classes) != 1:
            raise CannotEdit(f"the file gives {_NAME} no value")
        found = in_classes[0]
    if not found.starts_here and found.replaced_at is None:
        raise CannotEdit(f"{_NAME} comes from another module")
    return found


def _is_there(assembly: Assembly, entry: str) -> bool:
    for part in assembly.parts:
        for listed, line in _strings(part):
            if app_of(listed) != app_of(entry):
                continue
            if part.conditional or (part.literal is None and not part.element):
                raise CannotEdit(f'line {line} lists "{listed}" only under a condition, so take it out there')
            return True
    if assembly.replaced_at is not None:
        raise CannotEdit(f"line {assembly.replaced_at} gives {_NAME} another value under a condition")
    return False


def _strings(part: Part) -> Iterator[tuple[str, int]]:
    if part.element:
        nodes: list[ast.expr] = [part.node]
    elif part.literal is not None:
        nodes = part.literal.elts
    else:
        nodes = [node for node in ast.walk(part.node) if isinstance(node, ast.expr)]
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, node.lineno


def _place(assembly: Assembly, before: str | None) -> tuple[ListLiteral, int]:
    literals = assembly.certain
    for part in assembly.parts:
        if isinstance(part.node, ast.ListComp | ast.GeneratorExp):
            raise CannotEdit(f"line {part.node.lineno} computes a part of {_NAME}")
    if not literals:
        raise CannotEdit(f"{_NAME} is nowhere written as a list of names")
    nodes = [literal for _, literal in literals]
    if len({id(node) for node in nodes}) != len(nodes):
        raise CannotEdit(f"{_NAME} holds the same list twice")
    if before is not None:
        for literal in nodes:
            for index, element in enumerate(literal.elts):
                value = element.value if isinstance(element, ast.Constant) else None
                if isinstance(value, str) and app_of(value) == app_of(before):
                    return literal, index
    local = [literal for part, literal in literals if part.via != _NAME and _LOCAL.search(part.via)]
    target = local[-1] if local else nodes[-1]
    return target, len(target.elts)


def _elements(assembly: Assembly, target: ListLiteral) -> list[ast.expr]:
    """All elements, those of the target last, so that its own quotes decide."""
    return [element for _, literal in assembly.certain for element in literal.elts] + target.elts


def _paste(entry: str, before: str | None) -> str:
    # Unpacking works whether the name holds a list or a tuple.
    if before is None:
        return f'{_NAME} = [*{_NAME}, "{entry}"]\n'
    return f'{_NAME} = ["{entry}", *{_NAME}]\n'
