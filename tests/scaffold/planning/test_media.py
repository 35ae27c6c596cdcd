"""The lines to paste for uploads."""

from __future__ import annotations

import pytest
from django.test import override_settings

from django_layers.scaffold.language.grammar import parse_field
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.planning.media import media_notices


def entity(*fields: str) -> EntitySpec:
    return EntitySpec(app_label="recipes", name="Recipe", fields=tuple(parse_field(field) for field in fields))


@pytest.mark.parametrize("field", ["photo:image", "scan:file"])
@override_settings(MEDIA_ROOT="")
def test_files_without_a_place_come_with_the_lines_to_paste(field: str) -> None:
    (notice,) = media_notices(entity("title:str", field))
    for line in [
        'MEDIA_ROOT = BASE_DIR / "media"',
        'MEDIA_URL = "media/"',
        "urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)",
    ]:
        assert f"    {line}\n" in f"{notice}\n"


@override_settings(MEDIA_ROOT="")
def test_an_entity_without_files_needs_none() -> None:
    assert media_notices(entity("title:str")) == ()


@override_settings(MEDIA_ROOT="/srv/media")
def test_a_project_with_a_place_needs_none() -> None:
    assert media_notices(entity("photo:image")) == ()


@override_settings(MEDIA_ROOT="", STORAGES={"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}})
def test_a_project_that_stores_them_elsewhere_needs_none() -> None:
    assert media_notices(entity("photo:image")) == ()
