"""Reads one field of the grammar from left to right."""

import re

from django_layers.scaffold.language.modifiers import MODIFIERS
from django_layers.scaffold.language.problems import Problem
from django_layers.scaffold.language.spec import FieldSpec, OnDelete
from django_layers.scaffold.language.suggestions import did_you_mean, nearest
from django_layers.scaffold.language.types import FIELD_TYPES

__all__ = ["FieldReader", "position_of"]

_IN_A_FILE = "put it in a file for --from-spec"
_FREE = frozenset({"default", "min", "max", "help"})
_ON_DELETE = frozenset(kind.value for kind in OnDelete)
_FLAGS = "|".join(name for name, modifier in MODIFIERS.items() if not modifier.takes_value)
_VALUED = "|".join(name for name, modifier in MODIFIERS.items() if modifier.takes_value)
_BOUNDARY = re.compile(rf":(?=(?:{_FLAGS})(?::|$)|(?:{_VALUED})=)")
_WORD = re.compile(r"[^:=]*")


class FieldReader:
    """Reads one field and collects what is wrong with it.

    Attributes:
        text: the field as it was written.
        problems: what is wrong, once it is read.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.problems: list[Problem] = []
        self._name, _, _ = text.partition(":")
        self._position = len(self._name)
        self._flags: set[str] = set()
        self._values: dict[str, str] = {}

    def read(self) -> FieldSpec:
        """Return the field; it means nothing where there are problems."""
        kind, argument = self._type()
        while self._position < len(self.text):
            self._modifier()
        return FieldSpec(
            name=self._name,
            type=kind,
            argument=argument,
            optional="optional" in self._flags,
            null="null" in self._flags,
            unique="unique" in self._flags,
            index="index" in self._flags,
            filter="filter" in self._flags,
            sort="sort" in self._flags,
            default=self._values.get("default"),
            min=self._values.get("min"),
            max=self._values.get("max"),
            max_length=self._length(),
            related=self._values.get("related"),
            on_delete=self._on_delete(),
            embed=tuple(self._values["embed"].split(",")) if "embed" in self._values else (),
            readonly="readonly" in self._flags,
            writeonly="writeonly" in self._flags,
            unchecked="unchecked" in self._flags,
            help=self._values.get("help", ""),
        )

    def _type(self) -> tuple[str, tuple[str, ...]]:
        if not self._name:
            self._problem(0, "a field begins with its name.", "Write name:type, as in title:str.")
        if self._position == len(self.text):
            self._problem(self._position, "the type is missing.", f"Write {self._name or 'name'}:str, for example.")
            return "", ()
        start = self._position + 1
        kind = self._word(start)
        self._position = start + len(kind)
        if kind not in FIELD_TYPES:
            everything = f"The types are {', '.join(FIELD_TYPES)}."
            message = f"{kind!r} is no type." if kind else "the type is missing."
            self._problem(start, message, did_you_mean(kind, FIELD_TYPES, otherwise=everything))
        if not self.text.startswith("=", self._position):
            return kind, ()
        argument = self.text[self._position + 1 :].partition(":")[0]
        if not argument:
            self._problem(self._position, "nothing follows the equals sign.", f"Write {kind} alone, or say the value.")
        self._position += 1 + len(argument)
        return kind, tuple(argument.split(",")) if argument else ()

    def _modifier(self) -> None:
        start = self._position + 1
        name = self._word(start)
        end = start + len(name)
        has_value = self.text.startswith("=", end)
        value = self._value(name, end + 1) if has_value else ""
        self._position = end + len(value) + has_value
        modifier = MODIFIERS.get(name)
        if modifier is None:
            everything = f"The modifiers are {', '.join(MODIFIERS)}."
            message = f"{name!r} is no modifier." if name else "nothing follows the colon."
            self._problem(start, message, did_you_mean(name, MODIFIERS, otherwise=everything))
        elif name in self._flags or name in self._values:
            self._problem(start, f"{name} is said twice.", "Leave one out.")
        elif modifier.takes_value and not value:
            self._problem(end, f"{name} needs a value.", f"Write {name}=..., or leave it out.")
        elif has_value and not modifier.takes_value:
            self._problem(end, f"{name} takes no value.", f"Write {name} alone.")
        elif modifier.takes_value:
            self._values[name] = value
            self._check_swallowed(name, value, end + 1)
        else:
            self._flags.add(name)

    def _word(self, start: int) -> str:
        match = _WORD.match(self.text, start)
        return match.group() if match else ""

    def _value(self, name: str, start: int) -> str:
        if name not in _FREE:
            return self.text[start:].partition(":")[0]
        boundary = _BOUNDARY.search(self.text, start)
        return self.text[start : boundary.start() if boundary else None]

    def _check_swallowed(self, name: str, value: str, start: int) -> None:
        """Refuse a free value that ends in what looks like a modifier with a mistake."""
        for match in re.finditer(r":([a-z_]+)(?=[:=]|$)", value):
            word = match[1]
            position = start + match.start(1)
            if word in MODIFIERS:
                said = "needs a value" if MODIFIERS[word].takes_value else "takes no value"
                self._problem(position, f"{word} {said}.", f"If it is part of the {name}, {_IN_A_FILE}.")
            # Close ones only: the last part of an IPv6 address is a word too.
            elif len(word) > 3 and (meant := nearest(word, MODIFIERS, likeness=0.8)):
                suggestion = f"Did you mean {meant}? If it is part of the {name}, {_IN_A_FILE}."
                self._problem(position, f"{word!r} is no modifier.", suggestion)

    def _length(self) -> int | None:
        text = self._values.get("max_length")
        if text is None:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", text):
            self._problem(
                position_of(self.text, "max_length"), f"max_length={text} is no number.", "Write max_length=80."
            )
            return None
        return int(text)

    def _on_delete(self) -> OnDelete | None:
        said = sorted(self._flags & _ON_DELETE)
        if len(said) > 1:
            position = position_of(self.text, said[1])
            self._problem(position, f"{' and '.join(said)} contradict each other.", "Keep one of them.")
        return OnDelete(said[0]) if said else None

    def _problem(self, position: int | None, message: str, suggestion: str) -> None:
        where = self._name if self._name.isidentifier() else "field"
        self.problems.append(
            Problem(where=where, message=message, suggestion=suggestion, source=self.text, position=position)
        )


def position_of(text: str, part: str) -> int | None:
    """Return where a part of a field stands in its text.

    Args:
        text: the field as it was written.
        part: "name", "type", "argument", or a modifier.

    Returns:
        The offset in characters; None where the part is not in the text.
    """
    name, _, rest = text.partition(":")
    if part == "name":
        return 0
    if part == "type":
        return len(name) + 1 if rest else None
    if part == "argument":
        kind = rest.partition(":")[0]
        return len(name) + 1 + kind.index("=") + 1 if "=" in kind else None
    match = re.search(rf":(?={re.escape(part)}(?:[:=]|$))", text)
    return match.end() if match else None
