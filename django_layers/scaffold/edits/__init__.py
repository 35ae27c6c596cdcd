"""Structural edits of a user's Python files: bytes in, an outcome out, everything outside the insertion byte-equal."""
