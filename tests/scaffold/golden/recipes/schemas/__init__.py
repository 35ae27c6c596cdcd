"""What goes into and comes out of recipes."""
