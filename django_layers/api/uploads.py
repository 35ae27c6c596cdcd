"""Files that callers send, checked before a service sees them."""

import warnings
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from django.core.exceptions import ImproperlyConfigured, SuspiciousFileOperation
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import get_valid_filename

from django_layers.errors import RuleViolated
from django_layers.schemas import Upload

__all__ = ["upload_of"]

IMAGES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "JPEG": ("image/jpeg", (".jpg", ".jpeg")),
    "PNG": ("image/png", (".png",)),
    "GIF": ("image/gif", (".gif",)),
    "WEBP": ("image/webp", (".webp",)),
}
"""What every browser shows: Pillow's name, media type, and file name extensions, the usual one first."""

SIGNATURES: Mapping[bytes, str] = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"%PDF-": "application/pdf",
    b"PK\x03\x04": "application/zip",
    b"\x1f\x8b": "application/gzip",
}
"""How files of common types begin."""

UNKNOWN_TYPE = "application/octet-stream"

ACTIVE_EXTENSIONS = frozenset(
    f".{extension}"
    for extension in (
        *("htm", "html", "shtml", "xhtml", "xht", "mht", "mhtml", "hta"),
        *("svg", "svgz", "xml", "xsl", "xslt", "rdf"),
        *("js", "mjs", "css", "swf", "wasm"),
        *("php", "phtml", "phar", "cgi", "pl", "py", "asp", "aspx", "jsp", "htaccess"),
    )
)
"""What a web server may hand to a browser, or to itself, as something to run."""

MAX_NAME_LENGTH = 80


def upload_of(file: "UploadedFile[bytes]", *, max_size: int, images_only: bool, part: str = "") -> Upload:
    """Return a file of a multipart request for a service, after checking it.

    The media type is decided by the content; what the caller says of it is not asked. The name is reduced to its last
    part and to harmless characters; that of an image gets the extension of its true format, and that of a file which a
    browser would run when it is served gets `.bin` at its end.

    Args:
        file: the file as django-ninja gives it.
        max_size: how many bytes it may have.
        images_only: whether it must be an image (JPEG, PNG, GIF or WebP), which Pillow checks.
        part: the name of its part of the request, for messages; without it, what Django knows of it.

    Raises:
        RuleViolated: the file is empty, too large, or not an image; the field is the part.
        ImproperlyConfigured: images are asked for, and Pillow is not installed.
    """
    part = part or getattr(file, "field_name", None) or "file"
    size = file.size or 0
    if size == 0:
        raise RuleViolated("The file is empty.", fields=(part,), code="file_empty")
    if size > max_size:
        raise RuleViolated(
            f"The file has {size} bytes; at most {max_size} are allowed.", fields=(part,), code="file_too_large"
        )
    name = _safe_name(file.name or "")
    # Django's UploadedFile is a proxy of a binary file: it has all of BinaryIO, which its type does not say.
    content = cast("BinaryIO", file)
    if images_only:
        content_type, extensions = IMAGES[_image_format(content, part)]
        if PurePosixPath(name).suffix.lower() not in extensions:
            name = PurePosixPath(name).stem + extensions[0]
    else:
        content_type = _type_of(content)
        if ACTIVE_EXTENSIONS.intersection(suffix.lower() for suffix in PurePosixPath(f"x{name}").suffixes):
            name += ".bin"
    content.seek(0)
    return Upload(name=name, content_type=content_type, content=content, size=size)


def _safe_name(name: str) -> str:
    last = name.replace("\\", "/").rsplit("/", 1)[-1].replace("\x00", "")
    try:
        valid = get_valid_filename(last)
    except SuspiciousFileOperation:
        return "file"
    suffix = PurePosixPath(valid).suffix[: MAX_NAME_LENGTH // 2]
    stem = valid.removesuffix(suffix) if suffix else valid
    return stem[: MAX_NAME_LENGTH - len(suffix)] + suffix


def _image_format(content: BinaryIO, part: str) -> str:
    """Return Pillow's name of the image's format."""
    try:
        from PIL import Image
    except ImportError as error:
        raise ImproperlyConfigured("Uploads of images need Pillow: python -m pip install pillow") from error

    content.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(content, formats=tuple(IMAGES)) as image:
                image.verify()
                return str(image.format)
    # Pillow's decoders raise whatever the bytes drive them to; Django's own ImageField catches as widely.
    except Exception as error:
        raise RuleViolated(
            "The file is not an image, or is damaged; JPEG, PNG, GIF and WebP are allowed.",
            fields=(part,),
            code="not_an_image",
        ) from error


def _type_of(content: BinaryIO) -> str:
    content.seek(0)
    head = content.read(16)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return next(
        (media_type for signature, media_type in SIGNATURES.items() if head.startswith(signature)), UNKNOWN_TYPE
    )
