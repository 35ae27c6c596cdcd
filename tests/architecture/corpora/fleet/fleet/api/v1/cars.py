from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from ninja import ModelSchema, Router, Schema
from ninja_extra import ControllerBase, api_controller, http_get

from fleet import dependencies
from fleet import models as m  # L101 fleet.api.v1.cars
from fleet.repositories import cars as repo  # L101 fleet.api.v1.cars
from fleet.schemas.cars import CarDTO
from shared.lookups import find_driver  # L102 fleet.api.v1.cars

router = Router()
User = get_user_model()


class Local(Schema):
    id: int


class CarModelSchema(ModelSchema):  # L503 CarModelSchema
    class Meta:
        model = m.Car
        fields = ["id"]


class UserSchema(ModelSchema):
    class Meta:
        model = User
        fields = ["id"]


@router.get("/")
def a1(request: HttpRequest):
    return list(m.Car.objects.active())  # L502 a1


@router.get("/2")
def a2(request):
    return dependencies.rides().start(request)  # L504 a2


@router.get("/3")
def a3(request):
    return dependencies.rides().find(pk=request.user)  # L504 a3


@router.get("/4")
def a4(request):
    driver = find_driver(1)
    driver.save()  # L506 a4
    return {"rides": driver.rides.count(), "code": driver.licence.code}  # L505 a4 2 # L507 a4


@router.get("/5")
def a5(request):
    repo.Cars().l1()
    car = repo.Cars().raw_get(1)
    car.delete()  # L506 a5
    return car.driver.name  # L505 a5


@router.get("/6")
@transaction.atomic(using="x")  # L501 a6
def a6(request):
    sid = transaction.savepoint()  # L501 a6
    return sid


@api_controller("/cars")
class CarController(ControllerBase):
    @http_get("/")
    def listing(self, request: HttpRequest):
        return m.Car.objects.all()  # L502 CarController.listing

    @http_get("/x")
    def mine(self):
        return dependencies.rides().start(self.context.request)  # L504 CarController.mine

    @http_get("/y")
    def fine(self):
        return dependencies.rides().find(1)


@router.get("/7")
def a7(request):
    return User.objects.filter(pk=request.user.pk).exists()


@router.get("/8")
def a8(request) -> HttpResponse:
    if request.user.is_anonymous:
        raise Http404
    request.session["x"] = 1
    dependencies.rides().find(request.user.pk)
    dependencies.rides().find(pk=int(request.GET["pk"]))
    return HttpResponse(request.body)


@router.get("/9")
def a9(request, payload: CarDTO):
    kwargs = {"request": request}
    return dependencies.rides().start(**kwargs)  # L504 a9


@router.get("/10")
def a10(request):
    actor, _ = request.user, 1
    svc = dependencies.rides()
    return getattr(svc, "start")(actor)  # L504 a10
