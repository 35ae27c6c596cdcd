"""Why a model, or a field of one, is not carried into the layers."""

from django_layers.scaffold.errors import ScaffoldError

__all__ = ["CannotAdopt", "NotCarried"]


class NotCarried(Exception):
    """A field that requests and responses can't carry.

    Attributes:
        reason: why, as the end of a sentence that begins with the field.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CannotAdopt(ScaffoldError):
    """A model that no layers can be written for.

    Attributes:
        label: the label of the model.
        reason: why, in a sentence.
    """

    exit_code = 2

    def __init__(self, label: str, reason: str) -> None:
        super().__init__(f"{label} can't be adopted: {reason}")
        self.label, self.reason = label, reason
