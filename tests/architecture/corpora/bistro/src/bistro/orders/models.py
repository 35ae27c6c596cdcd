from django.db import models
from bistro.menu.models import Dish, Stamped  # L103 bistro.orders.models
import bistro.staff.models as staff_models  # L103 bistro.orders.models


class Order(models.Model):
    dish = models.ForeignKey(Dish, on_delete=models.CASCADE)
    lines = models.ManyToManyField("menu.Dish", through="Line", related_name="ordered")  # L701 Order
    waiter = models.ForeignKey(staff_models.Waiter, on_delete=models.PROTECT)  # L701 Order


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
    dish = models.ForeignKey("menu.Dish", on_delete=models.CASCADE)
