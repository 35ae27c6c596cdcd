"""Runs commands."""
