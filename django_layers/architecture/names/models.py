"""The models of a project, known by what their classes derive from, and how they relate to each other."""

from collections.abc import Container, Iterable, Iterator, Mapping

from django_layers.architecture.facts.expressions import Attribute, Call, Expression, Name, Text, dotted
from django_layers.architecture.facts.statements import Assigned, ClassFacts
from django_layers.architecture.names.known_models import KnownModels, Relations
from django_layers.architecture.names.model import Model, ModelField, Related
from django_layers.architecture.names.models_on_demand import ModelsOnDemand, RelatedOnDemand
from django_layers.architecture.names.project import Project
from django_layers.architecture.names.symbols import ClassSymbol, External, Module, Symbol

__all__ = ["Models", "is_external_model"]

_TO_ONE = frozenset({"ForeignKey", "OneToOneField", "ParentalKey"})
_TO_MANY = frozenset({"ManyToManyField", "GenericRelation", "ParentalManyToManyField"})
_NO_MODELS = frozenset({"TextChoices", "IntegerChoices", "Choices", "Manager", "QuerySet", "BaseManager"})


class Models:
    """The models of a project, by dotted name."""

    def __init__(self, project: Project, known: "KnownModels | None" = None) -> None:
        self._project = project
        # The facts live as long as this does, so what stands at one address stays the same.
        self._is_model: dict[int, bool] = {}
        self.asked: set[str] = set()
        """The models that have been asked for by a label."""
        self._by_class: dict[str, list[str]] = {}
        self.reverse_names: set[str] = set()
        self.by_name: Mapping[str, Model] = self._all() if known is None else ModelsOnDemand(known, self._one)
        self.many_names: frozenset[str]
        """Names of the attributes of instances that lead to many rows, whatever the model."""
        if known is None:
            reverse = self.reverse_names
            self.many_names = frozenset(reverse.union(*(model.to_many for model in self.by_name.values())))
        else:
            self._index(known.modules)
            self.reverse_names, self.many_names = set(known.reverse_names), known.many_names

    def known(self) -> "KnownModels":
        """Return what has to be known of the models to tell about a few of them without reading all."""
        return KnownModels(
            {name: model.symbol.module.name for name, model in self.by_name.items()},
            {name: (dict(model.to_one), dict(model.to_many)) for name, model in self.by_name.items()},
            frozenset(self.reverse_names),
            self.many_names,
        )

    def _all(self) -> "Mapping[str, Model]":
        found = {one.name: Model(one) for one in self._project.definitions() if self.is_model(one)}
        self._index(found)
        for model in found.values():
            self._read_fields(model, found)
        return found

    def defined_in(self, names: Iterable[str]) -> dict[str, str]:
        """Return the models that some modules define, by dotted name, each with its module."""
        found = (one for name in names for one in self._project.definitions_in(name) if self.is_model(one))
        return {one.name: one.module.name for one in found}

    def relations(self, modules: Mapping[str, str], every: Container[str]) -> Relations:
        """Return what the fields of some models say of relations.

        Args:
            modules: the models, each with the module that defines it.
            every: the names of all models of the project.
        """
        own = {name: self._blank(name, module) for name, module in modules.items()}
        made = RelatedOnDemand(own, every)
        before = set(self.reverse_names)
        for model in own.values():
            self._read_fields(model, made)
        return Relations(
            {name: (one.to_one, one.to_many) for name, one in own.items()},
            {name: (one.to_one, one.to_many) for name, one in made.found.items()},
            sorted(self.reverse_names - before),
        )

    def _blank(self, name: str, module_name: str) -> Model:
        module = self._project.modules[module_name]
        bound = module.names[name.removeprefix(f"{module_name}.")]
        assert isinstance(bound, ClassFacts)
        return Model(ClassSymbol(module, bound))

    def _one(self, name: str, known: "KnownModels") -> Model:
        model = self._blank(name, known.modules[name])
        self._read_fields(model, {})
        # What other models lead here by is known, and they need not be read for it.
        model.to_one, model.to_many = known.relations[name]
        return model

    def _index(self, names: Iterable[str]) -> None:
        for full in names:
            self._by_class.setdefault(full.rpartition(".")[2].lower(), []).append(full)

    def is_model(self, symbol: Symbol | None) -> bool:
        """Tell whether a class is a model, the project's own or one of Django's."""
        if isinstance(symbol, External):
            return is_external_model(symbol.name)
        if not isinstance(symbol, ClassSymbol):
            return False
        key = id(symbol.facts)
        if key not in self._is_model:
            self._is_model[key] = False
            self._is_model[key] = any(
                self.is_model(self._project.symbol(base, symbol.module)) for base in symbol.facts.bases
            )
        return self._is_model[key]

    def labelled(self, label: str) -> str:
        """Return the dotted name of the model that a string such as "recipes.Recipe" names; empty for none known."""
        found = self._labelled(label)
        self.asked.add(found)
        return found

    def _labelled(self, label: str) -> str:
        app, _, name = label.lower().rpartition(".")
        for full in self._by_class.get(name, ()):
            if not app or app in full.lower().split("."):
                return full
        return ""

    def of_app(self, app: str) -> Iterator[Model]:
        """Walk the models of an app, in whatever part of it they stand."""
        for name in self.by_name:
            if name.startswith(f"{app}.") and self.by_name[name].symbol.module.source.place.app == app:
                yield self.by_name[name]

    def of_module(self, module: Module) -> Iterator[Model]:
        """Walk the models that a module defines."""
        for bound in module.names.values():
            if isinstance(bound, ClassFacts):
                model = self.by_name.get(f"{module.name}.{bound.qualname}")
                if model is not None:
                    yield model

    def _read_fields(self, model: Model, others: Mapping[str, Related]) -> None:
        self._read_parents(model, others)
        for own in self._project.ancestors(model.symbol):
            for statement in own.facts.body:
                if not isinstance(statement, Assigned) or not isinstance(statement.value, Call):
                    continue
                for target in statement.targets:
                    if isinstance(target, Name):
                        kind = _last(statement.value.function)
                        one = ModelField(target.id, kind, statement.value, own, statement.line, statement.column)
                        self._read_field(model, one, others)

    def _read_parents(self, model: Model, others: Mapping[str, Related]) -> None:
        """Read the one-to-one relations between a model and those that it derives from, which have tables of their own."""
        for base in () if model.is_proxy else model.symbol.facts.bases:
            symbol = self._project.symbol(base, model.symbol.module)
            parent = others.get(symbol.name) if isinstance(symbol, ClassSymbol) else None
            if isinstance(symbol, ClassSymbol) and self.is_model(symbol) and not Model(symbol).is_abstract:
                model.to_one[f"{symbol.facts.name.lower()}_ptr"] = symbol.name
                if parent is not None:
                    parent.to_one[model.symbol.facts.name.lower()] = model.name

    def _read_field(self, model: Model, one: ModelField, others: Mapping[str, Related]) -> None:
        name, kind, value, own = one.name, one.kind, one.call, one.owner
        if kind in _TO_ONE | _TO_MANY or kind.endswith("Field"):
            model.fields.setdefault(name, one)
        if kind in _TO_ONE | _TO_MANY:
            target = self._target(value, own)
            (model.to_one if kind in _TO_ONE else model.to_many)[name] = target
            if kind in _TO_ONE:
                model.columns.add(f"{name}_id")
            self._read_reverse(model, value, kind, others.get(target))
        elif kind.endswith("Field"):
            model.columns.add(name)

    def _read_reverse(self, model: Model, value: Call, kind: str, other: Related | None) -> None:
        own = model.symbol.facts.name.lower()
        given = next((one.value for one in value.keywords if one.name == "related_name"), None)
        name = given.value if isinstance(given, Text) else own if kind == "OneToOneField" else f"{own}_set"
        name = name.replace("%(class)s", own).replace("%(model_name)s", own)
        if name.endswith("+") or kind == "GenericRelation":
            return
        if kind != "OneToOneField":
            self.reverse_names.add(name)
        if other is not None:
            (other.to_one if kind == "OneToOneField" else other.to_many)[name] = model.name

    def _target(self, value: Call, own: ClassSymbol) -> str:
        given = value.arguments[0] if value.arguments else None
        given = given or next((one.value for one in value.keywords if one.name == "to"), None)
        if isinstance(given, Text):
            return own.name if given.value == "self" else self._labelled(given.value)
        if isinstance(given, Name | Attribute):
            found = self._project.symbol(given, own.module)
            if isinstance(found, ClassSymbol | External):
                return found.name
        return ""


def is_external_model(name: str) -> bool:
    """Tell whether something outside of the project is a model, by its dotted name."""
    module, _, last = name.rpartition(".")
    if last in _NO_MODELS or not last[:1].isupper():
        return False
    if module in {"django.db.models", "django.db.models.base", "django.contrib.gis.db.models"}:
        return last == "Model"
    if last in {"AbstractUser", "AbstractBaseUser", "PermissionsMixin", "ContentType"}:
        return True
    return (
        module.endswith(".models")
        and not last.endswith(("Manager", "QuerySet", "Field"))
        and (module.startswith("django.contrib.") or last.endswith("Model"))
    )


def _last(expression: Expression) -> str:
    return dotted(expression).rpartition(".")[2]
