from lab.models import Sample
from lab.schemas.sample import SampleOut


class Samples:
    def of_patient(self, pk: int) -> list[SampleOut]:
        return [SampleOut(row.pk, row.code, row.patient_id) for row in Sample.objects.filter(patient_id=pk)]
