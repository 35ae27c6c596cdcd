from django.db.models import signals
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver

from fleet import dependencies
from fleet.models import Car, Trip
from garage.models import Garage  # L103 fleet.signals


@receiver([post_save, signals.post_delete], sender=Car)
def car_changed(sender, instance, **kwargs):
    dependencies.rides().find(instance.pk)


def handler(sender, **kwargs):
    ...


post_save.connect(handler, sender="garage.Garage")  # L602 fleet.signals
m2m_changed.connect(handler, sender=Trip.passengers.through)
