"""What an earlier run has found, believed only where every file holds what it held then."""
