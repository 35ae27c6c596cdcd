INSTALLED_APPS = BASE_APPS = ["django.contrib.auth", "shop"]
