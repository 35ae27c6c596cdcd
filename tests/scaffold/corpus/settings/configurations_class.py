class Common:
    DEBUG = False

    INSTALLED_APPS = [
        "django.contrib.auth",
        "shop",
    ]

    TIME_ZONE = "UTC"
