from django.contrib import admin

from recipes.models import Recipe  # legal: Django asks for the class


@admin.register(Recipe)
class RecipeAdmin(admin.ModelAdmin):
    def titles(self) -> int:
        return Recipe.objects.count()  # legal: admin's own use
