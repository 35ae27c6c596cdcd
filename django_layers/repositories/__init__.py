"""What repositories stand on: rows of a model as DTOs, and the unit of work on a database."""

from django_layers.repositories.block import OutsideUnitOfWork
from django_layers.repositories.declaration import Declaration, DeclarationError
from django_layers.repositories.integrity import UndeclaredConstraint
from django_layers.repositories.model import ModelRepository
from django_layers.repositories.projection import UnreadableRow
from django_layers.repositories.scopes import row_scope
from django_layers.repositories.unit_of_work import DatabaseUnitOfWork, database_unit_of_work

__all__ = [
    "DatabaseUnitOfWork",
    "Declaration",
    "DeclarationError",
    "ModelRepository",
    "OutsideUnitOfWork",
    "UndeclaredConstraint",
    "UnreadableRow",
    "database_unit_of_work",
    "row_scope",
]
