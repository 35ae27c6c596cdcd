"""The boundaries of layers at run time: every query is asked by a repository, whatever the code looks like."""

from django_layers.guard.trespass import LayerViolation, Site, Trespass, asked_at
from django_layers.guard.watching import start_watching, watching

__all__ = ["LayerViolation", "Site", "Trespass", "asked_at", "start_watching", "watching"]
