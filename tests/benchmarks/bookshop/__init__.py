"""A small Django project of books that all Django competitors share: settings, tables, rows and who calls."""
