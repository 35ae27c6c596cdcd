"""What `manage.py seed` stores."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from recipes.types import RecipeIngredientUnit, RecipeStatus

G, KG, ML, L, TSP, TBSP, PIECE = RecipeIngredientUnit

Contents: TypeAlias = dict[str, tuple[Decimal, RecipeIngredientUnit]]
Ratings: TypeAlias = dict[str, tuple[int, str]]


@dataclass(frozen=True, kw_only=True)
class SeedRecipe:
    """A recipe with all that belongs to it.

    Attributes:
        contents: amount and unit of each ingredient, by its name.
        ratings: stars and comment of each rating, by the name of the user.
    """

    title: str
    summary: str
    author: str
    servings: int
    minutes: int
    contents: Contents
    ratings: Ratings
    status: RecipeStatus = RecipeStatus.PUBLISHED


ADMINISTRATOR = "mira"
USERS = (ADMINISTRATOR, "tom", "aisha", "jonas", "lena")

INGREDIENTS = (
    "basil",
    "black beans",
    "butter",
    "carrot",
    "chickpeas",
    "chili",
    "coconut milk",
    "cream",
    "cumin",
    "egg",
    "flour",
    "garlic",
    "ginger",
    "lemon",
    "milk",
    "olive oil",
    "onion",
    "parmesan",
    "potato",
    "red lentils",
    "rice",
    "salt",
    "spaghetti",
    "spinach",
    "sugar",
    "tomato",
)

RECIPES = (
    SeedRecipe(
        title="Pancakes",
        summary="Thin ones. Let the batter rest for a quarter of an hour.",
        author="tom",
        servings=4,
        minutes=30,
        contents={
            "flour": (Decimal(250), G),
            "egg": (Decimal(3), PIECE),
            "milk": (Decimal(500), ML),
            "butter": (Decimal(30), G),
            "salt": (Decimal("0.25"), TSP),
        },
        ratings={
            "aisha": (5, "Every Sunday."),
            "jonas": (4, "Less salt."),
            "lena": (4, ""),
        },
    ),
    SeedRecipe(
        title="Spaghetti with tomato and basil",
        summary="Ready before the table is laid.",
        author="aisha",
        servings=2,
        minutes=20,
        contents={
            "spaghetti": (Decimal(250), G),
            "tomato": (Decimal(5), PIECE),
            "garlic": (Decimal(2), PIECE),
            "olive oil": (Decimal(3), TBSP),
            "basil": (Decimal(20), G),
            "parmesan": (Decimal(40), G),
        },
        ratings={"tom": (5, ""), "mira": (4, "Good tomatoes make it."), "lena": (5, "")},
    ),
    SeedRecipe(
        title="Red lentil dal",
        summary="Warm, cheap, and better the day after.",
        author="aisha",
        servings=4,
        minutes=35,
        contents={
            "red lentils": (Decimal(300), G),
            "onion": (Decimal(1), PIECE),
            "garlic": (Decimal(3), PIECE),
            "ginger": (Decimal(20), G),
            "cumin": (Decimal(2), TSP),
            "coconut milk": (Decimal(200), ML),
            "tomato": (Decimal(2), PIECE),
        },
        ratings={"mira": (5, "The best one I know."), "jonas": (5, ""), "tom": (4, "")},
    ),
    SeedRecipe(
        title="Chickpea curry",
        summary="One pan, and mild enough for children without the chili.",
        author="mira",
        servings=4,
        minutes=30,
        contents={
            "chickpeas": (Decimal(400), G),
            "onion": (Decimal(2), PIECE),
            "garlic": (Decimal(2), PIECE),
            "ginger": (Decimal(10), G),
            "coconut milk": (Decimal(400), ML),
            "spinach": (Decimal(200), G),
            "chili": (Decimal(1), PIECE),
        },
        ratings={"lena": (4, ""), "aisha": (3, "Needs more ginger.")},
    ),
    SeedRecipe(
        title="Potato soup",
        summary="Half of it blended, half of it left in pieces.",
        author="jonas",
        servings=4,
        minutes=45,
        contents={
            "potato": (Decimal("1.2"), KG),
            "carrot": (Decimal(3), PIECE),
            "onion": (Decimal(1), PIECE),
            "cream": (Decimal(150), ML),
            "salt": (Decimal(1), TSP),
        },
        ratings={"mira": (4, ""), "tom": (3, "Takes longer than it says.")},
    ),
    SeedRecipe(
        title="Spinach omelette",
        summary="Low heat, and out of the pan while it still moves.",
        author="lena",
        servings=1,
        minutes=10,
        contents={
            "egg": (Decimal(3), PIECE),
            "spinach": (Decimal(100), G),
            "butter": (Decimal(10), G),
            "salt": (Decimal("0.25"), TSP),
        },
        ratings={"jonas": (4, "")},
    ),
    SeedRecipe(
        title="Black bean chili",
        summary="For a full table. Freezes well.",
        author="tom",
        servings=6,
        minutes=60,
        contents={
            "black beans": (Decimal(600), G),
            "tomato": (Decimal(6), PIECE),
            "onion": (Decimal(2), PIECE),
            "garlic": (Decimal(4), PIECE),
            "chili": (Decimal(2), PIECE),
            "cumin": (Decimal(1), TBSP),
        },
        ratings={"aisha": (5, ""), "jonas": (2, "Too hot for me."), "mira": (4, "")},
    ),
    SeedRecipe(
        title="Lemon rice",
        summary="Goes with nearly everything.",
        author="lena",
        servings=4,
        minutes=25,
        contents={
            "rice": (Decimal(300), G),
            "lemon": (Decimal(2), PIECE),
            "olive oil": (Decimal(2), TBSP),
            "salt": (Decimal(1), TSP),
        },
        ratings={"aisha": (4, "With the dal!"), "tom": (3, "")},
    ),
    SeedRecipe(
        title="Carrot and ginger soup",
        summary="Bright, sharp and quick.",
        author="jonas",
        servings=3,
        minutes=35,
        contents={
            "carrot": (Decimal(8), PIECE),
            "ginger": (Decimal(30), G),
            "onion": (Decimal(1), PIECE),
            "coconut milk": (Decimal(250), ML),
            "lemon": (Decimal("0.5"), PIECE),
        },
        ratings={"lena": (5, "My favourite soup."), "mira": (5, "")},
    ),
    SeedRecipe(
        title="Gnocchi",
        summary="Floury potatoes, little flour, light hands.",
        author="mira",
        servings=4,
        minutes=90,
        contents={
            "potato": (Decimal(1), KG),
            "flour": (Decimal(200), G),
            "egg": (Decimal(1), PIECE),
            "butter": (Decimal(50), G),
            "parmesan": (Decimal(60), G),
        },
        ratings={"tom": (5, "Worth the work.")},
    ),
    SeedRecipe(
        title="Rice pudding",
        summary="Stir, and do not leave it alone.",
        author="jonas",
        servings=4,
        minutes=40,
        contents={
            "rice": (Decimal(200), G),
            "milk": (Decimal(1), L),
            "sugar": (Decimal(60), G),
            "butter": (Decimal(20), G),
        },
        ratings={"aisha": (4, ""), "lena": (4, "")},
    ),
    SeedRecipe(
        title="Lemon cake",
        summary="Still too dry. To be tried with more butter.",
        author="tom",
        servings=12,
        minutes=70,
        contents={
            "flour": (Decimal(300), G),
            "sugar": (Decimal(200), G),
            "egg": (Decimal(4), PIECE),
            "butter": (Decimal(150), G),
            "lemon": (Decimal(2), PIECE),
        },
        ratings={},
        status=RecipeStatus.DRAFT,
    ),
)
