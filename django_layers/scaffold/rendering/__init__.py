"""From views of an entity to formatted text."""
