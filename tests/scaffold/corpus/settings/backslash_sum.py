A = ['django.contrib.auth']
B = ['shop']
INSTALLED_APPS = A + \
    B
