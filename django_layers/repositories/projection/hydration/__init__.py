"""Rows become DTOs."""

from django_layers.repositories.projection.hydration.hydrator import hydrate, tiers_of
from django_layers.repositories.projection.hydration.tiers import Tier
from django_layers.repositories.projection.hydration.unreadable import UnreadableRow

__all__ = ["Tier", "UnreadableRow", "hydrate", "tiers_of"]
