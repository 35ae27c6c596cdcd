from typing import Any

import clinic.models  # L101 clinic.services.launder
from clinic.services import helpers
from toolbox.shortcuts import fetch, Rows  # L101 clinic.services.launder # L102 clinic.services.launder
from toolbox.shortcuts import *  # L102 clinic.services.launder
from toolbox import through  # L102 clinic.services.launder

from .. import models as _m  # L101 clinic.services.launder
from ..models.patient import Patient  # L101 clinic.services.launder


def laundered() -> Any:
    return Rows.objects.all()  # L402 laundered


def laundered2() -> Any:
    return fetch(1).visits.all()  # L403 laundered2 # L412 laundered2


def laundered3() -> Any:
    return clinic.models.Patient.objects.get(pk=1)  # L402 laundered3


def laundered4() -> Any:
    return through.clinic_models().Patient.objects.get(pk=1)


def fine() -> int:
    return helpers.double(2)
