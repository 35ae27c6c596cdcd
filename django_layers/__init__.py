"""Clean layers for Django: generated once, kept clean for as long as the project lives."""

__version__ = "0.1.0"
