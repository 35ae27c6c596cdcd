"""The configuration of the archive."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """The archive."""

    name = "tests.archive"
    label = "archive"
