"""A marked section of a text file: written at its end, and from then on replaced between its markers only."""

from django_layers.scaffold.edits.outcome import AlreadyThere, Cannot, Done, NotThere, Outcome, Removal

__all__ = ["BEGIN", "END", "has_marker", "with_section", "without_section"]

BEGIN = "<!-- django-layers: begin -->"
END = "<!-- django-layers: end -->"


def has_marker(source: bytes) -> bool:
    """Tell whether a file has a marked section, or what is left of one."""
    return BEGIN.encode() in source or END.encode() in source


def with_section(source: bytes | None, section: str) -> Outcome:
    """Put a section between its markers; what is around them stays to the byte.

    A file that does not end its last line does not end it with the section either, so that it can be what it was again.

    Args:
        source: the file, in UTF-8; None where there is none.
        section: what stands between the markers, ending in a newline character.

    Returns:
        Done; AlreadyThere; Cannot, where the markers are not one pair in their order, each alone on its line.
    """
    is_new, source = source is None, source or b""
    newline = b"\r\n" if b"\r\n" in source else b"\n"
    text = f"{BEGIN}\n{section}{END}".encode().replace(b"\n", newline)
    if not has_marker(source):
        if is_new or source.endswith(b"\n"):
            return Done(source + (newline if source else b"") + text + newline)
        return Done(source + (newline * 2 if source else b"") + text)
    problem = _problem(source)
    if problem:
        return Cannot(problem, f"{BEGIN}\n{END}")
    start, end = _place(source)
    result = source[:start] + text + source[end:]
    return AlreadyThere() if result == source else Done(result)


def without_section(source: bytes) -> Removal:
    """Take a section out, with its markers and the blank line that came with it: the mirror image of `with_section`.

    Args:
        source: the file, in UTF-8.

    Returns:
        Done, with nothing left where there was no file before; NotThere; Cannot, where the markers are not one pair in
        their order, each alone on its line.
    """
    if not has_marker(source):
        return NotThere()
    problem = _problem(source)
    if problem:
        return Cannot(problem, f"{BEGIN}\n{END}")
    start, end = _place(source)
    newline = b"\r\n" if source.startswith(b"\r\n", start + len(BEGIN)) else b"\n"
    above, below = source[:start].removesuffix(newline), source[end:]
    if not below:
        # The last line above did not end, and was ended for the section.
        above = above.removesuffix(newline)
    return Done(above + below.removeprefix(newline))


def _place(source: bytes) -> tuple[int, int]:
    return source.index(BEGIN.encode()), source.index(END.encode()) + len(END)


def _problem(source: bytes) -> str:
    lines = source.splitlines()
    begins = [number for number, line in enumerate(lines, 1) if BEGIN.encode() in line]
    ends = [number for number, line in enumerate(lines, 1) if END.encode() in line]
    for marker, found in ((BEGIN, begins), (END, ends)):
        if not found:
            return f"the marker `{marker}` is missing"
        if len(found) > 1:
            return f"the marker `{marker}` stands in lines {' and '.join(map(str, found))}"
        if lines[found[0] - 1].strip() != marker.encode():
            return f"line {found[0]} holds more than the marker `{marker}`"
    return "" if begins < ends else f"line {ends[0]} ends what line {begins[0]} begins"
