from clinic.models import Patient
from clinic.models import Visit as Rows


def fetch(pk):
    return Patient.objects.get(pk=pk)
