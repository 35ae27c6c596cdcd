ALL_APPS = ["django.contrib.admin", "django.contrib.auth", "debug_toolbar"]
DISABLED = {"debug_toolbar"}
INSTALLED_APPS = [app for app in ALL_APPS if app not in DISABLED]
