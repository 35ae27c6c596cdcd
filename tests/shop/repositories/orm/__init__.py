"""Every query of the shop."""
