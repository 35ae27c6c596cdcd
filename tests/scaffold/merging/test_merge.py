"""Small files, each with one thing to be said about a merge."""

from textwrap import dedent

import pytest

from django_layers.scaffold.merging import Choice, Merged, Skipped, Unmergeable, merge

BASE = '''
"""Ratings."""

from shop.base import Base, check


class Rating(Base):
    """A rating."""

    stars: int
    comment: str = ""

    def create(self, key: int) -> int:
        """Create."""
        with self.unit_of_work():
            found = self.rows.get(key)
            return self.rows.add(
                Row(
                    stars=found.stars,
                    comment=check(found),
                )
            )

    def delete(self, key: int) -> None:
        """Delete."""
        self.rows.delete(key)


class Row:
    pass
'''
MORE = BASE.replace('    comment: str = ""\n', '    comment: str = ""\n    helpful: int = 0\n').replace(
    "comment=check(found),\n", "comment=check(found),\n                    helpful=found.helpful,\n"
)


def text(source: str) -> str:
    return dedent(source).lstrip("\n")


def merged(base: str, mine: str, theirs: str, **choices: Choice) -> Merged:
    given = {path.replace("__", "."): choice for path, choice in choices.items()}
    return merge(text(base).encode(), text(mine).encode(), text(theirs).encode(), choices=given)


def result(base: str, mine: str, theirs: str, **choices: Choice) -> str:
    outcome = merged(base, mine, theirs, **choices)
    assert not outcome.conflicts
    return outcome.source.decode()


def test_an_unedited_file_becomes_the_new_text() -> None:
    assert result(BASE, BASE, MORE) == text(MORE)


def test_an_edited_file_stays_as_it_is_when_nothing_changed() -> None:
    mine = BASE.replace("Delete.", "By hand.").replace("\n    stars", "\n\n    stars")

    assert result(BASE, mine, BASE) == text(mine)


def test_a_new_text_in_another_layout_stays_as_it_is() -> None:
    laid_out = MORE.replace("'", '"').replace('= ""\n', '= ("")\n').replace("    stars: int\n", "    stars : int\n")

    assert result(MORE, laid_out, MORE) == text(laid_out)


def test_newlines_and_the_byte_order_mark_are_the_users() -> None:
    mine = b"\xef\xbb\xbf" + text(BASE).replace("\n", "\r\n").encode()
    wanted = b"\xef\xbb\xbf" + text(MORE).replace("\n", "\r\n").encode()

    assert merge(text(BASE).encode(), mine, text(MORE).encode()).source == wanted
    edited = mine.replace(b"Delete.", b"By hand.")
    assert merge(text(BASE).encode(), edited, text(MORE).encode()).source == wanted.replace(b"Delete.", b"By hand.")


def test_an_argument_lands_in_a_call_that_was_written_on_one_line() -> None:
    mine = BASE.replace(
        """Row(
                    stars=found.stars,
                    comment=check(found),
                )
            )""",
        "Row(stars=found.stars, comment=check(found), by_hand=1))",
    )

    assert "Row(stars=found.stars, comment=check(found), helpful=found.helpful, by_hand=1)" in result(BASE, mine, MORE)


def test_a_renamed_local_is_read_by_what_is_new() -> None:
    mine = BASE.replace("found", "row")

    outcome = merged(BASE, mine, MORE)

    assert "helpful=row.helpful" in outcome.source.decode()
    assert outcome.notes == ("Rating.create calls `found` `row`, and so does what is new in it",)


def test_a_local_that_is_gone_is_a_conflict_of_the_member_that_would_read_it() -> None:
    mine = BASE.replace("            found = self.rows.get(key)\n", "").replace("found", "self.rows.get(key)")

    outcome = merged(BASE, mine, MORE)

    (conflict,) = outcome.conflicts
    assert conflict.path == "Rating.create"
    assert conflict.reason == "merged, it would read found, which nothing in the file defines"
    assert outcome.source == text(mine).encode()


