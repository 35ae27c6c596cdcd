DJANGO_APPS = ["django.contrib.admin", "django.contrib.auth"]
PROJECT_APPS = ["shop"]
INSTALLED_APPS = [
    *DJANGO_APPS,
    "rest_framework",
    *PROJECT_APPS,
]
