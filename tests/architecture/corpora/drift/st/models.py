from django.core.validators import MaxValueValidator, MinLengthValidator, MinValueValidator
from django.db import models

from st.types import Level, State

KINDS = [("a", "A"), ("b", "B")]


class Issue(models.Model):
    title = models.CharField(max_length=80)
    state = models.CharField(max_length=5, choices=State.choices)
    level = models.IntegerField(choices=Level)
    kind = models.CharField(max_length=1, choices=KINDS)
    votes = models.PositiveIntegerField(validators=[MaxValueValidator(10)])
    secret = models.TextField()  # L701 Issue
    due = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(votes__lte=5), name="v")]


class Label(models.Model):
    text = models.CharField(max_length=5)
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE)
