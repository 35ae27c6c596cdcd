"""What pytest leaves alone here: rendered tests are for the projects that they are rendered into."""

collect_ignore = ["golden"]
