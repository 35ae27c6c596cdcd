"""Jinja2 as templates of code need it, and the imports below the docstring of what they give."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django_layers.scaffold.errors import ScaffoldError
from django_layers.scaffold.language.annotations import or_missing
from django_layers.scaffold.language.expressions import Import
from django_layers.scaffold.language.names import Name, pascal_case
from django_layers.scaffold.rendering.bindings import UnboundName, with_imports

if TYPE_CHECKING:
    import jinja2

__all__ = ["OVERRIDES", "TemplateMistake", "Templates", "bound", "shipped_templates"]

OVERRIDES = ".layers/templates"
"""Where a project keeps templates of its own, below its root: each replaces the one of the same name."""

_PACKAGE = Path(__file__).parent / "templates"


class TemplateMistake(ScaffoldError):
    """A template can't be rendered."""

    def __init__(self, template: str, reason: str) -> None:
        super().__init__(
            f"The template {template}.jinja can't be rendered: {reason}. "
            f"If the project has its own in {OVERRIDES}, mend it or delete it."
        )
        self.template = template


class Templates:
    """The templates of a project: its own first, then those of the package."""

    def __init__(self, root: Path) -> None:
        self._environment = _environment(root)

    def render(self, template: str, **context: object) -> str:
        """Render a template.

        Args:
            template: its name, without ".jinja".
            context: what it may use.

        Raises:
            TemplateMistake: it uses what is not there, or is no template.
        """
        import jinja2

        try:
            return self._environment.get_template(f"{template}.jinja").render(**context)
        except jinja2.TemplateError as error:
            raise TemplateMistake(template, f"{type(error).__name__}: {error}") from error


def shipped_templates() -> dict[str, str]:
    """Return the texts of the templates of the package, by name, without ".jinja"."""
    return {
        path.relative_to(_PACKAGE).as_posix().removesuffix(".jinja"): path.read_text(encoding="utf-8")
        for path in sorted(_PACKAGE.rglob("*.jinja"))
    }


def bound(text: str, known: Mapping[str, Import], *, here: str, siblings: frozenset[str], template: str) -> str:
    """Return a rendered module with its imports.

    Args:
        text: the module without imports.
        known: what names stand for.
        here: the module that the text goes to; what that defines needs no import.
        siblings: further names that other members of that module define.
        template: the name of the template, for messages.

    Raises:
        TemplateMistake: the text is no Python, or reads a name that nothing binds.
    """
    siblings |= {name for name, source in known.items() if source.module == here and not source.alias}
    try:
        return with_imports(text, known, siblings=siblings)
    except UnboundName as error:
        raise TemplateMistake(template, str(error)) from error
    except SyntaxError as error:
        raise TemplateMistake(template, f"line {error.lineno} is not Python ({error.msg})") from error


@lru_cache(maxsize=4)
def _environment(root: Path) -> "jinja2.Environment":
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([root / OVERRIDES, _PACKAGE]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # The templates are the project's own and the output is Python, where HTML entities would be a mistake.
        autoescape=False,
        bytecode_cache=_bytecode_cache(),
    )
    environment.filters.update(
        capitalized=_capitalized,
        dashed=_dashed,
        or_missing=lambda annotation: or_missing(str(annotation)),
        quoted=_quoted,
        spaced=_spaced,
        with_article=_with_article,
    )
    return environment


def _bytecode_cache() -> "jinja2.BytecodeCache | None":
    """Return where compiled templates are kept, since compiling them takes longer than all the rest of a run.

    It is a folder of the user's own in the system's temporary folder, which Jinja2 checks; None where there can't be one.
    """
    import jinja2

    try:
        return jinja2.FileSystemBytecodeCache()
    except RuntimeError:
        return None


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def _quoted(text: str) -> str:
    """Return the literal of a text; the formatter gives it the project's quotes."""
    return repr(text)


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _with_article(noun: str) -> str:
    return Name(pascal_case(noun.replace(" ", "_"))).with_article
