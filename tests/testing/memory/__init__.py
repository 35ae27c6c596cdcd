"""Tests of the database in memory."""
