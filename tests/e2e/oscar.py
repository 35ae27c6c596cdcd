"""A shop of django-oscar as its users make one: each app with models is forked into the project by oscar's own command."""

import importlib.util
from collections.abc import Iterable
from pathlib import Path

from tests.scaffold.projects import SETTINGS, TestProject, make_project

__all__ = ["FORKED", "INSTALLED", "make_shop", "say_types"]

INSTALLED = all(importlib.util.find_spec(name) is not None for name in ("oscar", "treebeard", "haystack"))
FORKED = {
    "address": "AddressConfig",
    "catalogue": "CatalogueConfig",
    "communication": "CommunicationConfig",
    "shipping": "ShippingConfig",
    "partner": "PartnerConfig",
    "offer": "OfferConfig",
    "voucher": "VoucherConfig",
    "basket": "BasketConfig",
    "order": "OrderConfig",
    "payment": "PaymentConfig",
    "analytics": "AnalyticsConfig",
    "customer": "CustomerConfig",
    "reviews": "CatalogueReviewsConfig",
    "wishlists": "WishlistsConfig",
}
"""The apps of oscar that have models, with their configurations; what others refer to comes first."""

_KEPT = (
    *("oscar.config.Shop", "oscar.apps.checkout.apps.CheckoutConfig", "oscar.apps.search.apps.SearchConfig"),
    *(f"oscar.apps.dashboard.{name}" for name in ("apps.DashboardConfig", "reports.apps.ReportsDashboardConfig")),
    *("widget_tweaks", "haystack", "treebeard", "sorl.thumbnail", "django_tables2"),
    *(f"django.contrib.{name}" for name in ("admin", "messages", "sites", "flatpages")),
)
_DASHBOARDS = (
    *("users.apps.UsersDashboardConfig", "orders.apps.OrdersDashboardConfig"),
    *("catalogue.apps.CatalogueDashboardConfig", "offers.apps.OffersDashboardConfig"),
    *("partners.apps.PartnersDashboardConfig", "pages.apps.PagesDashboardConfig"),
    *("ranges.apps.RangesDashboardConfig", "reviews.apps.ReviewsDashboardConfig"),
    *("vouchers.apps.VouchersDashboardConfig", "communications.apps.CommunicationsDashboardConfig"),
    "shipping.apps.ShippingDashboardConfig",
)
_MIDDLEWARE = (
    "django.contrib.messages.middleware.MessageMiddleware",
    "oscar.apps.basket.middleware.BasketMiddleware",
    "django.contrib.flatpages.middleware.FlatpageFallbackMiddleware",
)
_CONTEXT = (
    *(f"django.{name}" for name in ("template.context_processors.request", "contrib.auth.context_processors.auth")),
    "django.contrib.messages.context_processors.messages",
    *("oscar.apps.search.context_processors.search_form", "oscar.apps.checkout.context_processors.checkout"),
    "oscar.apps.communication.notifications.context_processors.notifications",
    "oscar.core.context_processors.metadata",
)
_OSCAR = """
from oscar.defaults import *

SITE_ID = 1
AUTHENTICATION_BACKENDS = (
    "oscar.apps.customer.auth_backends.EmailBackend",
    "django.contrib.auth.backends.ModelBackend",
)
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
MEDIA_ROOT = BASE_DIR / "media"
MEDIA_URL = "media/"
"""
_MYPY = """
[mypy-oscar.*,sorl.*,treebeard.*]
follow_untyped_imports = True
ignore_errors = True

[mypy-config.urls]
ignore_errors = True
"""
# `oscar.apps.offer.models` adds them to its `__all__` by `extend`, which no type checker follows.
_EXPORTED_AS_IT_RUNS = {
    **{f"{name}Condition": "conditions" for name in ("Count", "Coverage", "Value")},
    **{
        f"{name}Benefit": "benefits"
        for name in (
            *("AbsoluteDiscount", "FixedPrice", "FixedUnitDiscount", "MultibuyDiscount", "PercentageDiscount"),
            *("Shipping", "ShippingAbsoluteDiscount", "ShippingFixedPrice", "ShippingPercentageDiscount"),
        )
    },
}
_URLS = """
from django.apps import apps
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("", include(apps.get_app_config("oscar").urls[0])),
]
"""


def make_shop(root: Path) -> TestProject:
    """Make a project with every app of oscar that has models forked into `forks`."""
    project = make_project(root, {"config/urls.py": _URLS})
    _install(project, {label: f"oscar.apps.{_place(label)}.apps.{config}" for label, config in FORKED.items()})
    for label in FORKED:
        ran = project.manage("oscar_fork_app", label, "forks")
        assert ran.code == 0, (label, ran.out, ran.err)
    _install(project, {label: f"forks.{_place(label)}.apps.{config}" for label, config in FORKED.items()})
    ran = project.manage("check")
    assert ran.code == 0, ran.err
    return project


def say_types(project: TestProject) -> None:
    """Say what mypy needs to know of oscar, which has no types: to read it, and the names that it exports as it runs."""
    mypy = project.root / "mypy.ini"
    mypy.write_text(mypy.read_text(encoding="utf-8") + _MYPY, encoding="utf-8")
    models = project.root / "forks/offer/models.py"
    exports = "".join(
        f"from oscar.apps.offer.{module} import {name} as {name}\n" for name, module in _EXPORTED_AS_IT_RUNS.items()
    )
    models.write_text(models.read_text(encoding="utf-8") + "\n" + exports, encoding="utf-8")


def _place(label: str) -> str:
    return "catalogue.reviews" if label == "reviews" else label


def _install(project: TestProject, forked: dict[str, str]) -> None:
    dashboards = [f"oscar.apps.dashboard.{name}" for name in _DASHBOARDS]
    apps = _lines((*_KEPT, *dashboards, *forked.values()), 4)
    settings = SETTINGS.replace('    "django_layers",\n', f'    "django_layers",\n{apps}')
    last = '    "django.contrib.auth.middleware.AuthenticationMiddleware",\n'
    settings = settings.replace(last, last + _lines(_MIDDLEWARE, 4))
    options = f'"APP_DIRS": True, "OPTIONS": {{"context_processors": [\n{_lines(_CONTEXT, 8)}    ]}}}}'
    settings = settings.replace('"APP_DIRS": True}', options)
    project.write({"config/settings.py": settings + _OSCAR})


def _lines(names: Iterable[str], indent: int) -> str:
    return "".join(f'{" " * indent}"{name}",\n' for name in names)
