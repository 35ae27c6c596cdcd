"""Settings of our own test-suite: no project of its own, and SQLite in memory unless asked otherwise.

`TEST_DATABASE` chooses another database: sqlite, postgresql or mysql; `TEST_DATABASE_NAME`, `TEST_DATABASE_HOST`,
`TEST_DATABASE_PORT`, `TEST_DATABASE_USER` and `TEST_DATABASE_PASSWORD` say where it is.
"""

import os

SECRET_KEY = "tests-only"
USE_TZ = True
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django_layers",
    "ninja",
    "tests.archive",
    "tests.bookings",
    "tests.depot",
    "tests.shop",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEST_DATABASE = os.environ.get("TEST_DATABASE", "sqlite")
DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
    if TEST_DATABASE == "sqlite"
    else {
        "ENGINE": f"django.db.backends.{TEST_DATABASE}",
        "NAME": os.environ.get("TEST_DATABASE_NAME", "django_layers"),
        "HOST": os.environ.get("TEST_DATABASE_HOST", "127.0.0.1"),
        "PORT": os.environ.get("TEST_DATABASE_PORT", ""),
        "USER": os.environ.get("TEST_DATABASE_USER", "postgres"),
        "PASSWORD": os.environ.get("TEST_DATABASE_PASSWORD", ""),
    }
}
# The first one again, to read from where a router says so, and another one, to write to by mistake.
DATABASES["replica"] = {**DATABASES["default"], "TEST": {"MIRROR": "default"}}
DATABASES["second"] = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# All tables are made at once: those of the shop refer to those of Django's apps, and have no migrations to say so.
MIGRATION_MODULES = {"auth": None, "contenttypes": None, "sessions": None}
