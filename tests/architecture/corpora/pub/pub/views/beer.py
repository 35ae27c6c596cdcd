from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.transaction import atomic
from django.http import JsonResponse
from django.shortcuts import get_list_or_404, redirect, render
from django.views.generic import CreateView, FormView, ListView
from django.views.generic.detail import SingleObjectMixin
from rest_framework import serializers, viewsets

from pub import dependencies
from pub.models import Beer, Keg  # L101 pub.views.beer 2
from pub.schemas.beer import BeerCreate


class BeerSerializer(serializers.ModelSerializer):  # L503 BeerSerializer
    class Meta:
        model = Beer
        fields = "__all__"


class BeerViewSet(viewsets.ModelViewSet):
    queryset = Beer.objects.all()  # L502 BeerViewSet
    serializer_class = BeerSerializer

    def perform_create(self, serializer):
        serializer.save(owner=self.request.user)


class BeerList(ListView):
    def get_queryset(self):
        return Beer.objects.filter(name=self.request.GET["q"])  # L502 BeerList.get_queryset


class BeerForm(FormView):
    def form_valid(self, form):
        dependencies.beer_service().serve(1, self.request.user)  # L504 BeerForm.form_valid
        dependencies.beer_service().serve(1, self.request.user.pk)
        messages.success(self.request, "x")
        return redirect("x")


@login_required
@atomic  # L501 a
def a(request):
    kegs = get_list_or_404(Keg, beer=1)  # L502 a
    return JsonResponse({"x": [k.beer.name for k in kegs]})  # L505 a


def b(request):
    data = BeerCreate.model_validate_json(request.body)
    return render(request, "x.html", {"beer": dependencies.beer_service().get(1), "data": data})
