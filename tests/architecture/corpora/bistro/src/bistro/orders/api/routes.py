import functools
from typing import Annotated

import django.db.transaction as dt
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET
from ninja import Body, Router
from ninja.orm import create_schema

import bistro.orders.repositories.sql as sql  # L101 bistro.orders.api.routes
from bistro.menu.models import Dish  # L103 bistro.orders.api.routes
from bistro.orders import dependencies
from bistro.orders.dependencies import placing
from bistro.orders.models import Order  # L101 bistro.orders.api.routes
from bistro.orders.schemas import OrderOut

router = Router()
OrderSchema = create_schema(Order)  # L503 bistro.orders.api.routes


@router.get("/{pk}")
def get_order(request: HttpRequest, pk: int) -> object:
    order = get_object_or_404(Order, pk=pk)  # L502 get_order
    return {"dish": order.dish.price, "lines": list(order.lines.all())}  # L505 get_order 2 # L507 get_order


@router.post("/")
def post(request: HttpRequest, payload: Annotated[OrderOut, Body()]) -> object:
    svc = placing()
    svc.legal_single(order=request)  # L504 post
    functools.partial(svc.legal_single, request.user)()  # L504 post
    call = svc.legal_single
    call(request)  # L504 post
    svc.legal_single(OrderOut(id=request.user.pk, dish=None))
    svc.legal_single(payload)
    return svc


@router.put("/")
@dt.atomic  # L501 put
def put(request: HttpRequest) -> object:
    actor = (request.user, 1)
    return placing().legal_single(actor)  # L504 put


@router.delete("/{pk}")
def delete(request: HttpRequest, pk: int) -> object:
    Order.objects.filter(pk=pk).delete()  # L502 delete
    sql.SqlOrders().hold(pk).order.delete()  # L506 delete
    return redirect("/")


@router.get("/me")
async def me(request: HttpRequest) -> object:
    user = await request.auser()
    user.get_full_name()
    request.session["x"] = 1
    return await placing().async_(user)  # L504 me


def get_queryset(request: HttpRequest) -> object:
    return request.GET.get("x"), request.headers.get("y"), request.GET.values()
