DEBUG = True
INSTALLED_APPS = ["django.contrib.auth"]
if DEBUG:
    INSTALLED_APPS = ["whitenoise.runserver_nostatic"] + INSTALLED_APPS
try:
    import debug_toolbar
    INSTALLED_APPS.append("debug_toolbar")
except ImportError:
    pass
