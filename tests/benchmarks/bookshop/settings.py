"""Settings as in production: no debugging, and no logging of queries or requests.

`BENCH_DATABASE` chooses the database, sqlite, postgresql, or postgresql-prepared, whose connections bind values on the
server and prepare what they run often; `TEST_DATABASE_HOST`, `TEST_DATABASE_PORT`,
`TEST_DATABASE_USER` and `TEST_DATABASE_PASSWORD` say where PostgreSQL is, as for the tests.
"""

import os
import tempfile
from pathlib import Path

SECRET_KEY = "benchmarks-only"
DEBUG = False
ALLOWED_HOSTS = ["testserver"]
USE_TZ = True
USE_I18N = False
ROOT_URLCONF = "tests.benchmarks.bookshop.urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django_layers",
    "ninja",
    "tests.benchmarks.bookshop",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
LOGGING = {"version": 1, "disable_existing_loggers": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MIGRATION_MODULES = {"auth": None, "contenttypes": None, "sessions": None}

NAME = f"django_layers_bench_{os.getpid()}"
FOLDER = Path(tempfile.gettempdir())
DATABASES = {
    "sqlite": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FOLDER / f"{NAME}.sqlite3",
        "TEST": {"NAME": FOLDER / f"{NAME}_test.sqlite3"},
        "CONN_MAX_AGE": None,
    },
    "postgresql": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": NAME,
        "HOST": os.environ.get("TEST_DATABASE_HOST", "127.0.0.1"),
        "PORT": os.environ.get("TEST_DATABASE_PORT", "5432"),
        "USER": os.environ.get("TEST_DATABASE_USER", "postgres"),
        "PASSWORD": os.environ.get("TEST_DATABASE_PASSWORD", ""),
        "CONN_MAX_AGE": None,
    },
}
DATABASES["postgresql-prepared"] = {
    **DATABASES["postgresql"],
    "OPTIONS": {"server_side_binding": True, "prepare_threshold": 5},
}
DATABASES = {"default": DATABASES[os.environ.get("BENCH_DATABASE", "sqlite")]}

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "UNAUTHENTICATED_USER": None,
}
