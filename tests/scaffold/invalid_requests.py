"""Invalid requests for hypothesis: arguments of `addentity`, each with the reason why it must be refused."""

from dataclasses import dataclass

from hypothesis import strategies as st

__all__ = ["INVALID_FIELDS", "INVALID_OPTIONS", "InvalidRequest", "invalid_requests"]


@dataclass(frozen=True, slots=True)
class InvalidRequest:
    """Arguments of `addentity` that must be refused.

    Attributes:
        arguments: the arguments.
        reason: why.
    """

    arguments: list[str]
    reason: str


INVALID_FIELDS: dict[str, list[str]] = {
    "unknown type": ["a:strr", "a:String", "a:foreignkey=auth.User", "a:varchar=20", "a:", "a", "a:=3", ":str", ""],
    "unknown modifier": [
        "a:int:optionl",
        "a:int:nullable",
        "a:int:Min=1",
        "a:int:",
        "a:int::null",
        "a:str:default=x:uniqe",
    ],
    "modifier said wrongly": ["a:int:min", "a:int:min=", "a:int:null=1", "a:int:null:null", "a:str:max_length=x"],
    "keyword": ["class:str", "import:int", "lambda:bool", "from:date", "is:bool"],
    "name of Django": [
        "check:bool",
        "save:str",
        "pk:int",
        "objects:int",
        "delete:bool",
        "a__b:int",
        "clean:str",
        "a_:int",
    ],
    "name of Pydantic": ["model_name:str", "json:json", "copy:str", "dict:json", "schema:str", "validate:bool"],
    "name of paging": ["limit:int", "cursor:str", "order_by:str"],
    "name that hides": ["int:int", "str:str", "models:int", "settings:json", "float:float", "build:int", "self:str"],
    "automatic field": ["id:int", "created_at:datetime", "updated_at:datetime"],
    "no identifier": [
        "Titel:str",
        "a-b:int",
        "1a:int",
        "ä:int",
        "a b:int",
        "_a:int",
        "../x:str",
        "a;b:str",
        "a\nb:str",
    ],
    "too long a name": ["a" * 51 + ":int"],
    "wrong argument": ["a:int=3", "a:str=0", "a:str=x", "a:str=10001", "a:str=5,6", "a:bool=true", "a:owner=mine"],
    "wrong digits": ["a:decimal", "a:decimal=8", "a:decimal=2,3", "a:decimal=66,2", "a:decimal=0,0", "a:decimal=40,31"],
    "wrong choices": [
        "a:choice",
        "a:choice=",
        "a:choice=x,x",
        "a:choice=a-b,a_b",
        "a:choice=Draft,draft",
        "a:choice=x,,y",
    ],
    "smuggled code": [
        "a:choice=x');import os#",
        'a:choice="',
        "a:choice={x}",
        "a:choice=x\ny",
        "a:fk=auth.User');x(",
        "a:fk=auth.User:related=x'y",
        "a:fk=auth.User:embed=id)",
        "a:str:default=x\ny",
        "a:str:help=x\0y",
        "a:str:help=x\u2028y",
    ],
    "no such target": [
        "a:fk=recipes.Recpie",
        "a:fk=nowhere.Thing",
        "a:m2m=auth.Usr",
        "a:fk=Recipe",
        "a:o2o=../x",
        "a:fk",
    ],
    "several targets": ["a:fk=auth.User,auth.Group"],
    "model that is replaced": ["a:fk=legacy.Person"],
    "row that needs itself": ["a:fk=self", "a:o2o=self", "a:fk=recipes.Kettle"],
    "name of a key": ["a_id:fk=auth.User", "a_ids:m2m=auth.User"],
    "way back": [
        "a:fk=recipes.Recipe:related=ratings",
        "a:fk=recipes.Recipe:related=title",
        "a:fk=auth.User:related=save",
        "a:fk=auth.User:related=a__b",
        "a:fk=auth.User:related=class",
        "a:fk=self:optional:related=a",
    ],
    "embedding": [
        "a:fk=auth.User:embed=password",
        "a:fk=auth.User:embed=nothing",
        "a:fk=auth.User:embed=groups",
        "a:fk=auth.User:embed=id,id",
        "a:fk=auth.User:embed=id,",
        "a:int:embed=id",
        "a:fk=recipes.Recipe:embed=author",
    ],
    "modifier of another type": [
        "a:str:min=1",
        "a:bool:max=1",
        "a:int:max_length=3",
        "a:text:max_length=5",
        "a:text:unique",
        "a:text:index",
        "a:json:unique",
        "a:json:filter",
        "a:m2m=auth.User:unique",
        "a:m2m=auth.User:null",
        "a:m2m=auth.User:cascade",
        "a:fk=auth.User:unique",
        "a:fk=auth.User:default=1",
        "a:image:unique",
        "a:file:default=x",
        "a:bool:unique",
        "a:choice=x,y:unique",
        "a:float:unique",
        "a:int:cascade",
        "a:int:related=x",
        "a:owner:optional",
        "a:owner:readonly",
    ],
    "default that breaks a bound": [
        "a:int:min=3:default=2",
        "a:int:max=3:default=4",
        "a:choice=x,y:default=z",
        "a:str=3:default=four",
        "a:date:min=2026-01-02:default=2026-01-01",
        "a:time:max=09:00:default=09:01",
        "a:duration:max=1h:default=61m",
        "a:decimal=4,2:max=9.5:default=9.51",
        "a:smallint:default=32768",
    ],
    "default that is no value": [
        "a:int:default=x",
        "a:int:default=1.5",
        "a:bool:default=maybe",
        "a:date:default=2026-02-30",
        "a:datetime:default=2026-01-01T09:00",
        "a:time:default=25:00",
        "a:time:default=09:00Z",
        "a:duration:default=soon",
        "a:uuid:default=1",
        "a:email:default=nobody",
        "a:url:default=javascript:alert(1)",
        "a:slug:default=two words",
        "a:ip:default=1.2.3.256",
        "a:json:default=[]",
        "a:float:default=nan",
        "a:decimal=4,2:default=1.234",
        "a:decimal=4,2:default=123",
        "a:str:default= x",
    ],
    "bounds": ["a:int:min=2:max=1", "a:int:max=2147483648", "a:smallint:min=-32769", "a:float:max=inf", "a:date:min=x"],
    "contradiction": [
        "a:int:optional:default=1",
        "a:str:unique:optional",
        "a:int:unique:default=1",
        "a:int:unique:index",
        "a:int:readonly",
        "a:int:null:readonly:writeonly",
        "a:str:writeonly:filter",
        "a:str:writeonly:sort",
        "a:fk=auth.User:writeonly:embed=id",
        "a:fk=auth.User:set_null",
        "a:fk=auth.User:cascade:protect",
        "a:owner:set_null",
        "a:str=20:max_length=20",
        "a:int:min=1:max=5:unique",
        "a:str=751:unique",
        "a:str=751:index",
        "a:email:max_length=5",
    ],
    "parameter of the upload": ["request:file", "kettle_id:file"],
}
"""Fields that are wrong in every project with the apps of `tests.scaffold.facts`, by reason."""