def test_a_moved_and_renamed_method_gets_the_change() -> None:
    mine = BASE.replace("    def create(", "\nclass Service(Rating):\n    def make(")

    outcome = merged(BASE, mine, MORE)

    assert "helpful=found.helpful" in outcome.source.decode()
    assert outcome.notes == ("Rating.create is now Service.make and was changed there",)


def test_a_deleted_method_stays_deleted_and_is_listed() -> None:
    start, end = BASE.index("    def create"), BASE.index("    def delete")
    mine = BASE[:start] + BASE[end:]

    outcome = merged(BASE, mine, MORE)

    assert not outcome.conflicts
    assert "def create" not in outcome.source.decode()
    assert outcome.skipped == (Skipped("Rating.create"),)


def test_a_deleted_method_that_is_still_called_is_a_conflict() -> None:
    start, end = BASE.index("    def create"), BASE.index("    def delete")
    mine = (BASE[:start] + BASE[end:]).replace("self.rows.delete(key)", "self.create(key)")

    (conflict,) = merged(BASE, mine, MORE).conflicts

    assert conflict.path == "Rating.create"
    assert conflict.mine is None


def test_an_import_that_the_user_dropped_comes_back_where_new_code_needs_it() -> None:
    mine = BASE.replace("Base, check", "Base").replace("check(found)", "str(found)")
    theirs = BASE.replace("self.rows.delete(key)", "check(self.rows.delete(key))")

    assert "from shop.base import Base, check\n" in result(BASE, mine, theirs)


def test_an_import_that_is_no_longer_generated_stays_where_the_user_needs_it() -> None:
    mine = BASE.replace("self.rows.delete(key)", "check(key)")
    theirs = BASE.replace("check(found)", "found.comment").replace("Base, check", "Base")

    assert "from shop.base import Base, check\n" in result(BASE, mine, theirs)


def test_an_import_that_nothing_needs_goes() -> None:
    mine = BASE.replace("Delete.", "By hand.")
    theirs = BASE.replace("check(found)", "found.comment").replace("Base, check", "Base")

    assert "from shop.base import Base\n" in result(BASE, mine, theirs)


def test_a_statement_without_a_name_that_both_changed_is_a_conflict() -> None:
    base = "register(Rating, order=1)\n"

    (conflict,) = merged(base, "register(Rating, order=2)\n", "register(Rating, order=3)\n").conflicts

    assert "stand in one place" in conflict.reason


def test_both_changes_of_a_statement_without_a_name_land_where_they_differ() -> None:
    base = "register(Rating, order=1)\n"

    assert result(base, "register(Rating, order=1, by_hand=1)\n", "register(Rating, order=2)\n") == (
        "register(Rating, order=2, by_hand=1)\n"
    )


ALIAS = "Stars = Annotated[int, Field(ge=1, le=5)]\n"


def test_an_element_without_a_name_that_both_changed_is_a_conflict() -> None:
    (conflict,) = merged(ALIAS, ALIAS.replace("5", "7"), ALIAS.replace("5", "10")).conflicts

    assert conflict.path == "Stars"


def test_both_changes_of_an_element_without_a_name_land_where_they_differ() -> None:
    assert result(ALIAS, ALIAS.replace("ge=1", "ge=0"), ALIAS.replace("5", "10")) == (
        "Stars = Annotated[int, Field(ge=0, le=10)]\n"
    )


def test_a_change_of_an_element_that_the_user_took_out_is_listed() -> None:
    outcome = merged(ALIAS, "Stars = Annotated[int, ...]\n", ALIAS.replace("5", "10"))

    assert outcome.skipped == (Skipped("Stars", "Field(ge=1, le=10)"),)
    assert "Field" not in outcome.source.decode()


def test_the_generated_version_of_a_deleted_member_comes_back_when_it_is_named() -> None:
    start, end = BASE.index("    def create"), BASE.index("    def delete")
    mine = BASE[:start] + BASE[end:]

    assert "def create" in result(BASE, mine, BASE, Rating__create=Choice.THEIRS)
    assert "def create" not in result(BASE, mine, BASE, Rating__create=Choice.OURS)


