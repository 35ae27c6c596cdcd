INSTALLED_APPS = ["django.contrib.admin", "django.contrib.auth"]
INSTALLED_APPS += ["django.contrib.auth"]
INSTALLED_APPS = list(dict.fromkeys(INSTALLED_APPS))
