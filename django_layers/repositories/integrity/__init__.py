"""Refusals of the database as errors of the domain, told apart by codes, never by the words of a message."""

from django_layers.repositories.integrity.translate import UndeclaredConstraint, translated, translating

__all__ = ["UndeclaredConstraint", "translated", "translating"]
