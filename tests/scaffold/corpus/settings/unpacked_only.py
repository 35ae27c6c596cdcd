CORE = ("django.contrib.admin", "django.contrib.auth")
EXTRA = ["rest_framework"]
INSTALLED_APPS = [*CORE, *EXTRA]
