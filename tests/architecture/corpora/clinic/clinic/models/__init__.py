from .patient import Patient, Visit, Ward

__all__ = ["Patient", "Visit", "Ward"]
