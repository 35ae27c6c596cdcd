from __future__ import annotations

from typing import Final

INSTALLED_APPS: Final[list[str]] = [
    "django.contrib.admin",
    "django.contrib.auth",
]
