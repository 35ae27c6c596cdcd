"""From a plan to the disk, all of it or nothing."""
