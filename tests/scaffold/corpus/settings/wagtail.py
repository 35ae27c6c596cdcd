INSTALLED_APPS = [
    "home",
    "search",
    "wagtail.contrib.forms",
    "wagtail",

    "modelcluster",
    "taggit",

    "django.contrib.admin",
    "django.contrib.staticfiles",

]
