"""Refusals of the database as errors of the domain, told apart by codes, never by the words of a message."""

from django_layers.repositories.integrity.translate import translated, translating
from django_layers.repositories.integrity.undeclared import UndeclaredConstraint

__all__ = ["UndeclaredConstraint", "translated", "translating"]
