"""Queries whose SQL is kept: compiled by Django once for each shape, and run again with other values."""

from django_layers.repositories.prepared.compiling import rows_of
from django_layers.repositories.prepared.counting import counting_query
from django_layers.repositories.prepared.preparing import Preparing

__all__ = ["Preparing", "counting_query", "rows_of"]
