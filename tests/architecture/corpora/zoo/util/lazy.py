import importlib


def zoo_models():
    return importlib.import_module("zoo.models")
