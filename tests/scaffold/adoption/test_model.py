"""Models that were there before their layers, as specifications of entities."""

# ruff: noqa: DJ008

import pytest
from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField, DateRangeField, HStoreField
from django.db import models
from django.db.models import F
from django.test.utils import isolate_apps

from django_layers.scaffold.adoption.columns import column_spec
from django_layers.scaffold.adoption.errors import CannotAdopt, NotCarried
from django_layers.scaffold.adoption.fields import AnyField
from django_layers.scaffold.adoption.model import adoption_of
from django_layers.scaffold.adoption.notices import why_untested
from django_layers.scaffold.adoption.options import field_problems, option_problems, with_options
from django_layers.scaffold.adoption.ordering import in_order
from django_layers.scaffold.language.spec import Access, EntitySpec, FieldSpec, Filling, IndexColumn, PrimaryKey
from tests.archive.models import Chapter, Film, Screening, Specimen
from tests.depot.models import Badge, Counter, Machine, Stock
from tests.scaffold.adoption.models import MODELS

ENUMERATIONS = "tests.scaffold.adoption.enumerations"
ARTICLE = adoption_of(MODELS["Article"])
FIELDS = {field.name: field for field in ARTICLE.entity.fields}


@pytest.mark.parametrize(
    "expected",
    [
        FieldSpec(name="title", type="str", argument=("100",), index=True),
        FieldSpec(name="code", type="str", argument=("20",), null=True, unique=True),
        FieldSpec(name="text", type="text", optional=True),
        FieldSpec(name="price", type="decimal", argument=("8", "2"), default="1.5", min="0", max="100"),
        FieldSpec(name="stock", type="int", default="0", min="0"),
        FieldSpec(name="rank", type="smallint", min="1", max="9"),
        FieldSpec(
            name="status",
            type="enum",
            argument=(f"{ENUMERATIONS}.Status", 'DRAFT="draft"', 'LIVE="live"'),
            default="draft",
        ),
        FieldSpec(name="level", type="enum", argument=(f"{ENUMERATIONS}.Level", "LOW=1", "HIGH=2")),
        FieldSpec(name="size", type="literal", argument=('"s"', '"l"')),
        FieldSpec(name="colour", type="literal", argument=('""', '"red"', '"blue"'), default=""),
        FieldSpec(name="data", type="column", argument=("JsonValue", "pydantic"), filled=Filling.DEFAULT),
        FieldSpec(name="photo", type="image"),
        FieldSpec(name="trimmed", type="str", argument=("20",), converted=True),
        FieldSpec(name="loud", type="str", argument=("100",), filled=Filling.ALWAYS),
        FieldSpec(name="stored_at", type="datetime", filled=Filling.DEFAULT),
        FieldSpec(name="changed_at", type="datetime", filled=Filling.ALWAYS),
        FieldSpec(name="token", type="str", argument=("40",), writeonly=True),
        FieldSpec(name="internal", type="int", default="3", readonly=True),
        FieldSpec(name="found_by", type="text", filled=Filling.ALWAYS),
        FieldSpec(name="suppliers", type="m2m", argument=("depot.Country",), filled=Filling.ALWAYS),
        FieldSpec(name="countries", type="m2m", argument=("depot.Country",)),
    ],
    ids=lambda field: field.name,
)
def test_a_column_becomes_the_field_that_says_the_same(expected: FieldSpec) -> None:
    assert FIELDS[expected.name] == expected


def test_references_name_their_targets() -> None:
    said = {
        name: (FIELDS[name].type, FIELDS[name].argument, FIELDS[name].null) for name in ("country", "keeper", "parent")
    }

    assert said == {
        "country": ("fk", ("depot.Country",), True),
        "keeper": ("fk", ("auth.User",), False),
        "parent": ("fk", ("self",), True),
    }


def test_what_cannot_be_carried_is_named() -> None:
    assert {"raw", "limit"}.isdisjoint(FIELDS)
    for part in (
        "raw is left out: it holds bytes",
        "limit is left out: it has a name that belongs to the paging of lists",
        "code has validators that requests don't run: RegexValidator",
        "Size stands among the models",
        "trimmed is a Trimmed, carried as the CharField",
        "trimmed has validators that requests don't run: RegexValidator",
        "suppliers goes through a model of its own",
        "requests don't check odd",
        "its save() is its own",
    ):
        assert any(part in notice for notice in ARTICLE.notices), part
    assert not any("fair" in notice for notice in ARTICLE.notices)


def test_the_entity_says_what_the_model_says_of_the_whole() -> None:
    entity = ARTICLE.entity

    assert entity.model is not None
    assert entity.model.own_save
    assert (entity.model.key, entity.model.key_type, entity.primary_key) == ("", "UUID", PrimaryKey.UUID)
    assert entity.unique == (("title", "country"),)
    assert entity.order == (IndexColumn("title"),)
    assert not entity.timestamps


