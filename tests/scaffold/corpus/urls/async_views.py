from django.http import HttpRequest, HttpResponse
from django.urls import path


async def health(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [
    path("health/", health),
]

handler404 = "shop.views.not_found"
handler500 = "shop.views.broken"
