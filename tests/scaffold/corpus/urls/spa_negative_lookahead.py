from django.contrib import admin
from django.urls import path, re_path
from django.views.generic import TemplateView

urlpatterns = [
    re_path(r"^(?!admin|api).*$", TemplateView.as_view(template_name="index.html")),
    path("admin/", admin.site.urls),
]
