"""Where the schemas of an entity no longer say what its table says."""
