"""Docstrings that are longer than a line of the project."""

from textwrap import dedent

from django_layers.scaffold.rendering.docstrings import wrap_docstrings


def wrapped(source: str, width: int) -> str:
    """Wrap the docstrings of dedented source."""
    return wrap_docstrings(dedent(source).lstrip("\n"), width)


def test_one_long_line_becomes_several_with_the_quotes_on_their_own() -> None:
    source = '''
        class A:
            """One two three four five six."""

            x = "a long string that is no docstring stays"
    '''
    assert wrapped(source, 30) == dedent(
        '''\
        class A:
            """One two three four five
            six.
            """

            x = "a long string that is no docstring stays"
        '''
    )


def test_a_line_that_is_too_long_by_its_quotes_only_loses_a_word_to_the_next() -> None:
    assert wrapped('"""One two three."""\n', 19) == '"""One two\nthree.\n"""\n'


def test_paragraphs_and_entries_are_wrapped_as_a_whole() -> None:
    source = '''
        def f(a: int, b: int) -> None:
            """Short.

            A paragraph of which the first line is too long,
            and a second.

            Args:
                a: one two three four
                    five.
                b: one two three four five.

            Raises:
                Error: fits.
            """
    '''
    assert wrapped(source, 40) == dedent(
        '''\
        def f(a: int, b: int) -> None:
            """Short.

            A paragraph of which the first line
            is too long, and a second.

            Args:
                a: one two three four
                    five.
                b: one two three four five.

            Raises:
                Error: fits.
            """
        '''
    )
    assert "        b: one two three four\n            five.\n" in wrapped(source, 30)


def test_what_fits_is_the_very_same() -> None:
    source = '"""One\n\n  two.\n"""\n\n\ndef f() -> None:\n    """Three."""\n'
    assert wrapped(source, 20) == source


def test_a_word_that_is_too_long_stays_whole() -> None:
    assert wrapped('"""' + "x" * 40 + ' y."""\n', 20) == '"""' + "x" * 40 + '\ny.\n"""\n'
