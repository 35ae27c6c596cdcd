"""What services may ask of the stored rows of recipes."""
