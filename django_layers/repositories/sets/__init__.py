"""Writes of many rows by few statements: what they leave out of `Model.save` and `Model.delete` they say."""

from django_layers.repositories.sets.repository import SetBasedRepository

__all__ = ["SetBasedRepository"]
