"""What is known of names is tried out, taken back and put together again."""

from django_layers.architecture.inference.known_names import KnownNames, merged
from django_layers.architecture.inference.values import PLAIN, Kind, Value

ROW = Value(Kind.INSTANCE, "shop.models.Book")
ROWS = Value(Kind.QUERYSET, "shop.models.Book")


def test_what_is_tried_out_is_taken_back() -> None:
    names = KnownNames()
    names["book"] = PLAIN
    names.begin()
    names["book"] = ROW
    names["books"] = ROWS

    assert names.take_back() == {"book": ROW, "books": ROWS}
    assert names == {"book": PLAIN}


def test_what_is_tried_out_within_is_taken_back_with_what_is_around_it() -> None:
    names = KnownNames()
    names["book"] = PLAIN
    names.begin()
    names.begin()
    names["book"] = ROW
    names.put(names.take_back().items())

    assert names["book"] == ROW
    assert names.take_back() == {"book": ROW}
    assert names == {"book": PLAIN}


def test_a_name_may_be_what_any_of_the_ways_makes_of_it() -> None:
    assert merged([{"book": PLAIN}, {"book": ROW}], {}, or_none=False) == {"book": ROW}


def test_a_name_may_stay_what_it_was_where_a_way_leaves_it_alone() -> None:
    assert merged([{"book": PLAIN}, {}], {"book": ROW}, or_none=False) == {"book": ROW}
    assert merged([{"book": PLAIN}, {"book": PLAIN}], {"book": ROW}, or_none=False) == {"book": PLAIN}


def test_a_name_may_stay_what_it_was_where_none_of_the_ways_is_taken() -> None:
    assert merged([{"book": PLAIN}], {"book": ROW}, or_none=True) == {"book": ROW}
