import logging
from functools import partial

from celery import chain, group, shared_task
from django.core.mail import send_mail
from django.db import transaction
from django.db.transaction import on_commit

from pub import dependencies
from pub.models import Beer as B  # L101 pub.tasks.beer
from pub.repositories.beer import BeerRepository  # L101 pub.tasks.beer


@shared_task(autoretry_for=(ConnectionError,))
@transaction.atomic  # L501 a
def a():
    for beer in B.objects.filter(name="x"):  # L502 a
        beer.kegs.all().delete()  # L505 a # L507 a
        beer.delete()  # L506 a


@shared_task
def b(pk):
    dependencies.beer_service().get(pk)
    send_mail("x", "y", None, [])
    on_commit(partial(b.delay, pk))


@shared_task
def c():
    BeerRepository().row(1).kegs.create()  # L505 c # L507 c
