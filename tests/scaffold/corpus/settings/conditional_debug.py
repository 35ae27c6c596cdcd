import os

DEBUG = os.environ.get("DEBUG") == "1"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
]

if DEBUG:
    INSTALLED_APPS += ["debug_toolbar", "django_extensions"]
    INTERNAL_IPS = ["127.0.0.1"]
