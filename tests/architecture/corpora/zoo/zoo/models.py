from django.db import models
import uuid


class Cage(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    size = models.IntegerField()


class Animal(models.Model):
    cage = models.ForeignKey(to=Cage, on_delete=models.CASCADE)  # L701 Animal
    name = models.CharField(max_length=10)
    friends = models.ManyToManyField(to="self")  # L701 Animal

    @property
    def neighbours(self):
        return self.cage.animal_set.exclude(pk=self.pk)

    @classmethod
    def named(cls, name):
        return cls.objects.filter(name=name).first()

    @staticmethod
    def loudest():
        return Animal.objects.last()

    def label(self) -> str:
        return self.name.upper()
