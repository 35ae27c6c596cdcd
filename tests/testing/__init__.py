"""Tests of what django-layers gives to tests."""
