from django.db.models import TextChoices  # legal: an enumeration


class Status(TextChoices):
    DRAFT = "draft"
