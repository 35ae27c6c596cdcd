"""What services stand on; imports no Django, so a service can be imported and tested without settings."""

from django_layers.services.unit_of_work import UnitOfWork

__all__ = ["UnitOfWork"]
