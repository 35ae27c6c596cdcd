"""Every rule, by its code; a new one is a module of its own and a row here."""

from django_layers.architecture.inference.values import Kind
from django_layers.architecture.rules import (
    concrete_repository,
    forbidden,
    imports,
    model_forms,
    orm_use,
    purity,
    raw_sql,
    repositories,
    requests,
    row_writes,
    signatures,
    two_writes,
    wires,
)
from django_layers.architecture.rules.drift import bounds, choices, unmentioned
from django_layers.architecture.rules.finding import Rule
from django_layers.architecture.rules.transactions import opens_transactions
from django_layers.architecture.tree.places import ENTRY_POINTS
from django_layers.layers import LAYERS

__all__ = ["RULES"]

_LAYERS = frozenset(layer.name for layer in LAYERS)
_EVERYWHERE = _LAYERS | frozenset(ENTRY_POINTS)
_MODELS = frozenset({"models"})
_SCHEMAS = frozenset({"schemas"})
_REPOSITORIES = frozenset({"repositories", "repositories.orm"})
_SERVICES = frozenset({"services"})
_CALLERS = frozenset({"api", "views", "urls", "tasks", "management", "templatetags"})

RULES: tuple[Rule, ...] = (
    Rule("L101", "a layer imports one that it may not", _EVERYWHERE, imports.direct),
    Rule("L102", "a layer reaches one that it may not through others", _EVERYWHERE - {"urls"}, imports.through_others),
    Rule("L103", "an app reaches into another one", _EVERYWHERE, imports.across_apps),
    Rule("L104", "a service names a concrete repository", _SERVICES, concrete_repository.check),
    Rule("L105", "an endpoint imports a service", frozenset({"api"}), imports.past_dependencies, "warning"),
    Rule("L106", "a layer imports what the project forbids it", _LAYERS, forbidden.check),
    Rule("L201", "a model knows Pydantic", _MODELS, purity.models_know_pydantic),
    Rule("L202", "a model knows HTTP", _MODELS, purity.models_know_http),
    Rule("L203", "a schema knows the ORM", _SCHEMAS, purity.schemas_know_orm),
    Rule("L204", "a schema knows HTTP", _SCHEMAS, purity.schemas_know_http),
    Rule("L205", "a schema queries", _SCHEMAS, orm_use.any_query),
    Rule("L301", "a repository says that it returns the ORM", _REPOSITORIES, repositories.returns_by_annotation),
    Rule("L302", "a repository returns the ORM", _REPOSITORIES, repositories.returns_by_inference),
    Rule("L303", "a repository takes the ORM", _REPOSITORIES, repositories.accepts),
    Rule("L304", "a repository opens a transaction", _REPOSITORIES, opens_transactions("repository")),
    Rule("L305", "a repository knows HTTP", _REPOSITORIES, purity.repositories_know_http),
    Rule("L306", "a repository has a signature without annotations", _REPOSITORIES, repositories.unannotated),
    Rule("L401", "a service names the ORM", _SERVICES, purity.orm_names),
    Rule("L402", "a service uses a manager", _SERVICES, orm_use.managers),
    Rule("L403", "a service queries", _SERVICES, orm_use.queries),
    Rule("L404", "a service writes an instance", _SERVICES, row_writes.instance_methods),
    Rule("L405", "a service runs SQL", _SERVICES, raw_sql.raw_sql),
    Rule("L406", "a service names HTTP", _SERVICES, purity.http_names),
    Rule("L407", "a service answers in HTTP", _SERVICES, purity.http_errors),
    Rule("L408", "a service takes the request", _SERVICES, requests.taken),
    Rule("L409", "a service opens a transaction of its own", _SERVICES, opens_transactions("service")),
    Rule("L410", "a service takes or returns the ORM", _SERVICES, signatures.check),
    Rule("L411", "a service writes twice outside of a unit of work", _SERVICES, two_writes.check),
    Rule("L412", "a service reads a relation", _SERVICES, orm_use.relation_reads()),
    Rule("L501", "a caller opens a transaction", _CALLERS, opens_transactions("caller")),
    Rule("L502", "a caller uses a manager", _CALLERS, orm_use.layered_managers),
    Rule("L503", "made from a layered model", _CALLERS | {"forms"} | _SCHEMAS, model_forms.check),
    Rule("L504", "a caller passes the request on", _CALLERS, requests.passed_on),
    Rule("L505", "a caller reads a relation", _CALLERS, orm_use.relation_reads((Kind.INSTANCE,))),
    Rule("L506", "a caller writes an instance", _CALLERS, row_writes.layered_instances),
    Rule("L507", "a caller queries", _CALLERS, orm_use.layered_queries),
    Rule("L508", "the admin queries", frozenset({"admin"}), orm_use.admin_queries, "off"),
    Rule("L601", "a signal is received in a layer", _EVERYWHERE - {"signals"}, wires.receivers),
    Rule("L602", "a receiver listens to a model of another app", _EVERYWHERE, wires.senders),
    Rule("L603", "a task is declared in a layer", _LAYERS, wires.task_declarations),
    Rule("L701", "no schema has a field of the model", _MODELS, unmentioned.check, "warning"),
    Rule("L702", "a schema accepts other values than the model", _SCHEMAS, choices.check, "warning"),
    Rule("L703", "a schema accepts what the database refuses", _SCHEMAS, bounds.check, "warning"),
)
"""In the order of their codes."""
