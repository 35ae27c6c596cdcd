"""Proves in a project's own tree that the rules see what they forbid: each violation is planted there, in memory."""
