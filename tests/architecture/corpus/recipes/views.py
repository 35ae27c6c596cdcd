from recipes.repositories.recipe import RecipeRepository  # L101 recipes.views


def show(request):
    return None
