"""Renaming and removing a field as a refactoring: where a project certainly means it, and where it may mean it."""
