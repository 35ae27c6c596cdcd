"""What services may ask of stored samples."""

from typing import Protocol

from django_layers.schemas import Page, Upload

from recipes.schemas.sample import SampleChanges, SampleInsert, SampleQuery, SampleRead


class SampleRepository(Protocol):
    """Stored samples."""

    def get(self, sample_id: int, /) -> SampleRead:
        """Return a sample, or raise `NotFound`."""
        ...

    def page(self, query: SampleQuery, /) -> Page[SampleRead]:
        """Return the page of samples that the query asks for."""
        ...

    def require(self, *sample_ids: int) -> None:
        """Raise `NotFound` unless there are such samples."""
        ...

    def add(self, sample: SampleInsert, /) -> SampleRead:
        """Store a sample, or raise `Conflict` or `RuleViolated`."""
        ...

    def update(self, sample_id: int, changes: SampleChanges, /) -> SampleRead:
        """Change a sample, or raise `NotFound`, `Conflict` or `RuleViolated`."""
        ...

    def delete(self, sample_id: int, /) -> None:
        """Delete a sample, or raise `NotFound`, or `Conflict` while something refers to
        it.
        """
        ...

    def set_manual(self, sample_id: int, upload: Upload, /) -> SampleRead:
        """Store the manual of a sample, or raise `NotFound`."""
        ...

    def remove_manual(self, sample_id: int, /) -> SampleRead:
        """Remove the manual of a sample, or raise `NotFound`."""
        ...

    def set_picture(self, sample_id: int, upload: Upload, /) -> SampleRead:
        """Store the picture of a sample, or raise `NotFound`."""
        ...

    def remove_picture(self, sample_id: int, /) -> SampleRead:
        """Remove the picture of a sample, or raise `NotFound`."""
        ...
