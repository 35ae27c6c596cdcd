"""The texts that ledgers and the record of templates keep: each in a file that is named after its content."""

from hashlib import sha256
from pathlib import Path

__all__ = ["KeptTextDamaged", "digest_of_text", "read_kept_text"]


class KeptTextDamaged(Exception):
    """A text that is kept can't be had any more.

    Attributes:
        path: its file.
        reason: why, a phrase.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


def digest_of_text(text: str) -> str:
    """Return half of a text's SHA-256, 32 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()[:32]


def read_kept_text(folder: Path, digest: str, *, needed_by: str) -> str:
    """Return a text that is kept.

    Args:
        folder: the folder of the texts.
        digest: its digest, which its file is named after.
        needed_by: what names it, for the message.

    Raises:
        KeptTextDamaged: it is missing, or no longer what it was.
    """
    path = folder / f"{digest}.txt"
    try:
        # Version control may have given the lines carriage returns on checkout.
        text = path.read_bytes().decode().replace("\r\n", "\n")
    except FileNotFoundError as error:
        raise KeptTextDamaged(path, f"{needed_by} needs it, but it is missing") from error
    except UnicodeDecodeError as error:
        raise KeptTextDamaged(path, f"it is no UTF-8 ({error})") from error
    if digest_of_text(text) != digest:
        raise KeptTextDamaged(path, "its content no longer fits its name")
    return text
