"""An app with a table for every kind of relation and column, and tables whose rows are a tenant's."""
