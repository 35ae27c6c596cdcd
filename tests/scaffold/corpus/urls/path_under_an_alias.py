from django.contrib import admin
from django.urls import path as p

urlpatterns = [
    p("admin/", admin.site.urls),
]
