"""From a command line to a judged request: read, asked for, validated against the project."""
