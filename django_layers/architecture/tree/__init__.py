"""What there is on the disk: modules, and which app and layer each belongs to."""
