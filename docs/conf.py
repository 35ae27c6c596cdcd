"""The documentation: Sphinx, furo and MyST. Reference pages are made from the code that they describe."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402  # after the path is set

django.setup()

import django_layers  # noqa: E402  # after the path is set

project = "django-layers"
author = "The django-layers team"
copyright = f"2026, {author}"
release = version = django_layers.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinxarg.ext"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"django-layers {release}"
autodoc_member_order = "bysource"
autodoc_typehints = "description"
nitpicky = False