INVALID_OPTIONS: dict[str, list[list[str]]] = {
    "duplicate fields": [["a:int", "a:str"], ["a_b:int", "ab:int"], ["a:fk=auth.User", "a_id:int"]],
    "two owners": [["a:owner", "b:owner=shared"]],
    "names that clash once derived": [
        ["stars:int:filter", "stars_min:int"],
        ["tags:m2m=auth.User", "tag_ids:json"],
        ["state:choice=x,y", "get_state_display:str"],
        ["day:date", "get_next_by_day:int"],
        ["read:choice=x,y"],
        ["field:int:min=1", "field_value:int:min=1"],
    ],
    "unique set": [
        ["a:int", "--unique", "a"],
        ["a:int", "--unique", ""],
        ["a:int", "--unique", "a,"],
        ["a:int", "--unique", "a,b"],
        ["a:int", "b:int", "--unique", "a,a"],
        ["a:int", "b:int", "--unique", "a,b", "--unique", "b,a"],
        ["a:int", "b:text", "--unique", "a,b"],
        ["a:int", "b:m2m=auth.User", "--unique", "a,b"],
        ["a:int", "b:json", "--unique", "a,b"],
        ["a:int", "b:file", "--unique", "a,b"],
        ["a:int:unique", "b:int", "--unique", "a,b"],
        ["a:bool", "b:bool", "--unique", "a,b"],
        ["a:str=500", "b:str=500", "--unique", "a,b"],
    ],
    "index": [
        ["a:int", "--index", "b"],
        ["a:int", "--index", "a:down"],
        ["a:int", "--index", "a,a"],
        ["a:text", "--index", "a"],
        ["a:int", "--index", "a", "--index", "a"],
    ],
    "order": [
        ["a:int", "--order", "b"],
        ["a:int", "--order", ""],
        ["a:int", "--order", "a:sideways"],
        ["a:text", "--order", "a"],
        ["a:fk=auth.User", "--order", "a"],
        ["a:int:writeonly", "--order", "a"],
        ["a:int", "--order", "created_at", "--no-timestamps"],
    ],
    "access": [
        ["a:owner", "--public", "read"],
        ["a:owner", "--public", "all"],
        ["a:owner=shared", "--public", "all"],
        ["a:owner", "--write", "users"],
        ["a:int", "--write", "users", "--public", "all"],
        ["a:int", "--write", "everybody"],
        ["a:int", "--public", "everything"],
    ],
    "key": [["a:int", "--pk", "string"]],
    "version": [["version:int", "--versioned"]],
    "plural": [["a:int", "--plural", "Two Words"], ["a:int", "--plural", "../x"], ["a:int", "--plural", "class"]],
    "route": [["a:int", "--plural", "shelves"], ["a:int", "--plural", "recipes"]],
    "unknown option": [["a:int", "--unqiue", "a"], ["a:int", "--nonsense"]],
}
"""Arguments that are wrong together, by reason."""

