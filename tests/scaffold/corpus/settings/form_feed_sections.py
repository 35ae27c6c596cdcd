DEBUG = True

INSTALLED_APPS = [
    "django.contrib.auth",
]

USE_TZ = True
