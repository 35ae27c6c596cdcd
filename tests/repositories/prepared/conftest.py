"""Each test of kept queries starts with none."""

import pytest
from django.core.signals import setting_changed


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Forget what other tests have had compiled, as a change of a setting does."""
    setting_changed.send(sender=None, setting="DJANGO_LAYERS", value={}, enter=True)
