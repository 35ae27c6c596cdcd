from django.contrib import admin
from django.urls import path

urlpatterns = []
urlpatterns.append(path("admin/", admin.site.urls))
