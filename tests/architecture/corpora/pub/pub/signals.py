from django.db.models.signals import post_save, pre_save
from django.dispatch import Signal, receiver
from pub import dependencies
from pub.models import Beer

poured = Signal()


@receiver(post_save, sender="pub.Beer")
def a(sender, instance, **kwargs):
    dependencies.beer_service().get(instance.pk)


@receiver(pre_save, sender="inn.Room")  # L602 b
def b(sender, instance, **kwargs):
    ...


@receiver(poured)
def c(sender, **kwargs):
    ...
