"""Taking out what was generated: which of it was edited, what still uses it, and the plans of the commands."""
