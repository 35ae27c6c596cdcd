INSTALLED_APPS = [
    "django.contrib.admin",
]
INSTALLED_APPS += [
    "rest_framework",
]
INSTALLED_APPS += ["shop"]
