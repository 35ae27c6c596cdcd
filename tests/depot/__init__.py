"""A depot: the tables that show how rows are written."""