def test_what_was_edited_and_is_no_longer_generated_is_a_conflict() -> None:
    mine = MORE.replace("helpful: int = 0", "helpful: int = 5")

    (conflict,) = merged(MORE, mine, BASE).conflicts

    assert conflict.path == "Rating.helpful"
    assert (conflict.base, conflict.mine, conflict.theirs) == ("    helpful: int = 0", "    helpful: int = 5", None)


@pytest.mark.parametrize(("choice", "wanted"), [(Choice.OURS, "= 5"), (Choice.THEIRS, "= 3")])
def test_a_choice_decides_about_a_member(choice: Choice, wanted: str) -> None:
    base, mine, theirs = ("class A:\n    one: int = 0\n\n    two: int = 0\n".replace("0", n, 1) for n in "053")
    theirs = theirs.replace("two: int = 0", "two: int = 9")

    chosen = result(base, mine, theirs, A__one=choice)

    assert f"one: int {wanted}" in chosen
    assert "two: int = 9" in chosen


def test_what_others_own_stays_to_the_byte_when_only_a_part_of_the_file_is_generated() -> None:
    own = "class  Mine :\n    x=1   # odd\n\n\n"
    mine = own + text(BASE) + "\n\n" + own.replace("Mine", "Other")

    outcome = merge(text(BASE).encode(), mine.encode(), text(MORE).encode())

    assert outcome.source.decode() == own + text(MORE) + "\n\n" + own.replace("Mine", "Other")


def test_taking_everything_out_leaves_what_others_own() -> None:
    own = "def mine() -> None:\n    pass\n"

    outcome = merge(b"X = 1\n\n\nclass A:\n    pass\n", b"X = 1\n\n\nclass A:\n    pass\n\n\n" + own.encode(), b"")

    assert outcome.source.decode() == own


def test_a_comment_of_the_user_is_not_taken_out_with_what_it_stands_in() -> None:
    mine = BASE.replace("    stars: int\n", "    stars: int\n\n    # Mine.\n\n")
    theirs = BASE.replace('    comment: str = ""\n', "").replace("                    comment=check(found),\n", "")

    outcome = merged(BASE, mine, theirs)

    assert outcome.conflicts or "# Mine." in outcome.source.decode()


def test_a_file_that_is_no_python_is_refused() -> None:
    with pytest.raises(Unmergeable, match="line 1 is not valid Python"):
        merge(b"x = 1\n", b"<<<<<<< mine\n", b"x = 2\n")


def test_a_local_that_replaces_another_is_not_taken_for_it() -> None:
    mine = BASE.replace("            found = self.rows.get(key)\n", "            total = self.rows.count()\n")
    mine = mine.replace("found.stars", "total").replace("check(found)", "str(total)")

    (conflict,) = merged(BASE, mine, MORE).conflicts

    assert conflict.path == "Rating.create"


def test_a_file_in_another_encoding_stays_in_it() -> None:
    head = "# -*- coding: latin-1 -*-\n"
    base, theirs = (head + text(each) for each in (BASE, MORE))
    mine = base.replace("Delete.", "Löschen.")

    outcome = merge(base.encode("latin-1"), mine.encode("latin-1"), theirs.encode("latin-1"))

    assert outcome.source == theirs.replace("Delete.", "Löschen.").encode("latin-1")


@pytest.mark.parametrize("theirs", ["class A:\n    one: int\n", "class A:\n    one: int\n    new: int\n    two: int\n"])
def test_statements_of_one_line_are_left_to_the_user(theirs: str) -> None:
    base, mine = "class A:\n    one: int\n    two: int\n", "class A:\n    one: int; two: int; mine: int\n"

    outcome = merged(base, mine, theirs)

    assert outcome.conflicts
    assert outcome.source == mine.encode()
