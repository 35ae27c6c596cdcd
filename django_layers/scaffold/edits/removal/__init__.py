"""The mirror images of the edits: each takes out what an edit has put in, and leaves the bytes that were there before."""
