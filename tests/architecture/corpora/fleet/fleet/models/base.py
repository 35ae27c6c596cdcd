from django.db import models


class SoftDelete(models.Model):
    gone = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Driver(SoftDelete):
    name = models.CharField(max_length=10)
    licence = models.OneToOneField("fleet.Licence", null=True, on_delete=models.SET_NULL)


class Licence(models.Model):
    code = models.CharField(max_length=3)
