"""Whom we are measured against, one module each; and who of them is installed."""

from importlib.util import find_spec

__all__ = ["installed"]


def installed(package: str) -> bool:
    """Return whether a package is there."""
    return find_spec(package) is not None
