# -*- coding: latin-1 -*-
# Réglages du projet
ADMINS = [("André", "andre@example.com")]
INSTALLED_APPS = [
    'django.contrib.auth',  # accès
    'shop',  # épicerie
]
