from typing import Protocol

from celery import shared_task
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth import authenticate, get_user_model, login  # L401 bistro.staff.services # L406 bistro.staff.services
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone


class Users(Protocol):
    def get(self, pk: int) -> "UserDTO": ...
    def save(self, user: "UserDTO") -> None: ...


class UserDTO:
    pk: int
    email: str


@shared_task  # L603 remind
def remind() -> None:
    ...


def change_password(users: Users, pk: int, password: str) -> None:
    validate_password(password)
    user = users.get(pk)
    users.save(user)


def mail(user: UserDTO) -> None:
    message = EmailMessage("x", render_to_string("m.txt"), to=[user.email])
    message.send()
    reverse("x")
    timezone.localdate()


def cache_it(cache) -> None:
    cache.set("k", 1)
    cache.get("k")


def session(db) -> None:
    db.commit()


def form(form) -> object:
    return form.save(commit=False)


def upload(file) -> None:
    file.save("name", b"x")
    file.delete()  # L404 upload
