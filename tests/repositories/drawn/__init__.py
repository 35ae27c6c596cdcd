"""Repositories drawn at random, compared with a computation that uses nothing of theirs."""
