"""Every query of samples."""

from django_layers.repositories import ModelRepository
from tests.shop.models import Sample
from tests.shop.schemas.sample import SampleChanges, SampleInsert, SampleQuery, SampleRead


class DjangoSampleRepository(ModelRepository[Sample, SampleRead, SampleInsert, SampleChanges, SampleQuery]):
    """Samples in the database."""

    filters = {
        "moment_max": "moment__lte",
        "moment_min": "moment__gte",
    }
