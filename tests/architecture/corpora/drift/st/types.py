from django.db.models import IntegerChoices, TextChoices
from enum import Enum, StrEnum


class State(TextChoices):
    OPEN = "open", "Open"
    DONE = "done"


class Level(IntegerChoices):
    LOW = 1
    HIGH = 2


class Wrong(StrEnum):
    OPEN = "open"
    GONE = "gone"
