"""The boundaries of layers at run time: every query is asked by a repository, whatever the code looks like."""

from django_layers.guard.databases import start_watching, watching
from django_layers.guard.trespass import LayerViolation, Site, Trespass, asked_at

__all__ = ["LayerViolation", "Site", "Trespass", "asked_at", "start_watching", "watching"]
