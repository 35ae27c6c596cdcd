INSTALLED_APPS = ["django.contrib.auth"]
INSTALLED_APPS.append("rest_framework")
INSTALLED_APPS.extend(["shop", "cart"])
INSTALLED_APPS.insert(0, "daphne")