INVALID_NAMES: dict[str, list[str]] = {
    "name of an entity": [
        "kettle",
        "Class",
        "Import",
        "1Kettle",
        "Kettle-Two",
        "Kettle Two",
        "../Kettle",
        "Kéttle",
        "",
    ],
    "name that the generated code has": [
        "Page",
        "Query",
        "Actor",
        "Router",
        "Field",
        "Annotated",
        "Upload",
        "Data",
        "Orm",
    ],
    "name of a model": ["RECIPE"],
    "too long a name": ["K" * 51],
    "name with code": ["Kettle');x(", "Kettle\n"],
}

INVALID_APPS: dict[str, list[str]] = {
    "unknown app": ["recipies", "nowhere", "../recipes", "", "recipes.models"],
    "app without layers": ["auth"],
}


def invalid_requests() -> st.SearchStrategy[InvalidRequest]:
    """Draw arguments of `addentity` that are wrong in one way, with harmless fields around it.

    They are wrong in every project that has a layered app recipes with a model Recipe (and its fields title and author,
    and a way back ratings), a layered app pantry with the route shelves, and django.contrib.auth with its own user.
    """
    return st.one_of(_wrong_fields(), _wrong_options(), _wrong_names(), _wrong_apps())


def _request(reason: str, name: str, app: str, *arguments: str, spare: list[str]) -> InvalidRequest:
    return InvalidRequest([name, "--app", app, *spare, *arguments], reason)


_spare = st.lists(
    st.sampled_from(["good:int", "fine:text:optional", "well:bool:default=true"]), max_size=2, unique=True
)


@st.composite
def _wrong_fields(draw: st.DrawFn) -> InvalidRequest:
    reason = draw(st.sampled_from(sorted(INVALID_FIELDS)))
    return _request(reason, "Kettle", "recipes", draw(st.sampled_from(INVALID_FIELDS[reason])), spare=draw(_spare))


@st.composite
def _wrong_options(draw: st.DrawFn) -> InvalidRequest:
    reason = draw(st.sampled_from(sorted(INVALID_OPTIONS)))
    return _request(reason, "Kettle", "recipes", *draw(st.sampled_from(INVALID_OPTIONS[reason])), spare=draw(_spare))


@st.composite
def _wrong_names(draw: st.DrawFn) -> InvalidRequest:
    reason = draw(st.sampled_from(sorted(INVALID_NAMES)))
    return _request(reason, draw(st.sampled_from(INVALID_NAMES[reason])), "recipes", spare=draw(_spare))


@st.composite
def _wrong_apps(draw: st.DrawFn) -> InvalidRequest:
    reason = draw(st.sampled_from(sorted(INVALID_APPS)))
    return _request(reason, "Kettle", draw(st.sampled_from(INVALID_APPS[reason])), spare=draw(_spare))
