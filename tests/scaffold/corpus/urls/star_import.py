from django.urls import include, path
from shop.base_urls import *

urlpatterns += [
    path("blog/", include("blog.urls")),
]
