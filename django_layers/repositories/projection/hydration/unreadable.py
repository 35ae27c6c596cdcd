"""The error of a row that is not what its schema says."""

__all__ = ["UnreadableRow"]


class UnreadableRow(TypeError):
    """A stored row does not fit the schema that it is read into; the message holds no stored value."""