@pytest.mark.parametrize(
    ("ordering", "order"),
    [
        (["pk"], (IndexColumn("id"),)),
        (["-pk", "size"], (IndexColumn("id", descending=True),)),
        (["id"], (IndexColumn("id"),)),
        (["size", "pk"], (IndexColumn("size"),)),
        (["-size", "pk"], (IndexColumn("size", descending=True), IndexColumn("id"))),
        (["user", "pk"], ()),
        ([F("size").asc()], ()),
    ],
)
@isolate_apps("tests.depot", "django.contrib.auth", "django.contrib.contenttypes")
def test_an_order_may_end_with_the_key(ordering: list[str], order: tuple[IndexColumn, ...]) -> None:
    class Box(models.Model):
        size = models.IntegerField()
        user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "depot"

        def __str__(self) -> str:
            return str(self.size)

    Box._meta.ordering = ordering

    assert adoption_of(Box).entity.order == order


def test_keys_of_text_and_references_as_keys_are_set_by_requests_once() -> None:
    country, stored = adoption_of(MODELS["Country"]).entity, adoption_of(MODELS["Stored"]).entity

    assert country.model is not None
    assert stored.model is not None
    assert (country.model.key, country.model.key_type) == ("code", "str")
    assert (stored.model.key, stored.model.key_type) == ("article", "UUID")
    assert [field.name for field in stored.fields] == ["article", "amount"]
    assert country.order == (IndexColumn("name", descending=True),)


def test_a_generic_reference_is_carried_as_its_two_columns() -> None:
    note = adoption_of(MODELS["Note"])

    assert [field.name for field in note.entity.fields] == ["content_type", "object_id"]
    assert "depot.Note: target leads to any model, and is carried as content_type_id and object_id." in note.notices


def test_rows_that_are_spread_over_tables_have_the_columns_of_all_and_the_key_of_the_first() -> None:
    film = adoption_of(Film)

    assert [field.name for field in film.entity.fields] == ["title", "minutes"]
    assert film.entity.model is not None
    assert film.entity.model.key == ""
    assert any("in the tables of archive.Piece too" in notice for notice in film.notices)
    assert why_untested(Film) == ""


@isolate_apps("tests.depot")
def test_rows_that_no_test_can_store_have_no_tests() -> None:
    class InDepot(models.Model):
        class Meta:
            abstract = True
            app_label = "depot"

    class Legacy(InDepot):
        class Meta(InDepot.Meta):
            managed = False

    class Crate(Legacy, InDepot):
        pass

    class Left(InDepot):
        left = models.AutoField(primary_key=True)

    class Right(InDepot):
        right = models.AutoField(primary_key=True)

    class Both(Left, Right, InDepot):
        pass

    class Coded(Left, InDepot):
        above = models.OneToOneField(Left, on_delete=models.CASCADE, parent_link=True)
        code = models.CharField(max_length=5, primary_key=True)

    class Below(Coded, InDepot):
        pass

    class Plain(Left, InDepot):
        pass

    assert all("its table is not Django's to make" in why_untested(model) for model in (Legacy, Crate))
    assert all("a key of their own" in why_untested(model) for model in (Both, Coded, Below))
    assert (why_untested(Left), why_untested(Plain)) == ("", "")


def test_versions_and_timestamps_are_known_where_they_are_as_generated_ones() -> None:
    assert adoption_of(Counter).entity.versioned
    assert adoption_of(Stock).entity.timestamps
    assert not adoption_of(Machine).entity.timestamps


def test_every_column_of_a_model_is_carried_or_named() -> None:
    adoption = adoption_of(Specimen)
    carried = {field.name for field in adoption.entity.fields}
    named = {notice.split()[1] for notice in adoption.notices if "is left out" in notice}

    assert carried | named | {"id"} == {field.name for field in Specimen._meta.concrete_fields}
    assert named == {"raw"}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Place", "its key is composite"),
        ("Account", "owner is not editable, has no default and can't be NULL"),
        ("Blob", "no row can be stored without content, which holds bytes"),
        ("Node", "each row needs another one (above)"),
    ],
)
def test_what_cannot_be_adopted_says_why(name: str, reason: str) -> None:
    with pytest.raises(CannotAdopt) as caught:
        adoption_of(MODELS[name])

    assert reason in caught.value.reason
    assert str(caught.value).startswith(f"depot.{name} can't be adopted: ")


def test_users_and_references_to_other_columns_than_keys_are_not_adopted() -> None:
    with pytest.raises(CannotAdopt, match="users sign in"):
        adoption_of(User)
    with pytest.raises(CannotAdopt, match="by its code, not by its key"):
        adoption_of(Chapter)


