from django.urls import include, path
from rest_framework import routers
from shop import views

router = routers.DefaultRouter()
router.register(r"users", views.UserViewSet)

urlpatterns = [
    path("rest/", include(router.urls)),
    *router.urls,
]
