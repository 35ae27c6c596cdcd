"""Merging what is generated anew into what was edited since."""
