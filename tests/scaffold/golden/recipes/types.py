"""Enumerations, value types and errors of recipes."""

from django.db.models import TextChoices


class RecipeStatus(TextChoices):
    """The status of a recipe."""

    DRAFT = "draft"
    PUBLISHED = "published"


class RecipeReportToEditorReason(TextChoices):
    """The reason of a recipe."""

    SPAM = "spam"
    RUDE = "rude"


class ReminderState(TextChoices):
    """The state of a reminder."""

    OPEN = "open"
    DONE = "done"


class SampleLevel(TextChoices):
    """The level of a sample."""

    LOW = "low"
    HIGH = "high"
