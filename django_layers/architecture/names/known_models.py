"""What is known of the models of a project without reading all of it."""

from typing import NamedTuple

__all__ = ["KnownModels", "Relations"]


class KnownModels(NamedTuple):
    """What has to be known of the models of a project to tell about a few of them without reading all.

    Attributes:
        modules: the modules that define them, by their dotted names.
        relations: the attributes that lead to one row and those that lead to many, of whichever model's making.
        reverse_names: the names of the attributes that relations make on the models that they lead to.
        many_names: the names of the attributes that lead to many rows.
    """

    modules: dict[str, str]
    relations: dict[str, tuple[dict[str, str], dict[str, str]]]
    reverse_names: frozenset[str]
    many_names: frozenset[str]


class Relations(NamedTuple):
    """What the fields of some models say of relations.

    Attributes:
        own: by these models, the attributes that lead to one row and those that lead to many.
        made: the same by other models, for the attributes that these make on them.
        reverse_names: the names of all attributes that these make on the models that they lead to.
    """

    own: dict[str, tuple[dict[str, str], dict[str, str]]]
    made: dict[str, tuple[dict[str, str], dict[str, str]]]
    reverse_names: list[str]
