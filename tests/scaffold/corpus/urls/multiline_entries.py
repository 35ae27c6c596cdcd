from django.urls import include, path
from shop import views

urlpatterns = [
    path(
        "cart/",
        views.cart,
        name="cart",
    ),
    path(
        "",
        include(
            (
                [path("home/", views.index)],
                "pages",
            ),
        ),
    )  # the rest
]
