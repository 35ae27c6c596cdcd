INSTALLED_APPS = [
    "django.contrib.admin", "django.contrib.auth",
    "django.contrib.sessions", "rest_framework",
]
