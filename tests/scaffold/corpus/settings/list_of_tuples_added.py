CORE_APPS = ("django.contrib.auth",)
MY_APPS = ()
INSTALLED_APPS = list(CORE_APPS) + list(MY_APPS)
