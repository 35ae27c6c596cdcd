from recipes.repositories.recipe import RecipeRepository  # L101 recipes.views


def show(request):
    return None
from django.db import transaction
from django.db.transaction import atomic
from django.utils.decorators import method_decorator
from django.views import View
from django.views.generic import DetailView, ListView

from recipes.models import Rating, Recipe as Meal  # L101 recipes.views 2
from recipes.repositories.orm.recipe import DjangoRecipeRepository  # L101 recipes.views
from recipes.services.recipe import RecipeService


class Meals(ListView):
    model = Meal
    queryset = Meal.objects.all()  # L502 Meals

    def get_queryset(self):
        return Meal.objects.filter(author=self.request.user)  # L502 Meals.get_queryset


class Shown(DetailView):
    def get_queryset(self):
        return Rating.objects.select_related("recipe")  # L502 Shown.get_queryset


@method_decorator(transaction.atomic, name="dispatch")  # L501 Both
class Both(View):
    service: RecipeService

    def post(self, request):
        self.service.guessed(request)  # L504 Both.post

    def put(self, request):
        self.service.guessed(self.request.user)  # L504 Both.put

    def get(self, request):
        self.service.once(request.GET["q"])  # legal: a text


@transaction.non_atomic_requests  # L501 apart
def apart(request):
    return DjangoRecipeRepository()
