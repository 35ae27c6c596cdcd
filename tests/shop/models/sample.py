"""The table of samples."""

from django.db import models


class Sample(models.Model):
    """A sample of every type of scalar field; each but the first may be NULL."""

    title = models.CharField(max_length=200)
    text = models.TextField(null=True, blank=True)
    number = models.IntegerField(null=True, blank=True)
    big = models.BigIntegerField(null=True, blank=True)
    small = models.SmallIntegerField(null=True, blank=True)
    ratio = models.FloatField(null=True, blank=True)
    amount = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)
    flag = models.BooleanField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    moment = models.DateTimeField(null=True, blank=True)
    time = models.TimeField(null=True, blank=True)
    length = models.DurationField(null=True, blank=True)
    code = models.UUIDField(null=True, blank=True, unique=True)
    email = models.EmailField(null=True, blank=True)
    url = models.URLField(null=True, blank=True)
    slug = models.SlugField(null=True, blank=True)
    ip = models.GenericIPAddressField(null=True, blank=True)
    data = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = "sample"
        verbose_name_plural = "samples"

    def __str__(self) -> str:
        return self.title
