from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Prefetch
from django.forms import modelform_factory
from ninja import NinjaAPI, Router
from ninja.orm import create_schema
from ninja.pagination import paginate
from ninja.security import HttpBearer

import pub.models.beer as tables  # L101 pub.api.beer
from inn.models import Guest  # L103 pub.api.beer
from inn.repositories import Rooms  # L103 pub.api.beer
from pub import dependencies
from pub.schemas.beer import BeerCreate, BeerRead

api = NinjaAPI()
router = Router()
BeerSchema = create_schema(tables.Beer)  # L503 pub.api.beer
BeerForm = modelform_factory(tables.Beer, fields=["name"])  # L503 pub.api.beer
UserOut = create_schema(User, fields=["id"])


class Auth(HttpBearer):
    def authenticate(self, request, token):
        return User.objects.filter(username=token).first()


@router.get("/", response=list[BeerRead])
@paginate
def a(request):
    return tables.Beer.objects.prefetch_related(Prefetch("kegs"))  # L502 a


@router.get("/b")
def b(request):
    beer = dependencies.rows().row(1)
    beer.refresh_from_db()  # L506 b
    return [k.pk for k in beer.kegs.all()]  # L505 b # L507 b


@router.get("/c")
def c(request):
    with transaction.atomic(durable=True):  # L501 c
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@router.get("/d")
def d(request, pk: int, data: BeerCreate):
    service = dependencies.beer_service()
    service.serve(pk, request.user)  # L504 d
    service.serve(pk, user_id=request.user.id)
    service.serve(pk, getattr(request, "user"))  # L504 d
    return service.get(pk)


@router.get("/e")
async def e(request, pk: int):
    from asgiref.sync import sync_to_async

    user = await request.auser()
    await sync_to_async(dependencies.beer_service().serve)(pk, user)  # L504 e
    return await sync_to_async(dependencies.beer_service().get)(pk)


@router.get("/f")
def f(request):
    return {"room": dependencies.rows().row(1).room.name}  # L505 f


@router.get("/g")
def g(request):
    beer = tables.Beer(name="x")
    beer.save(force_insert=True)  # L506 g
    tables.Beer.objects.bulk_create([beer])  # L502 g
    request.user.save()
    request.user.refresh_from_db()
    return Rooms().get(1)


@transaction.non_atomic_requests  # L501 h
@router.get("/h")
def h(request):
    return list(filter(None, [dependencies.beer_service().get(1)]))


@router.get("/i")
def i(request):
    names = {"x": 1}
    names.update(y=2)
    rows = [1, 2]
    rows.count(1)
    request.session.save()
    request.session.flush()
    return dependencies.beer_service().get(request.user.pk).model_copy(update={"name": "x"})
