"""The files that `startapp` leaves in a new app: whether one is still as Django wrote it."""

import re
from functools import cache
from pathlib import Path

__all__ = ["STUB_NAMES", "is_stub"]

STUB_NAMES = ("admin.py", "models.py", "tests.py", "views.py")
"""What `startapp` writes and a layered app has no use for as long as nobody has touched it."""


def is_stub(file: Path) -> bool:
    """Tell whether a file says nothing beyond what Django's own template for it says.

    Blank lines and indentation don't count, nor does a line of the template that a formatter or linter took out.
    """
    if file.name not in STUB_NAMES or not file.is_file():
        return False
    try:
        lines = _lines(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        return False
    return lines <= _template_lines(file.name)


@cache
def _template_lines(name: str) -> frozenset[str]:
    import django

    template = Path(django.__file__).parent / "conf" / "app_template" / f"{name}-tpl"
    return _lines(re.sub(r"{#.*?#}|{%.*?%}", "", template.read_text(encoding="utf-8")))


def _lines(text: str) -> frozenset[str]:
    return frozenset(line.strip() for line in text.splitlines() if line.strip())
