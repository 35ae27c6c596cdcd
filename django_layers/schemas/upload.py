"""Files on their way in."""

from dataclasses import dataclass
from typing import BinaryIO

__all__ = ["Upload"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that a caller sent, free of HTTP and of Django.

    Attributes:
        name: the file's name as the caller gave it; not to be trusted.
        content_type: the media type as the caller gave it; not to be trusted.
        content: the bytes, at their beginning.
        size: the number of bytes.
    """

    name: str
    content_type: str
    content: BinaryIO
    size: int
