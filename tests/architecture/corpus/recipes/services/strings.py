"""Modules that strings name, which are put together of constants."""

import importlib
import pkgutil
import sys
from sys import modules

_MODELS = "recipes.models"
_APP = "recipes"
_PATTERN = "%s.%s"


def by_constant() -> object:
    return importlib.import_module(_MODELS)  # L101 by_constant


def by_local() -> object:
    name = "recipes.models.recipe"
    return importlib.import_module(name)  # L101 by_local


def by_f_string() -> object:
    return importlib.import_module(f"{_APP}.models")  # L101 by_f_string


def by_sum() -> object:
    return importlib.import_module(_APP + "." + "models")  # L101 by_sum


def by_percent() -> object:
    return importlib.import_module(_PATTERN % (_APP, "models"))  # L101 by_percent


def by_one_percent() -> object:
    return importlib.import_module("recipes.%s" % "models")  # L101 by_one_percent


def by_format() -> object:
    return importlib.import_module("{}.models".format(_APP))  # L101 by_format


def by_join() -> object:
    return importlib.import_module(".".join(["recipes", "models"]))  # L101 by_join


def by_modules() -> object:
    return sys.modules["recipes.models"]  # L101 by_modules


def by_get() -> object:
    return sys.modules.get(_MODELS)  # L101 by_get


def by_imported_modules() -> object:
    return modules["recipes.models"]  # L101 by_imported_modules


def by_resolve_name() -> object:
    return pkgutil.resolve_name("recipes.models.recipe:Recipe")  # L101 by_resolve_name


def legal_by_parameter(_MODELS: str) -> object:
    return importlib.import_module(_MODELS)  # legal: nothing says what it is


def legal_in_loop() -> list[object]:
    name = "recipes.models"
    return [name, *(importlib.import_module(name) for name in sys.argv)]  # legal: another name


def legal_other(name: str) -> object:
    return importlib.import_module(f"recipes.{name}")  # legal: only part of it is known


def legal_modules() -> list[str]:
    modules["recipes.services"]
    return sorted(sys.modules)  # legal: their names
