"""The two versions of a file that a merge of branches left conflict markers in."""

import re

__all__ = ["is_unmerged", "sides"]

_MARKER = re.compile(rb"^(<{7}|\|{7}|={7}|>{7})( .*)?$")
_MARKED = re.compile(rb"^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?\r*$", re.MULTILINE)
_ENDS = {b"<": 0, b"|": None, b"=": 1}


def is_unmerged(content: bytes) -> bool:
    """Return whether a file holds conflict markers."""
    return _MARKED.search(content) is not None


def sides(content: bytes) -> tuple[bytes, bytes]:
    """Return a file as the one and as the other branch would have it; what both agree on is in both."""
    versions: tuple[list[bytes], list[bytes]] = ([], [])
    side: int | None = None
    inside = False
    for line in content.split(b"\n"):
        marker = _MARKER.match(line.rstrip(b"\r"))
        if marker is not None:
            inside = marker[1][:1] != b">"
            side = _ENDS.get(marker[1][:1])
        elif not inside:
            versions[0].append(line)
            versions[1].append(line)
        elif side is not None:
            versions[side].append(line)
    return b"\n".join(versions[0]), b"\n".join(versions[1])
