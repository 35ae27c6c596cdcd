"""A model that was there before its layers, as the specification of an entity."""
