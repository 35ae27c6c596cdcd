from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Model as DjangoModel
import django.db.models as dm


class Node(DjangoModel):
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    title = dm.CharField(max_length=10)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="nodes")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(title__gt=""), name="x")]


class Leaf(Node):
    color = models.CharField(max_length=5, choices=[("r", "red"), ("g", "green")])


Tree = Node


class Proxy(Leaf):
    class Meta:
        proxy = True


def make(name):
    return type(name, (models.Model,), {})
