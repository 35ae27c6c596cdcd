"""Tests of the factories."""
