"""Files on their way in."""

from dataclasses import dataclass
from typing import BinaryIO

__all__ = ["Upload"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that a caller sent, free of HTTP and of Django.

    One that came through `django_layers.api.upload_of` was checked by it; whoever makes one elsewhere answers for it.

    Attributes:
        name: the file's name, reduced to its last part and to harmless characters.
        content_type: the media type, decided by the content; what the caller said of it was not asked.
        content: the bytes, at their beginning.
        size: the number of bytes.
    """

    name: str
    content_type: str
    content: BinaryIO
    size: int
