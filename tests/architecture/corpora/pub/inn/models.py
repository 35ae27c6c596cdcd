from django.db import models
from django.db.models.signals import post_save


class Room(models.Model):
    name = models.CharField(max_length=3)


class Guest(models.Model):
    room = models.OneToOneField(Room, on_delete=models.CASCADE)
    beers = models.ManyToManyField("pub.Beer", through="pub.Keg")


def made(sender, **kwargs):
    ...


post_save.connect(made, sender=Room)  # L601 inn.models
