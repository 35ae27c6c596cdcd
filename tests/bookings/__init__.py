"""An app whose tables have constraints of every kind."""