def test_an_owner_may_be_what_no_request_can_edit() -> None:
    account = adoption_of(MODELS["Account"], owner="owner").entity
    request = EntitySpec(name="Account", app_label="depot", fields=(FieldSpec(name="owner", type="owner"),))

    assert with_options(account, request).fields[0] == FieldSpec(
        name="owner", type="owner", on_delete=account.fields[0].on_delete
    )


@pytest.mark.parametrize(
    ("field", "annotation"),
    [
        (ArrayField(models.CharField(max_length=5)), "tuple[str, ...]"),
        (ArrayField(ArrayField(models.IntegerField())), "tuple[tuple[int, ...], ...]"),
        (HStoreField(), "dict[str, str | None]"),
    ],
)
def test_lists_and_maps_of_postgresql_are_carried(field: AnyField, annotation: str) -> None:
    field.set_attributes_from_name("items")
    field.model = Badge

    assert column_spec(field, Badge).argument[0] == annotation


def test_ranges_of_postgresql_are_not() -> None:
    field = DateRangeField()
    field.set_attributes_from_name("days")

    with pytest.raises(NotCarried, match="holds a range"):
        column_spec(field, Badge)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (FieldSpec(name="titel", type="str"), "has no such field. Did you mean title?"),
        (FieldSpec(name="title", type="int"), "the model says str=100, not int"),
        (FieldSpec(name="title", type="str", argument=("5",)), "the model says str=100, not str=5"),
        (FieldSpec(name="rank", type="smallint", max="5"), "max is what the model says"),
        (FieldSpec(name="rank", type="smallint", readonly=True), "a new row needs a value for it"),
        (FieldSpec(name="country", type="owner"), "the owner is a required reference to auth.User"),
    ],
)
def test_a_request_may_not_contradict_the_model(asked: FieldSpec, message: str) -> None:
    request = EntitySpec(name="Article", app_label="depot", fields=(asked,))

    problems = [str(problem) for problem in field_problems(ARTICLE.entity, request, user_model="auth.User")]

    assert len(problems) == 1
    assert message in problems[0]


def test_a_request_may_say_what_no_model_can() -> None:
    asked = (
        FieldSpec(name="title", type="str", filter=True, writeonly=True),
        FieldSpec(name="stock", type="int", readonly=True, sort=True),
        FieldSpec(name="status", type="choice", readonly=True),
    )
    request = EntitySpec(name="Article", app_label="depot", fields=asked, public=Access.READ, plural="things")
    entity = with_options(ARTICLE.entity, request)
    fields = {field.name: field for field in entity.fields}

    assert list(field_problems(ARTICLE.entity, request, user_model="auth.User")) == []
    assert list(option_problems(ARTICLE.entity, request)) == []
    assert (fields["title"].filter, fields["title"].writeonly, fields["title"].index) == (True, True, True)
    assert (fields["stock"].readonly, fields["stock"].sort, fields["stock"].min) == (True, True, "0")
    assert fields["status"].readonly
    assert (entity.public, entity.plural, entity.order) == (Access.READ, "things", ARTICLE.entity.order)


@pytest.mark.parametrize(
    "request_",
    [
        EntitySpec(name="Article", app_label="depot", unique=(("title", "rank"),)),
        EntitySpec(name="Article", app_label="depot", indexes=((IndexColumn("title"),),)),
        EntitySpec(name="Article", app_label="depot", versioned=True),
        EntitySpec(name="Article", app_label="depot", order=(IndexColumn("country"),)),
        EntitySpec(name="Article", app_label="depot", layers=frozenset({"models"})),
    ],
)
def test_options_that_only_a_model_can_say_are_refused(request_: EntitySpec) -> None:
    assert len(list(option_problems(ARTICLE.entity, request_))) == 1


def test_what_others_refer_to_is_adopted_first_and_circles_begin_with_what_can_be_empty() -> None:
    def entity(name: str, *fields: FieldSpec) -> EntitySpec:
        return EntitySpec(name=name, app_label="depot", fields=fields)

    def reference(target: str, *, null: bool = False) -> FieldSpec:
        return FieldSpec(name=target.lower(), type="fk", argument=(f"depot.{target}",), null=null)

    bell = entity("Bell", reference("Ring"))
    ring = entity("Ring", reference("Bell", null=True))
    clapper = entity("Clapper", reference("Bell"))

    assert [each.name for each in in_order([clapper, bell, ring])] == ["Ring", "Bell", "Clapper"]


def test_a_reference_to_a_child_table_is_carried() -> None:
    assert adoption_of(Screening).entity.fields[0].argument == ("archive.Film",)
