"""What the generated tests of an entity's lists try: filters, and orders."""

from collections.abc import Iterator
from dataclasses import dataclass

from django_layers.scaffold.language.expressions import Expression
from django_layers.scaffold.rendering.views.entity import EntityView
from django_layers.scaffold.rendering.views.listing import FilterView
from django_layers.scaffold.rendering.views.references import ReferenceView
from django_layers.scaffold.rendering.views.samples import Samples

__all__ = ["DefaultOrderCase", "FilterCase", "OrderCase", "default_order_cases", "filter_cases", "order_cases"]


@dataclass(frozen=True, slots=True)
class FilterCase:
    """A filter and the rows that show what it does.

    Attributes:
        filter: the filter.
        samples: two values of the field, the lower one first; None for references.
        reference: the reference that is filtered by; None for other fields.
    """

    filter: FilterView
    samples: Samples | None
    reference: ReferenceView | None


@dataclass(frozen=True, slots=True)
class OrderCase:
    """An order of lists and the rows that show it.

    Attributes:
        name: the column.
        samples: two values of it, the lower one first; None for columns that are filled by themselves.
    """

    name: str
    samples: Samples | None


@dataclass(frozen=True, slots=True)
class DefaultOrderCase:
    """A column of the default order and the rows that show it.

    Attributes:
        name: the column.
        descending: whether the highest value comes first.
        samples: two values of it, the lower one first; None for columns that are filled by themselves.
        same: the columns before it with a value that both rows have.
        against: the next column with two values that would put the rows the other way round, that of the row which
            comes first by this column at first; None where the next column is filled by itself.
        first_is_newest: whether the row that comes first is stored last, since the next column, which is filled by
            itself, would put the one stored first before it.
    """

    name: str
    descending: bool
    samples: Samples | None
    same: tuple[tuple[str, Expression], ...]
    against: tuple[str, Expression, Expression] | None = None
    first_is_newest: bool = True


def filter_cases(
    view: EntityView, samples: dict[str, Samples], references: dict[str, ReferenceView]
) -> list[FilterCase]:
    """Return the filters of lists that rows can show."""
    found = []
    for row in view.filters:
        name = row.field.name
        if name in references:
            found.append(FilterCase(row, None, references[name]))
        elif name in samples and samples[name].differ:
            found.append(FilterCase(row, samples[name], None))
    return found


def order_cases(view: EntityView, samples: dict[str, Samples]) -> list[OrderCase]:
    """Return the orders of lists that rows can show, each once for both directions."""
    found = []
    for name in dict.fromkeys(order.removeprefix("-") for order in view.orders):
        if name in samples:
            if _shows_order(name, samples):
                found.append(OrderCase(name, samples[name]))
        elif name in ("created_at", view.key_name):
            found.append(OrderCase(name, None))
    return found


def default_order_cases(view: EntityView, samples: dict[str, Samples]) -> Iterator[DefaultOrderCase]:
    """Return the columns of the default order that rows can show.

    The rows of each are made so that what comes after the column would turn them round.
    """
    unique = {name for row in view.uniques for name in row.names}
    same: list[tuple[str, Expression]] = []
    for column, following in zip(view.order, (*view.order[1:], None), strict=True):
        name, descending = column.removeprefix("-"), column.startswith("-")
        if name in ("created_at", view.key_name):
            yield DefaultOrderCase(name, descending, None, tuple(same))
            return
        if not _shows_order(name, samples):
            return
        # At the end the key parts rows that are equal, in the direction of the last column.
        following = following or (f"-{view.key_name}" if descending else view.key_name)
        turned = following.removeprefix("-")
        against = None
        if _shows_order(turned, samples):
            values = (samples[turned].low, samples[turned].high)
            against = (turned, *(values if following.startswith("-") else values[::-1]))
        yield DefaultOrderCase(
            name, descending, samples[name], tuple(same), against, first_is_newest=not following.startswith("-")
        )
        if name in unique:
            return
        same.append((name, samples[name].low))


def _shows_order(name: str, samples: dict[str, Samples]) -> bool:
    return name in samples and samples[name].differ and samples[name].ordered
