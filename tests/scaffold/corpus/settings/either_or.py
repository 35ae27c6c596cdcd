import os

if os.environ.get("MINIMAL"):
    INSTALLED_APPS = ["django.contrib.auth"]
else:
    INSTALLED_APPS = ["django.contrib.auth", "django.contrib.admin"]
