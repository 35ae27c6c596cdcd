"""The table of reminders."""

from django.conf import settings
from django.db import models

from recipes.types import ReminderState


class Reminder(models.Model):
    """A reminder."""

    note = models.OneToOneField(
        "recipes.Note",
        on_delete=models.PROTECT,
        related_name="reminder",
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
    )
    due = models.DateTimeField()
    pin = models.CharField(max_length=8)
    state = models.CharField(
        max_length=20,
        choices=ReminderState,
        default=ReminderState.OPEN,
    )

    class Meta:
        verbose_name = "reminder"
        verbose_name_plural = "reminders"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=ReminderState.values),
                name="recipes_reminder_state_valid",
            ),
        )

    def __str__(self) -> str:
        return f"reminder {self.pk}"
