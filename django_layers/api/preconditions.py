"""Optimistic locking over HTTP: `ETag` and `If-Match`."""

import re

from django.http import HttpRequest, HttpResponse

from django_layers.errors import RuleViolated, Stale

__all__ = ["if_match", "set_etag"]

_TAG = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
_TAGS = re.compile(rf"{_TAG}(?:[ \t]*,[ \t]*{_TAG})*")
_VERSION = re.compile(r'"(0|[1-9][0-9]{0,17})"')


def if_match(request: HttpRequest) -> int | None:
    """Return the version that the caller expects to change, or None where any will do.

    Without the header, and with `*`, any version will do.

    Raises:
        Stale: the header names no version that could be the stored one; so do weak tags, by RFC 9110.
        RuleViolated: the header is malformed, or names several versions.
    """
    header = request.headers.get("If-Match", "*").strip()
    if header == "*":
        return None
    if not _TAGS.fullmatch(header):
        raise RuleViolated(
            'If-Match is malformed; send the ETag of the answer you have read, with its quotes: If-Match: "3".',
            fields=("If-Match",),
        )
    tags = re.findall(_TAG, header)
    if len(tags) > 1:
        raise RuleViolated("If-Match names several versions; send the one you have read.", fields=("If-Match",))
    version = _VERSION.fullmatch(tags[0])
    if version is None:
        raise Stale("If-Match names no version of this; read it again and send the ETag of that answer.")
    return int(version[1])


def set_etag(response: HttpResponse, version: int) -> None:
    """Give the response the version as its `ETag`, for `If-Match` later on."""
    response["ETag"] = f'"{version}"'
