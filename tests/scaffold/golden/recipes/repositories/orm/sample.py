"""Every query of samples."""

from typing import ClassVar

from django_layers.repositories import ModelRepository
from django_layers.schemas import Upload

from recipes.models import Sample
from recipes.schemas.sample import SampleChanges, SampleInsert, SampleQuery, SampleRead


class DjangoSampleRepository(
    ModelRepository[Sample, SampleRead, SampleInsert, SampleChanges, SampleQuery]
):
    """Samples in the database."""

    filters: ClassVar = {
        "at_max": "at__lte",
        "at_min": "at__gte",
        "day_max": "day__lte",
        "day_min": "day__gte",
        "length_max": "length__lte",
        "length_min": "length__gte",
        "line_contains": "line__icontains",
        "moment_max": "moment__lte",
        "moment_min": "moment__gte",
        "number_max": "number__lte",
        "number_min": "number__gte",
        "price_max": "price__lte",
        "price_min": "price__gte",
        "ratio_max": "ratio__lte",
        "ratio_min": "ratio__gte",
        "text_contains": "text__icontains",
    }

    def set_manual(self, sample_id: int, upload: Upload, /) -> SampleRead:
        """Store the manual of a sample, or raise `NotFound`."""
        return self._store_file(sample_id, "manual", upload)

    def remove_manual(self, sample_id: int, /) -> SampleRead:
        """Remove the manual of a sample, or raise `NotFound`."""
        return self._remove_file(sample_id, "manual")

    def set_picture(self, sample_id: int, upload: Upload, /) -> SampleRead:
        """Store the picture of a sample, or raise `NotFound`."""
        return self._store_file(sample_id, "picture", upload)

    def remove_picture(self, sample_id: int, /) -> SampleRead:
        """Remove the picture of a sample, or raise `NotFound`."""
        return self._remove_file(sample_id, "picture")
