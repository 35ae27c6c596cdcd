import os

DEBUG = os.environ.get("DEBUG", "") == "true"
INSTALLED_APPS = [
    "django.contrib.admin",
    "shop.apps.ShopConfig",
] + os.environ.get("EXTRA_APPS", "").split()
