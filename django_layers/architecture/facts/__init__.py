"""What one file says, from its syntax tree; rules read these facts and never the tree."""
