"""What templates read: every name, expression and sentence worked out, so that templates only loop and choose."""
