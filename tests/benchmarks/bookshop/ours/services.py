"""The rules of books, authors and reviews."""

from django_layers.schemas import Page
from django_layers.services import UnitOfWork
from tests.benchmarks.bookshop.ours.actors import Actor
from tests.benchmarks.bookshop.ours.repositories import (
    DjangoAuthorRepository,
    DjangoBookRepository,
    DjangoReviewRepository,
)
from tests.benchmarks.bookshop.ours.schemas import (
    AuthorChanges,
    AuthorCreate,
    AuthorInsert,
    AuthorRead,
    AuthorUpdate,
    BookQuery,
    BookRead,
    ReviewChanges,
    ReviewCreate,
    ReviewInsert,
    ReviewRead,
    ReviewUpdate,
)


class BookService:
    """The rules of books, and the only way in for callers."""

    def __init__(self, *, books: DjangoBookRepository) -> None:
        self._books = books

    def get(self, actor: Actor, book_id: int) -> BookRead:
        """Return a book."""
        actor.require_user()
        return self._books.get(book_id)

    def page(self, actor: Actor, query: BookQuery) -> Page[BookRead]:
        """Return a page of books."""
        actor.require_user()
        return self._books.page(query)

    def require(self, actor: Actor, *book_ids: int) -> None:
        """Make sure that there are these books, before something refers to them."""
        actor.require_user()
        self._books.require(*book_ids)

    def everything(self, actor: Actor) -> tuple[BookRead, ...]:
        """Return all books."""
        actor.require_user()
        return self._books.everything()


class AuthorService:
    """The rules of authors, and the only way in for callers."""

    def __init__(self, *, authors: DjangoAuthorRepository, unit_of_work: UnitOfWork) -> None:
        self._authors = authors
        self._unit_of_work = unit_of_work

    def create(self, actor: Actor, data: AuthorCreate) -> AuthorRead:
        """Create an author."""
        actor.require_user()
        with self._unit_of_work():
            return self._authors.add(AuthorInsert(name=data.name, email=data.email, born=data.born))

    def update(self, actor: Actor, author_id: int, data: AuthorUpdate) -> AuthorRead:
        """Change an author; a field left out keeps its value."""
        actor.require_user()
        with self._unit_of_work():
            return self._authors.update(author_id, AuthorChanges(name=data.name, email=data.email, born=data.born))


class ReviewService:
    """The rules of reviews, and the only way in for callers."""

    def __init__(self, *, reviews: DjangoReviewRepository, books: BookService, unit_of_work: UnitOfWork) -> None:
        self._reviews = reviews
        self._books = books
        self._unit_of_work = unit_of_work

    def create(self, actor: Actor, data: ReviewCreate) -> ReviewRead:
        """Create a review of a book that the actor may see."""
        actor.require_user()
        with self._unit_of_work():
            self._books.require(actor, data.book_id)
            return self._reviews.add(ReviewInsert(book_id=data.book_id, stars=data.stars, comment=data.comment))

    def update(self, actor: Actor, review_id: int, data: ReviewUpdate) -> ReviewRead:
        """Change a review; a field left out keeps its value."""
        actor.require_user()
        with self._unit_of_work():
            return self._reviews.update(review_id, ReviewChanges(stars=data.stars, comment=data.comment))
