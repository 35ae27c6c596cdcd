from django.db import models


class Garage(models.Model):
    name = models.CharField(max_length=10)
