from typing import Protocol

from lab.schemas.sample import SampleOut


class SampleSource(Protocol):
    def of_patient(self, pk: int) -> list[SampleOut]: ...


class SampleService:
    def __init__(self, samples: SampleSource) -> None:
        self._samples = samples

    def of_patient(self, pk: int) -> list[SampleOut]:
        return self._samples.of_patient(pk)
