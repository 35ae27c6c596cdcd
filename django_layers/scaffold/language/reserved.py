"""Names that entities and fields can't have, with who owns them."""

import builtins
import keyword
import re

__all__ = ["entity_name_problem", "field_name_problem", "is_secret", "reserved_for"]

_LONGEST_FIELD = 50
_LONGEST_ENTITY = 50

_MODEL = frozenset(
    {"adelete", "arefresh_from_db", "asave", "check", "clean", "clean_fields", "date_error_message", "delete"}
    | {"from_db", "full_clean", "get_constraints", "get_deferred_fields", "objects", "pk", "prepare_database_save"}
    | {"refresh_from_db", "save", "save_base", "serializable_value", "unique_error_message", "validate_constraints"}
    | {"validate_unique"}
)
_PYDANTIC = frozenset(
    {"construct", "copy", "dict", "from_orm", "json", "parse_file", "parse_obj", "parse_raw", "schema", "schema_json"}
    | {"update_forward_refs", "validate"}
)
_FACTORY = frozenset(
    {"build", "build_batch", "create", "create_batch", "generate", "generate_batch", "reset_sequence"}
    | {"simple_generate", "simple_generate_batch", "stub", "stub_batch"}
)
_PAGING = frozenset({"cursor", "include_total", "limit", "order_by"})
# A class body that gives such a name a value hides what the lines below it mean by the name.
_READ_IN_CLASS_BODIES = frozenset(
    {"bool", "dict", "dt", "factory", "float", "int", "models", "settings", "str", "tuple", "uuid4"}
)
_ARGUMENTS = frozenset({"cls", "self"})
# Parts of names of what no response may carry, whoever asks.
_SECRET = re.compile(
    r"(^|_)(hash|otp|passphrase|passwd|password|pin|salt|secret|secrets|token|tokens|api_key|private_key)(_|$)"
)

# What the modules of an entity import or define under this name.
_GENERATED = frozenset(
    {"Actor", "Annotated", "AwareDatetime", "ClassVar", "Conflict", "Decimal", "Duration", "Field", "File", "Forbidden"}
    | {"HttpRequest", "HttpResponse", "Int16", "Int32", "Int64", "InternalSchema", "JsonValue", "Literal"}
    | {"LayersAPI", "MemoryDatabase", "Model", "ModelRepository", "NaiveTime", "NotAuthenticated", "NotFound", "Page"}
    | {"Protocol", "Query", "RequestSchema", "ResponseSchema", "Router", "RuleViolated", "Stale", "TextChoices"}
    | {"UnitOfWork", "UpdateSchema", "Upload", "UploadedFile", "UserFactory", "UserId", "UUID"}
)
# In snake case: the parameters, variables and modules that the generated functions of an entity use beside it.
_PARAMETERS = frozenset(
    {"actor", "adder", "blind", "body", "changer", "client", "data", "database", "deleter", "dependencies", "dt"}
    | {"factory", "grow", "listed", "models", "monkeypatch", "name", "nobody", "orm", "other", "pytest", "query"}
    | {
        "removed",
        "request",
        "response",
        "router",
        "row_url",
        "self",
        "settings",
        "stored",
        "super",
        "tmp_path",
        "types",
    }
    | {"unit_of_work", "user", "viewer"}
)
# The actors and constants of the modules of tests.
_CONSTANTS = frozenset(
    {"ALICE", "BOB", "EDITOR", "GIF", "JSON", "LIMITS", "MISTAKES", "NOBODY", "READONLY", "SUPERUSER", "URL"}
)
# The parameters of a service beside the repository and the services that are named by plurals.
_PARAMETERS_OF_SERVICES = frozenset({"self", "unit_of_work"})


def field_name_problem(name: str) -> tuple[str, str] | None:
    """Return what is wrong with the name of a field and the way out; None where nothing is."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        return (
            "a name is made of small letters, digits and underscores, and begins with a letter.",
            "Write it like this: cooking_time.",
        )
    if "__" in name:
        return "two underscores in a row are Django's way to follow a relation.", f"Write {re.sub('_+', '_', name)}."
    if name.endswith("_"):
        return "Django refuses names that end in an underscore.", f"Write {name.rstrip('_')}."
    if len(name) > _LONGEST_FIELD:
        return f"the name has more than {_LONGEST_FIELD} characters.", "Find a shorter one."
    owner = reserved_for(name)
    return (f"the name {name} belongs to {owner}.", f"Call it {name}_value, or what it is.") if owner else None


def is_secret(name: str) -> bool:
    """Return whether the name of a column says that no response may carry it."""
    return _SECRET.search(name) is not None


def reserved_for(name: str) -> str:
    """Return what a name belongs to, so that no field of a schema can have it; empty where it is free."""
    if keyword.iskeyword(name):
        return "Python"
    if name.startswith("model_"):
        return "Pydantic, as all that begin with model_ do"
    owners = (
        (_MODEL, "Django's models"),
        (_PYDANTIC, "Pydantic's models"),
        (_PAGING, "the paging of lists"),
        (_FACTORY, "the factories of tests"),
        (_READ_IN_CLASS_BODIES, "what the bodies of generated classes read"),
        (_ARGUMENTS, "the first argument of methods"),
    )
    return next((owner for names, owner in owners if name in names), "")


def entity_name_problem(pascal: str, snake: str, plural: str) -> tuple[str, str] | None:
    """Return what is wrong with the name of an entity and the way out; None where nothing is.

    Args:
        pascal: the name.
        snake: the name in snake case.
        plural: its plural in snake case.
    """
    if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", pascal):
        return (
            "an entity is named like a class: letters and digits, the first a capital.",
            "Write it like this: MealPlan.",
        )
    if len(pascal) > _LONGEST_ENTITY:
        return f"the name has more than {_LONGEST_ENTITY} characters.", "Find a shorter one."
    if keyword.iskeyword(pascal) or keyword.iskeyword(snake):
        return (
            f"its module would be called {snake}, which is a keyword of Python.",
            f"Call it {pascal}Item, or what it is.",
        )
    if pascal in _GENERATED | _CONSTANTS or snake in _PARAMETERS or plural in _PARAMETERS_OF_SERVICES:
        return f"the generated code uses the name {pascal} itself.", f"Call it {pascal}Item, or what it is."
    if pascal in dir(builtins):
        return f"Python has a class {pascal} of its own.", f"Call it {pascal}Item, or what it is."
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", plural) or keyword.iskeyword(plural):
        return f"the plural {plural!r} is no name in snake case.", "Write --plural meal_plans, for example."
    return None
