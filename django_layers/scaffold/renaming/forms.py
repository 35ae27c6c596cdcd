"""The name of a field in every form in which generated text says it, and what that text becomes with another name."""

import re
from dataclasses import dataclass
from functools import cached_property

from django_layers.scaffold.language.derived import filters
from django_layers.scaffold.language.fields import dto_name, field_type, row_name
from django_layers.scaffold.language.names import pascal_case, singularized
from django_layers.scaffold.language.spec import EntitySpec

__all__ = ["Forms", "forms_of"]


@dataclass(frozen=True)
class Forms:
    """Names in snake case, each with the one that it gives way to."""

    pairs: tuple[tuple[str, str], ...]

    def renamed(self, text: str) -> str:
        """Return a text in which every old name, in whatever form, is the new one; all at once."""
        return self.candidates(text)[0]

    def candidates(self, text: str) -> tuple[str, ...]:
        """Return what a text may become: where an old name is one word, its form does not tell that of the new one."""
        if not self.pairs:
            return (text,)
        return tuple(
            self._pattern.sub(lambda found, forms=forms: forms[found[0]], text)  # type: ignore[misc]
            for forms in self._replacements
        )

    @cached_property
    def _replacements(self) -> tuple[dict[str, str], ...]:
        """What takes the place of each form, once for each way to write a name of several words."""
        found: tuple[dict[str, str], ...] = ({}, {}, {})
        for old, new in self.pairs:
            before, after = _spelled(old), _spelled(new)
            for first, forms in enumerate(found):
                forms.setdefault(before[first], after[first])
        for old, new in self.pairs:
            for form, replacement in zip(_spelled(old), _spelled(new), strict=True):
                for forms in found:
                    forms.setdefault(form, replacement)
        return found

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._replacements[0], key=lambda form: (-len(form), form))
        return re.compile("|".join(_bounded(form) for form in longest_first))


def forms_of(before: EntitySpec, after: EntitySpec) -> Forms:
    """Return the names that follow from the fields of an entity, with those that they have after a rename.

    Args:
        before: the entity.
        after: the same entity with new names of its fields, in the same order.
    """
    pairs: dict[str, str] = {}
    for old, new in zip(before.fields, after.fields, strict=True):
        pairs |= {old.name: new.name, dto_name(old): dto_name(new), row_name(old): row_name(new)}
        if field_type(old).many:
            pairs[singularized(old.name)] = singularized(new.name)
    pairs |= {old.name: new.name for old, new in zip(filters(before), filters(after), strict=True)}
    return Forms(tuple((old, new) for old, new in pairs.items() if old != new))


def _spelled(name: str) -> tuple[str, ...]:
    return name, name.replace("_", "-"), name.replace("_", " "), name.upper(), pascal_case(name)


def _bounded(form: str) -> str:
    if form[:1].isupper() and not form.isupper():
        return rf"(?<![A-Z]){re.escape(form)}(?![a-z0-9])"
    return rf"(?<![A-Za-z0-9]){re.escape(form)}(?![A-Za-z0-9])"
