SHARED_APPS = ["django_tenants", "customers"]
TENANT_APPS = ["django.contrib.auth", "shop"]
INSTALLED_APPS = list(SHARED_APPS) + [app for app in TENANT_APPS if app not in SHARED_APPS]
