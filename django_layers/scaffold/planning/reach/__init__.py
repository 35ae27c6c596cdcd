"""What a plan can reach: the modules of a project that what it writes has a say in, and the ones that it has not."""
