"""Take one element out of a list, a tuple or a from-import: the mirror image of `splice.insert_element`."""

import ast
from collections.abc import Callable
from itertools import pairwise

from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.gaps import Element, Layout, Sequence, layout_of
from django_layers.scaffold.edits.outcome import CannotEdit
from django_layers.scaffold.edits.removal.cuts import Cut, without


def remove_element(
    document: Document,
    node: Sequence,
    index: int,
    *,
    line_length: int = 0,
    add_back: Callable[[Document], Document] | None = None,
) -> Document:
    """Take an element out of a sequence.

    Args:
        document: The file that holds the sequence.
        node: The sequence, a node of the document's tree.
        index: The position of the element.
        line_length: How long the line may be in which a sequence with one element a line would fit.
        add_back: Adds the element to a document again. It decides whether a sequence with one element a line is one
            that got too long for its line by this very element, and so goes back to one line; None for never.

    Returns:
        The document without the element.

    Raises:
        CannotEdit: the sequence is written in a way from which nothing can be cut.
    """
    layout = layout_of(document, node)
    fresh, twin = document.twin(node)
    items: list[ast.alias] | list[ast.expr] = twin.names if isinstance(twin, ast.ImportFrom) else twin.elts
    del items[index]
    if add_back is not None:
        cuts = _folded(document, layout, index, line_length, is_import=isinstance(node, ast.ImportFrom))
        folded = without(document, cuts, fresh) if cuts else None
        if folded is not None and _gives_back(add_back, folded, document):
            return folded
    keeps_comma = isinstance(node, ast.Tuple) and len(layout.elements) == 2
    return without(document, _cuts(document, layout, index, keeps_comma=keeps_comma), fresh)


def _gives_back(add_back: Callable[[Document], Document], changed: Document, before: Document) -> bool:
    try:
        return add_back(changed).source == before.source
    except CannotEdit:
        return False


def _folded(document: Document, layout: Layout, index: int, line_length: int, *, is_import: bool) -> list[Cut]:
    """What to cut for the other elements to stand on one line; nothing where they can't, or don't fit in it."""
    elements, utf8 = layout.elements, document.utf8
    kept = [element for position, element in enumerate(elements) if position != index]
    if layout.opened is None or layout.closed is None or not kept or not document.leads_line(layout.closed):
        return []
    if any(not document.leads_line(element.start) or element.comma is None for element in elements):
        return []
    gaps = [(left.after, right.start) for left, right in pairwise(elements)]
    gaps += [(layout.opened, elements[0].start), (elements[-1].after, layout.closed)]
    if any(utf8[start:end].strip() for start, end in gaps):
        return []
    bracket = 1 if is_import else 0
    cuts = [Cut(layout.opened - bracket, kept[0].start)]
    for left, right in pairwise(kept):
        # The last column of the indentation is the blank after the comma.
        if utf8[right.start - 1 : right.start] != b" ":
            return []
        cuts.append(Cut(left.after, right.start - 1))
    cuts.append(Cut(kept[-1].end, layout.closed + bracket))
    start, end = document.line_start(layout.opened), document.line_end(layout.closed)
    length = len(document.utf8[start:end].decode()) - sum(
        len(document.utf8[cut.start : cut.end].decode()) for cut in cuts
    )
    return cuts if length <= line_length else []


def _cuts(document: Document, layout: Layout, index: int, *, keeps_comma: bool) -> list[Cut]:
    elements = layout.elements
    element = elements[index]
    previous = elements[index - 1] if index else None
    following = elements[index + 1] if index + 1 < len(elements) else None
    if following is not None:
        return [_before(document, layout, element, following)]
    comma = [Cut(previous.end, previous.comma)] if previous and previous.comma and element.comma is None else []
    line = _own_line(document, layout, element, following)
    if line is not None:
        return [line, *([] if keeps_comma else comma)]
    if previous is None:
        return [Cut(element.start, element.after)]
    if document.utf8[previous.after : element.start].strip():
        # A comment of the previous element is in between.
        start = element.start - len(document.indent_at(element.start)) if document.leads_line(element.start) else 0
        return [Cut(start or element.start, element.after)]
    return [Cut(previous.after if element.comma or keeps_comma else previous.end, element.after)]


def _before(document: Document, layout: Layout, element: Element, following: Element) -> Cut:
    line = _own_line(document, layout, element, following)
    if line is not None:
        return line
    has_comment = bool(document.utf8[element.after : following.start].strip())
    return Cut(element.start, element.after if has_comment else following.start)


def _own_line(document: Document, layout: Layout, element: Element, following: Element | None) -> Cut | None:
    """The lines of an element that shares them with nothing but its comment."""
    first = layout.opened if layout.opened is not None else layout.elements[0].start
    after = following.start if following is not None else layout.closed
    rest = document.utf8[element.after : document.line_end(element.after)].strip()
    if (
        after is None
        or not document.leads_line(element.start)
        or document.line_start(element.start) <= document.line_start(first)
        or not document.leads_line(after)
        or (rest and not rest.startswith(b"#"))
    ):
        return None
    return Cut(document.line_start(element.start), document.next_line(element.after))
