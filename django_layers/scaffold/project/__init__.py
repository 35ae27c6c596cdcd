"""What a project has and where it keeps it, read and never imported."""
