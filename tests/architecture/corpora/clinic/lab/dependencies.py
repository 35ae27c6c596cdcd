from lab.repositories.samples import Samples
from lab.services.sampling import SampleService


def sample_service() -> SampleService:
    return SampleService(Samples())
