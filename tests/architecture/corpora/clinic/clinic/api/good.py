from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from clinic import dependencies
from clinic.schemas import AdmitRequest, PatientIn, PatientOut

router = Router()


@router.get("/{patient_id}", response=PatientOut)
def get_patient(request: HttpRequest, patient_id: int) -> PatientOut:
    return dependencies.admission().admit(AdmitRequest(patient_id=patient_id, user=str(request.user.pk)))


@router.post("", response={201: PatientOut})
def register(request: HttpRequest, data: PatientIn) -> PatientOut:
    return dependencies.admission().register(data, request.user.id)


@router.get("/staff")
def staff(request: HttpRequest) -> bool:
    if not request.user.is_authenticated or not request.user.has_perm("clinic.view_patient"):
        return False
    return bool(request.session.get("seen"))
