from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View, generic
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin

from fleet import dependencies
from fleet.schemas.cars import CarDTO
import fleet.models  # L101 fleet.views


class CarList(LoginRequiredMixin, generic.TemplateView):
    template_name = "x.html"

    def get_context_data(self, **kwargs):
        return {"cars": dependencies.rides().find(self.request.user.pk)}


class CarDetail(generic.DetailView):
    model = fleet.models.Car
    queryset = fleet.models.Car.objects.select_related("driver")  # L502 CarDetail


@login_required
def start(request):
    dependencies.rides().start(request=request)  # L504 start
    return redirect("x")
