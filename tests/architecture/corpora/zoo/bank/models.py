from django.db import models


class Account(models.Model):
    amount = models.IntegerField()
