DEBUG = True
INSTALLED_APPS = [
    "django.contrib.auth",
    "shop",
] + (["debug_toolbar"] if DEBUG else [])
