from .patient import PatientRepository
from .orm.patient import DbPatients  # L101 clinic.repositories

__all__ = ["PatientRepository", "DbPatients"]
