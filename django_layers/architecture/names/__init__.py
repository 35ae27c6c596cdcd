"""Names followed to what they stand for, and the models that are among that."""
