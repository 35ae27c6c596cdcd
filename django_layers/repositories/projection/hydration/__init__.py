"""Rows become DTOs."""

from django_layers.repositories.projection.hydration.hydrator import hydrate
from django_layers.repositories.projection.hydration.unreadable import UnreadableRow

__all__ = ["UnreadableRow", "hydrate"]
