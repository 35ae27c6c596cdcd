import importlib


def clinic_models():
    return importlib.import_module("clinic.models")
