"""Where more is said of a code: by the command line, and on a page where the documentation has an address."""

from functools import cache
from importlib.metadata import PackageNotFoundError, metadata

from django_layers.architecture.rules import RULES

__all__ = ["command_for", "page_of"]

_DISTRIBUTION = "django-ninja-layers"
_LABEL = "documentation"


def command_for(code: str) -> str:
    """Return the command that explains a code."""
    return f"python -m django_layers check --explain {code}"


def page_of(code: str) -> str:
    """Return the address of the page about a code; empty where the documentation has none."""
    address = _address()
    if not address:
        return ""
    page = (
        f"rules/{code}.html" if any(rule.code == code for rule in RULES) else "checking.html#nothing-passes-in-silence"
    )
    return f"{address.rstrip('/')}/{page}"


@cache
def _address() -> str:
    """Return where the documentation is: `Documentation` among `[project.urls]` of pyproject.toml, the one place for it."""
    try:
        urls = metadata(_DISTRIBUTION).get_all("Project-URL") or []
    except PackageNotFoundError:
        # Run from a copy that is not installed.
        return ""
    labelled = dict(one.split(", ", 1) for one in urls if ", " in one)
    return next((address for label, address in labelled.items() if label.lower() == _LABEL), "")
