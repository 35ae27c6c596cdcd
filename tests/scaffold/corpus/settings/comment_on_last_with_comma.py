INSTALLED_APPS = [
    "django.contrib.admin",  # the back office
    "django.contrib.auth",   # users, (groups], "and" permissions
    # "debug_toolbar",
]
