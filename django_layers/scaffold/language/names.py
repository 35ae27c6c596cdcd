"""The names of an entity in every form that code, tables and routes need, and short names of constraints and indexes."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

__all__ = ["Name", "camel_case", "database_name", "pascal_case", "pluralized", "singularized", "snake_case"]

_LONGEST_NAME = 30
# What inflection does not know, or has wrong.
_UNCOUNTABLE = frozenset(
    {"advice", "data", "feedback", "furniture", "hardware", "homework", "knowledge", "luggage", "media"}
    | {"metadata", "music", "research", "software", "staff", "traffic", "weather", "wildlife"}
)
_IRREGULAR = {"criterion": "criteria", "echo": "echoes", "hero": "heroes", "leaf": "leaves", "loaf": "loaves"}
_SINGULAR = {plural: singular for singular, plural in _IRREGULAR.items()}
_VOWEL_SOUND = re.compile(
    r"(?!uni(?!n|m)|us[aeu]|uti|eu|one|once)[aeiou]|hour|honest|honou?r|heir|[AEFHILMNORSX](?=[A-Z0-9])"
)


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an entity.

    Attributes:
        pascal: the name as a class, "MealPlan" or "APIKey".
        explicit_plural: its plural in snake case, where the worked-out one is wrong.
    """

    pascal: str
    explicit_plural: str | None = None

    @property
    def snake(self) -> str:
        """The name in snake case: "meal_plan", "api_key"."""
        return snake_case(self.pascal)

    @property
    def plural(self) -> str:
        """The plural in snake case: "meal_plans", "news"."""
        return self.explicit_plural or pluralized(self.snake)

    @property
    def plural_pascal(self) -> str:
        """The plural as a class would be called: "MealPlans"."""
        return pascal_case(self.plural)

    @property
    def camel(self) -> str:
        """The name in camel case: "mealPlan", "apiKey"."""
        return camel_case(self.snake)

    @property
    def route(self) -> str:
        """The plural as a part of a URL: "meal-plans"."""
        return self.plural.replace("_", "-")

    @property
    def verbose(self) -> str:
        """The name in running text: "meal plan", "API key"."""
        return " ".join(word if len(word) > 1 and word.isupper() else word.lower() for word in _words(self.pascal))

    @property
    def verbose_plural(self) -> str:
        """The plural in running text: "meal plans", "API keys"."""
        *first, _ = self.verbose.split(" ")
        words = self.plural.split("_")
        if len(words) != len(first) + 1:
            return " ".join(words)
        return " ".join([*first, words[-1]])

    @property
    def with_article(self) -> str:
        """The name with its indefinite article: "a meal plan", "an API key", "an hour", "a user"."""
        return f"{'an' if _VOWEL_SOUND.match(self.verbose) else 'a'} {self.verbose}"


def snake_case(pascal: str) -> str:
    """Return a class name in snake case; a run of capitals is one word ("APIKey" gives "api_key")."""
    return "_".join(word.lower() for word in _words(pascal))


def pascal_case(snake: str) -> str:
    """Return a name in snake case as a class would be called ("meal_plan" gives "MealPlan")."""
    return "".join(word[:1].upper() + word[1:] for word in snake.split("_"))


def camel_case(snake: str) -> str:
    """Return a name in snake case in camel case ("meal_plan" gives "mealPlan")."""
    pascal = pascal_case(snake)
    return pascal[:1].lower() + pascal[1:]


def pluralized(snake: str) -> str:
    """Return the plural of a name in snake case; only its last word changes."""
    return _last_word(snake, _plural)


def singularized(snake: str) -> str:
    """Return the singular of a name in snake case; only its last word changes."""
    return _last_word(snake, _singular)


def database_name(*parts: str) -> str:
    """Return the name of a constraint or an index: the parts, at most 30 characters.

    A longer name is cut and ends in a hash of the whole, so it is the same in every run and differs from its siblings.
    """
    whole = "_".join(parts)
    if len(whole) <= _LONGEST_NAME:
        return whole
    digest = hashlib.sha256(whole.encode()).hexdigest()[:8]
    return f"{whole[: _LONGEST_NAME - len(digest) - 1].rstrip('_')}_{digest}"


def _words(pascal: str) -> list[str]:
    words = re.sub(r"([A-Z]+[0-9]*)([A-Z][a-z])", r"\1 \2", pascal)
    words = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", words)
    return words.replace("_", " ").split()


def _last_word(snake: str, change: Callable[[str], str]) -> str:
    head, separator, last = snake.rpartition("_")
    return f"{head}{separator}{change(last)}"


@cache
def _plural(word: str) -> str:
    import inflection

    if word in _UNCOUNTABLE:
        return word
    return _IRREGULAR.get(word) or inflection.pluralize(word)


@cache
def _singular(word: str) -> str:
    import inflection

    if word in _UNCOUNTABLE:
        return word
    return _SINGULAR.get(word) or inflection.singularize(word)
