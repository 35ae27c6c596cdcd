"""Every query of hours."""

from django_layers.repositories import ModelRepository

from recipes.models import Hour
from recipes.schemas.hour import HourChanges, HourInsert, HourQuery, HourRead


class DjangoHourRepository(
    ModelRepository[Hour, HourRead, HourInsert, HourChanges, HourQuery]
):
    """Hours in the database."""
