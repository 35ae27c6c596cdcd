"""A marked section of a text file: written at its end, and from then on replaced between its markers only."""

from django_layers.scaffold.edits.outcome import AlreadyThere, Cannot, Done, Outcome

__all__ = ["BEGIN", "END", "has_marker", "with_section"]

BEGIN = "<!-- django-layers: begin -->"
END = "<!-- django-layers: end -->"


def has_marker(source: bytes) -> bool:
    """Tell whether a file has a marked section, or what is left of one."""
    return BEGIN.encode() in source or END.encode() in source


def with_section(source: bytes, section: str) -> Outcome:
    """Put a section between its markers; what is around them stays to the byte.

    Args:
        source: the file, in UTF-8.
        section: what stands between the markers, ending in a newline character.

    Returns:
        Done; AlreadyThere; Cannot, where the markers are not one pair in their order, each alone on its line.
    """
    newline = b"\r\n" if b"\r\n" in source else b"\n"
    text = f"{BEGIN}\n{section}{END}".encode().replace(b"\n", newline)
    if not has_marker(source):
        gap = b"" if not source else newline if source.endswith(b"\n") else newline * 2
        return Done(source + gap + text + newline)
    problem = _problem(source)
    if problem:
        return Cannot(problem, f"{BEGIN}\n{END}")
    start = source.index(BEGIN.encode())
    end = source.index(END.encode()) + len(END)
    result = source[:start] + text + source[end:]
    return AlreadyThere() if result == source else Done(result)


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
