DJANGO_APPS = (
    'django.contrib.auth',
    'django.contrib.admin',
)
LOCAL_APPS = (
    'shop',
)
INSTALLED_APPS = DJANGO_APPS + LOCAL_APPS
