"""Every query of documents."""

from django_layers.repositories import ModelRepository
from tests.shop.models import Document
from tests.shop.schemas.document import DocumentChanges, DocumentInsert, DocumentQuery, DocumentRead


class DjangoDocumentRepository(ModelRepository[Document, DocumentRead, DocumentInsert, DocumentChanges, DocumentQuery]):
    """Documents in the database."""
