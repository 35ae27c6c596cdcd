import os

INSTALLED_APPS = os.environ.get("APPS", "django.contrib.auth,django.contrib.admin").split(",")
