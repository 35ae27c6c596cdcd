from django.contrib import admin
from django.contrib.flatpages import views
from django.urls import path, re_path

urlpatterns = [
    path('admin/', admin.site.urls),
]

# The flat pages come last.
urlpatterns += [
    re_path(r'^(?P<url>.*/)$', views.flatpage),
]
