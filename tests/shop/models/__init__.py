"""The tables of the shop."""

from tests.shop.models.category import Category
from tests.shop.models.details import Details
from tests.shop.models.document import Document
from tests.shop.models.note import Note
from tests.shop.models.product import Product
from tests.shop.models.review import Review
from tests.shop.models.sample import Sample
from tests.shop.models.supplier import Supplier, Supply
from tests.shop.models.tag import Tag

__all__ = [
    "Category",
    "Details",
    "Document",
    "Note",
    "Product",
    "Review",
    "Sample",
    "Supplier",
    "Supply",
    "Tag",
]
