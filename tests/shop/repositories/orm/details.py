"""Every query of details."""

from django_layers.repositories import ModelRepository
from tests.shop.models import Details
from tests.shop.schemas.details import DetailsChanges, DetailsInsert, DetailsQuery, DetailsRead


class DjangoDetailsRepository(ModelRepository[Details, DetailsRead, DetailsInsert, DetailsChanges, DetailsQuery]):
    """Details in the database."""
