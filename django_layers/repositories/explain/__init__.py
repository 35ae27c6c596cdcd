"""Explaining a repository: what its methods run, how rows become DTOs, and which index serves what."""

from django_layers.repositories.explain.explaining import explain
from django_layers.repositories.explain.explanation import Explanation
from django_layers.repositories.explain.finding import UnknownRepository, find_repository
from django_layers.repositories.explain.report import as_json, as_text

__all__ = ["Explanation", "UnknownRepository", "as_json", "as_text", "explain", "find_repository"]
