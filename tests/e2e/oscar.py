"""A shop of django-oscar as its users make one: each app with models is forked into the project by oscar's own command."""

import importlib.util
from pathlib import Path

from tests.scaffold.projects import SETTINGS, TestProject, make_project

__all__ = ["FORKED", "INSTALLED", "make_shop"]

INSTALLED = all(importlib.util.find_spec(name) is not None for name in ("oscar", "treebeard", "haystack"))
FORKED = {
    "address": "AddressConfig",
    "analytics": "AnalyticsConfig",
    "basket": "BasketConfig",
    "catalogue": "CatalogueConfig",
    "communication": "CommunicationConfig",
    "customer": "CustomerConfig",
    "offer": "OfferConfig",
    "order": "OrderConfig",
    "partner": "PartnerConfig",
    "payment": "PaymentConfig",
    "reviews": "CatalogueReviewsConfig",
    "shipping": "ShippingConfig",
    "voucher": "VoucherConfig",
    "wishlists": "WishlistsConfig",
}
"""The apps of oscar that have models, with their configurations."""

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
_OSCAR = """
from oscar.defaults import *

SITE_ID = 1
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
MEDIA_ROOT = BASE_DIR / "media"
MEDIA_URL = "media/"
"""


def make_shop(root: Path) -> TestProject:
    """Make a project with every app of oscar that has models forked into `forks`."""
    project = make_project(root)
    _install(project, {label: f"oscar.apps.{_place(label)}.apps.{config}" for label, config in FORKED.items()})
    for label in FORKED:
        ran = project.manage("oscar_fork_app", label, "forks")
        assert ran.code == 0, (label, ran.out, ran.err)
    _install(project, {label: f"forks.{_place(label)}.apps.{config}" for label, config in FORKED.items()})
    ran = project.manage("check")
    assert ran.code == 0, ran.err
    return project


def _place(label: str) -> str:
    return "catalogue.reviews" if label == "reviews" else label


def _install(project: TestProject, forked: dict[str, str]) -> None:
    dashboards = [f"oscar.apps.dashboard.{name}" for name in _DASHBOARDS]
    apps = "".join(f'    "{name}",\n' for name in (*_KEPT, *dashboards, *forked.values()))
    settings = SETTINGS.replace('    "django_layers",\n', f'    "django_layers",\n{apps}')
    settings = settings.replace(
        '"django.contrib.auth.middleware.AuthenticationMiddleware",',
        '"django.contrib.auth.middleware.AuthenticationMiddleware",\n'
        '    "django.contrib.messages.middleware.MessageMiddleware",',
    )
    settings = settings.replace(
        '"APP_DIRS": True}',
        '"APP_DIRS": True, "OPTIONS": {"context_processors": [\n'
        '        "django.template.context_processors.request",\n'
        '        "django.contrib.auth.context_processors.auth",\n'
        '        "django.contrib.messages.context_processors.messages",\n'
        "    ]}}",
    )
    project.write({"config/settings.py": settings + _OSCAR})
