"""Every query of recipes."""
