from django.db.transaction import atomic
from django.http import HttpRequest
from ninja import ModelSchema, Router

from clinic import dependencies
from clinic.models import Patient, Visit  # L101 clinic.api.bad 2
from clinic.repositories.orm.patient import DbPatients  # L101 clinic.api.bad
from clinic.repositories.patient import PatientRepository  # L101 clinic.api.bad

router = Router()


class PatientModelOut(ModelSchema):  # L503 PatientModelOut
    class Meta:
        model = Patient
        fields = ["id", "name"]


@router.get("")
def list_patients(request: HttpRequest):
    return Patient.objects.all()  # L502 list_patients


@router.get("/v/{pk}")
def one(request: HttpRequest, pk: int):
    visit = Visit.objects.get(pk=pk)  # L502 one
    visit.note = "x"
    visit.save()  # L506 one
    return {"patient": visit.patient.name}  # L505 one


@router.post("/a")
@atomic  # L501 create
def create(request: HttpRequest):
    return dependencies.admission().admit(request)  # L504 create


@router.post("/b")
def create2(request: HttpRequest):
    service = dependencies.admission()
    return service.register(None, user=request.user)  # L504 create2


@router.post("/c")
def create3(request: HttpRequest):
    user = request.user
    return dependencies.admission().register(None, user)  # L504 create3


@router.post("/d")
def create4(request: HttpRequest):
    with atomic():  # L501 create4
        return [v.note for v in request.user.patients.all()]  # L505 create4


@router.post("/e")
def create5(request: HttpRequest):
    return dependencies.admission().admit({"request": request})  # L504 create5


@router.post("/f")
def create6(request: HttpRequest, **kwargs):
    return dependencies.admission().admit(**{"user": request.user})  # L504 create6
