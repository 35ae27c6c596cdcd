from django.db import models


class Beer(models.Model):
    name = models.CharField(max_length=20)
    strength = models.IntegerField(validators=[])
    kind = models.CharField(max_length=3, choices=[("ale", "Ale"), ("ipa", "IPA")])
    room = models.ForeignKey("inn.Room", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(strength__gte=1) & models.Q(strength__lte=9), name="s")]


class Keg(models.Model):
    beer = models.ForeignKey("Beer", on_delete=models.CASCADE, related_name="kegs")
    guest = models.ForeignKey("inn.Guest", on_delete=models.CASCADE)
