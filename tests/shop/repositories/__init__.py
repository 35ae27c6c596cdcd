"""What services may ask of the stored shop."""
