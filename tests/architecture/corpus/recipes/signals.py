from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal, receiver

from recipes import dependencies
from recipes.models import Recipe  # legal: Django asks for the class

recipe_published = Signal()


@receiver(post_save, sender=Recipe)  # legal: a receiver's place
def published(sender, instance, **options):
    dependencies.recipe_service().once(instance.title)


@receiver(post_save, sender="pantry.Shelf")  # L602 moved
def moved(sender, instance, **options):
    dependencies.recipe_service().once("x")


post_delete.connect(moved, sender="recipes.Recipe")  # legal: its own model
post_delete.connect(moved, sender="pantry.Shelf")  # L602 recipes.signals
