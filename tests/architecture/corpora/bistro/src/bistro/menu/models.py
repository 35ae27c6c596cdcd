from __future__ import annotations

import uuid

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction


class Stamped(models.Model):
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Course(Stamped):
    title = models.CharField(max_length=20)


class DishManager(models.Manager["Dish"]):
    def hot(self) -> models.QuerySet[Dish]:
        return self.get_queryset().filter(hot=True)


class Dish(Stamped):
    uid = models.UUIDField(default=uuid.uuid4)  # L701 Dish
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="dishes")  # L701 Dish
    twin = models.OneToOneField("self", null=True, on_delete=models.SET_NULL, related_name="other_twin")  # L701 Dish
    allergens = models.ManyToManyField("menu.Allergen", related_name="in_dishes", blank=True)  # L701 Dish
    hot = models.BooleanField(default=False)  # L701 Dish
    price = models.DecimalField(max_digits=8, decimal_places=2)

    objects = DishManager()
    plain = models.Manager()

    def save(self, *args: object, **kwargs: object) -> None:
        super().save(*args, **kwargs)


class Allergen(models.Model):
    code = models.CharField(max_length=3)


class Note(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    target = GenericForeignKey()
