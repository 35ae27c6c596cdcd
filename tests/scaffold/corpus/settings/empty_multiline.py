DEBUG = True

INSTALLED_APPS = [
    # nothing yet
]
