"""What kind of value an expression has, worked out from annotations and from the bodies of functions."""
