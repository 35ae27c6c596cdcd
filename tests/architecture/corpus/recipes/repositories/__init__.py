from recipes.repositories.orm.recipe import DjangoRecipeRepository as implementation  # L101 recipes.repositories
