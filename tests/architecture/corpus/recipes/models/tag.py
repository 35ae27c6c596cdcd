from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.urls import reverse  # legal: an address is text
from django.utils.translation import gettext_lazy as _  # legal: harmless Django
from ninja import Router, Schema  # L202 recipes.models.tag # L201 recipes.models.tag

from recipes.dependencies import recipe_service  # L101 recipes.models.tag
from recipes.repositories.recipe import RecipeRepository  # L101 recipes.models.tag
from recipes.services.recipe import RecipeService  # L101 recipes.models.tag


class Tag(models.Model):
    title = models.CharField(_("title"), max_length=10)
    recipes = models.ManyToManyField("recipes.Recipe", related_name="tags")  # legal: by string

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.pk])  # legal: an address is text

    def may_edit(self, request):
        return request.user.is_staff  # L202 Tag.may_edit

    def published(self) -> None:
        from recipes.services.recipe import RecipeService  # L101 Tag.published

    def used(self) -> int:
        return self.recipes.count()  # legal: a model is of the ORM

    @property
    def first(self):
        return Tag.objects.first()  # legal: a model is of the ORM


@receiver(post_save, sender=Tag)  # L601 told
def told(sender, **options):
    return None
