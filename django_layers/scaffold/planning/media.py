"""What a project still has to say before it can keep and serve files."""

from __future__ import annotations

from django_layers.scaffold.language.spec import EntitySpec

__all__ = ["media_notices"]

FILES = frozenset({"file", "image"})

LINES = """\
Uploaded files would be stored in the folder that the server is started in: MEDIA_ROOT is empty. Add to the settings:

    MEDIA_ROOT = BASE_DIR / "media"
    MEDIA_URL = "media/"

Keep that folder out of version control. To serve the files in development, add to the root urls:

    from django.conf import settings
    from django.conf.urls.static import static

    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
"""


def media_notices(entity: EntitySpec) -> tuple[str, ...]:
    """Return the lines to paste where the entity has files and the project has no place for them."""
    from django.core.files.storage import FileSystemStorage, default_storage

    if not any(field.type in FILES for field in entity.fields):
        return ()
    # The default storage is made at first use; asked after, it says what class it is of.
    is_homeless = isinstance(default_storage, FileSystemStorage) and not default_storage.base_location
    return (LINES.rstrip(),) if is_homeless else ()
