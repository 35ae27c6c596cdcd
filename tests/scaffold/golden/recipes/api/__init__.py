"""The HTTP endpoints of recipes."""

from ninja import Router

from recipes.api import category, hour, note, rating, recipe, reminder, sample, tag

router = Router()
router.add_router("/categories", category.router)
router.add_router("/hours", hour.router)
router.add_router("/notes", note.router)
router.add_router("/ratings", rating.router)
router.add_router("/recipes", recipe.router)
router.add_router("/reminders", reminder.router)
router.add_router("/samples", sample.router)
router.add_router("/tags", tag.router)
