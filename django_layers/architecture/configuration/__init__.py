"""What `[tool.django_layers]` of a pyproject.toml says, and what holds without it."""
