from os import path

from django.contrib import admin
from django.urls import re_path

HERE = path.dirname(__file__)

urlpatterns = [
    re_path(r"^admin/", admin.site.urls),
]
