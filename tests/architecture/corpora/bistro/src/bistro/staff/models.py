from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.urls import reverse


class Waiter(AbstractUser):
    boss = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="minions")


class Shift(models.Model):
    waiter = models.ForeignKey(Waiter, on_delete=models.CASCADE)

    def get_absolute_url(self) -> str:
        return reverse("shift", args=[self.pk])


@receiver(pre_delete, sender=Shift)  # L601 gone
def gone(sender, **kwargs):
    ...
